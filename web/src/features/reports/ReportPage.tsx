/** 报表详情: one figure against its target and its own history, and the way down to its calls. */
import { Button } from 'antd'
import { useRef, useState, type ReactElement } from 'react'
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

import { AsOf } from './AsOf'
import { useAnswer, useChart, useMetrics, useView } from './asked'
import { ChartValues } from './ChartValues'
import { ControlChart } from './ControlChart'
import { dayAt } from './days'
import { Definition } from './Definition'
import { out } from './drill'
import { DrillDown } from './DrillDown'
import { ExportMenu } from './ExportMenu'
import { Filters } from './Filters'
import { Identities } from './Identities'
import { bucketName, bucketTick } from './printed'
import { RawContacts } from './RawContacts'
import './reports.css'
import { SignalList } from './SignalList'
import { hasFacts } from './standing'
import { Steering } from './Steering'
import { SubscriptionForm } from './SubscriptionForm'
import { Summary } from './Summary'
import { Trail } from './Trail'
import { changed, moved, onlyOf, questionOf } from './view'

const goalOf = ({ target, alarm_low, alarm_high }: Chart): Goal => ({ target, alarm_low, alarm_high })

interface ChartPanelProps {
  metric: MetricEntry
  chart: Chart
}

function ChartPanel({ metric, chart }: ChartPanelProps): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const [search, setSearch] = useSearchParams()
  const view = useView()
  const name = nameIn(i18n.language, metric)
  const nameAt = (index: number): string => bucketName(chart.points[index]?.begins_at ?? 0, chart.points[index]?.ends_at ?? 0, i18n.language, zone)
  const tickAt = (index: number): string => bucketTick(chart.points[index]?.begins_at ?? 0, chart.points[index]?.ends_at ?? 0, i18n.language, zone)
  const open = (index: number): void => {
    setSearch(changed(search, { at: `${chart.points[index]?.begins_at}-${chart.points[index]?.ends_at}`, agent: null, deeper: null }))
  }
  return (
    <section className="panel stack" aria-label={t('chart.title')} data-testid="chart-panel">
      <h2>
        {t('chart.title')} <span className="quiet">{t(`chart.kind.${chart.kind}`)}</span>
      </h2>
      {view.team === null && view.agent === null ? null : <p className="quiet">{t('chart.of_queue_only')}</p>}
      {chart.points.some((point) => point.value !== null) ? (
        <>
          <ControlChart name={name} chart={chart} unit={metric.unit} gaps={chart.gaps} nameOf={nameAt} when={tickAt} onOpen={open} />
          <SignalList chart={chart} />
          <ChartValues chart={chart} unit={metric.unit} nameOf={nameAt} />
        </>
      ) : (
        <EmptyState title={t('reports.nothing')} why={t('reports.nothing_why')} />
      )}
    </section>
  )
}

/** Into the row that has the focus, else into the first one. */
function down(): void {
  const table = document.querySelector('[data-testid="drill"]')
  const row = document.activeElement?.closest('tr') ?? null
  const from = row !== null && table?.contains(row) === true ? row : table?.querySelector('tbody')
  from?.querySelector('a')?.click()
}

/** A, for notes, is not here: there are none yet. */
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

function Report({ metric }: { metric: MetricEntry }): ReactElement {
  const { t, i18n } = useTranslation()
  const [isExporting, setExporting] = useState(false)
  const [isSubscribing, setSubscribing] = useState(false)
  const definition = useRef<HTMLDivElement>(null)
  const view = useView()
  useReportKeys(() => setExporting(true))
  const formulas = view.formula === null ? {} : { [metric.id]: view.formula }
  const isFed = hasFacts(metric)
  const now = useAnswer(view, isFed ? questionOf(view, [metric.id], { formulas }) : null)
  const former = useAnswer(view, isFed && view.isCompared ? questionOf(view, [metric.id], { steps: -1, formulas }) : null)
  const chart = useChart(metric, view)
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
      {isFed ? <ExportMenu question={exported} title={title} isShown={isExporting} onShow={setExporting} /> : null}
    </>
  )
  return (
    <PageShell title={title} beside={beside}>
      {isSubscribing ? (
        <section className="panel" aria-label={t('subscription.add')}>
          <SubscriptionForm title={title} question={kept} onDone={() => setSubscribing(false)} />
        </section>
      ) : null}
      <Filters />
      <Trail />
      {now.isError ? <ErrorBox error={now.error} onRetry={() => void now.refetch()} /> : null}
      {isFed && now.isPending ? <Loading rows={3} /> : null}
      {now.data === undefined ? null : (
        <>
          <Identities answer={now.data} />
          <Summary
            metric={judged}
            now={now.data}
            former={view.isCompared ? former.data : undefined}
            signals={chart.data?.signals.length ?? null}
          />
        </>
      )}
      {isFed ? null : <EmptyState title={t('reports.no_source')} why={t('reports.no_source_why')} />}
      {isFed && chart.isPending ? <Loading rows={8} /> : null}
      {chart.isError ? <ErrorBox error={chart.error} onRetry={() => void chart.refetch()} /> : null}
      {chart.data === undefined ? null : <ChartPanel metric={metric} chart={chart.data} />}
      <div className="report-halves">
        {isFed ? <DrillDown metric={metric} /> : null}
        <div ref={definition}>
          <Definition metric={metric} />
        </div>
      </div>
      {isFed ? <RawContacts metric={metric} /> : null}
      {isFed ? <Steering metric={metric} /> : null}
      <p className="quiet">
        <Kbd keys="D" /> {t('reports.key.down')} <Kbd keys="U" /> {t('reports.key.up')} <Kbd keys="E" /> {t('reports.export')} <Kbd keys="← →" />{' '}
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
