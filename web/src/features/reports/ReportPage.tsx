/** 报表详情: one figure against its target and its own history, and the way down to its calls. */
import { Button } from 'antd'
import { useCallback, useRef, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'

import type { Chart, Goal, MetricEntry } from '@/api/figures'
import { useZone } from '@/api/session'
import { serverNow } from '@/live/clock'
import { nameIn } from '@/ui/format'
import { Kbd } from '@/ui/Kbd'
import { PageShell } from '@/ui/PageShell'
import { useShortcuts } from '@/ui/shortcuts'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'
import { dayAt } from '@/ui/zone'

import { AgentsMean } from './AgentsMean'
import { AsOf } from './AsOf'
import { useAnswer, useChart, useMetrics, useView } from './asked'
import { ChartPanel, type Paint } from './ChartPanel'
import { Definition } from './Definition'
import { out } from './drill'
import { DrillDown } from './DrillDown'
import { ExportMenu } from './ExportMenu'
import { Faults } from './Faults'
import { Filters } from './Filters'
import { Identities } from './Identities'
import { RawContacts } from './RawContacts'
import './reports.css'
import { hasFacts, isOfPromises } from './standing'
import { Steering } from './Steering'
import { SubscriptionForm } from './SubscriptionForm'
import { Summary, SummaryWaiting } from './Summary'
import { Trail } from './Trail'
import { changed, moved, onlyOf, questionOf, untoldIn } from './view'

const goalOf = ({ target, alarm_low, alarm_high }: Chart): Goal => ({ target, alarm_low, alarm_high })

/** Into the row that has the focus, else into the first one. */
function down(): void {
  const table = document.querySelector('[data-testid="drill"]')
  const row = document.activeElement?.closest('tr') ?? null
  const from = row !== null && table?.contains(row) === true ? row : table?.querySelector('tbody')
  from?.querySelector('a')?.click()
}

/** A, for notes, is the chart's. */
function useReportKeys(openExport: () => void): void {
  const zone = useZone()
  const navigate = useNavigate()
  const view = useView()
  const [search, setSearch] = useSearchParams()
  const shift = (steps: number): void => {
    const days = moved(view, steps)
    if (days.from <= dayAt(serverNow(), zone)) setSearch(changed(search, { ...days, at: null, agent: null }))
  }
  const up = (): void => {
    const change = out(view)
    if (change !== null) setSearch(changed(search, change))
    else void navigate(`/reports?${search.toString()}`)
  }
  useShortcuts({ d: down, u: up, e: openExport, ArrowLeft: () => shift(-1), ArrowRight: () => shift(1) })
}

/** The frame of the chart, so that nothing jumps when it comes. */
function ChartWaiting(): ReactElement {
  return (
    <section className="panel chart-frame" data-testid="chart-waiting">
      <Loading rows={8} />
    </section>
  )
}

function Report({ metric }: { metric: MetricEntry }): ReactElement {
  const { t, i18n } = useTranslation()
  const [isExporting, setExporting] = useState(false)
  const [isSubscribing, setSubscribing] = useState(false)
  const definition = useRef<HTMLDivElement>(null)
  const paint = useRef<Paint | null>(null)
  const keepPaint = useCallback((next: Paint | null) => {
    paint.current = next
  }, [])
  const view = useView()
  useReportKeys(() => setExporting(true))
  const formulas = view.formula === null ? {} : { [metric.id]: view.formula }
  const isFed = hasFacts(metric)
  const now = useAnswer(view, isFed ? questionOf(view, [metric.id], { formulas }) : null)
  const former = useAnswer(view, isFed && view.isCompared ? questionOf(view, [metric.id], { steps: -1, formulas }) : null)
  const chart = useChart(metric, view)
  // One box for what stands above the way down, however many of its questions failed.
  const asked = [now, former, chart]
  const failed = asked.find((each) => each.isError)
  const untold = untoldIn(view, metric)
  const hasChart = untold === null && chart.data?.points.some((point) => point.value !== null) === true
  // What somebody set counts before what the registry says.
  const judged = chart.data === undefined ? metric : { ...metric, ...goalOf(chart.data) }
  const title = `${metric.no} ${nameIn(i18n.language, metric)}`.trim()
  const kept = { metrics: [metric.id], width: view.width, by: [], only: onlyOf(view), formulas }
  const exported = questionOf(view, [metric.id], { width: view.width, formulas })
  const beside = (
    <>
      <span className="grow">{now.data === undefined ? null : <AsOf answer={now.data} isOld={now.isPlaceholderData} />}</span>
      <Button onClick={() => definition.current?.scrollIntoView()}>{t('reports.definition')}</Button>
      {isFed ? (
        <Button data-testid="subscribe" onClick={() => setSubscribing(true)}>
          {t('subscription.add')}
        </Button>
      ) : null}
      {isFed ? <ExportMenu question={exported} title={title} isShown={isExporting} onShow={setExporting} onPicture={hasChart ? (as) => paint.current?.(as) : null} /> : null}
    </>
  )
  return (
    <PageShell title={title} beside={beside}>
      {isSubscribing ? (
        <section className="panel" aria-label={t('subscription.add')}>
          <SubscriptionForm title={title} question={kept} onDone={() => setSubscribing(false)} />
        </section>
      ) : null}
      <Filters metric={metric} />
      <Trail />
      <Faults of={[now.data?.faults, chart.data?.faults]} />
      {failed === undefined ? null : <ErrorBox error={failed.error} onRetry={() => asked.forEach((each) => each.isError && void each.refetch())} />}
      {isFed && now.isPending ? <SummaryWaiting /> : null}
      {now.data === undefined ? null : (
        <>
          <Identities answer={now.data} />
          <Summary
            metric={judged}
            now={now.data}
            former={view.isCompared ? former.data : undefined}
            signals={chart.data?.signals.length ?? null}
          />
          {metric.id === 'occupancy' ? <AgentsMean /> : null}
        </>
      )}
      {isFed ? null : <EmptyState title={t('reports.no_source')} why={t('reports.no_source_why')} />}
      {isFed && untold !== null ? <EmptyState title={t('chart.not_by', { key: t(`reports.filter.${untold}`) })} why={t('chart.not_by_why')} /> : null}
      {isFed && untold === null && chart.isPending ? <ChartWaiting /> : null}
      {chart.data === undefined || untold !== null ? null : <ChartPanel metric={metric} chart={chart.data} onPaint={keepPaint} />}
      <div className="report-halves">
        {isFed ? <DrillDown metric={metric} /> : null}
        <div ref={definition}>
          <Definition metric={metric} />
        </div>
      </div>
      {isFed && !isOfPromises(metric) ? <RawContacts metric={metric} /> : null}
      {isFed ? <Steering metric={metric} /> : null}
      <p className="quiet">
        <Kbd keys="A" /> {t('notes.add')} <Kbd keys="D" /> {t('reports.key.down')} <Kbd keys="U" /> {t('reports.key.up')} <Kbd keys="E" /> {t('reports.export')} <Kbd keys="← →" />{' '}
        {t('reports.key.period')}
      </p>
    </PageShell>
  )
}

export function ReportPage(): ReactElement {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const metrics = useMetrics()
  if (metrics.isPending) return <Loading rows={8} />
  if (metrics.isError) return <ErrorBox error={metrics.error} onRetry={() => void metrics.refetch()} />
  const metric = metrics.data.find((each) => each.id === id || each.no === id)
  if (metric === undefined) {
    return <EmptyState title={t('reports.unknown')} action={<Link to="/reports">{t('reports.to_list')}</Link>} />
  }
  return <Report key={metric.id} metric={metric} />
}
