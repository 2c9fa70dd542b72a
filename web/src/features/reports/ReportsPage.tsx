/** 报表: the figures of the centre, each with its target, its course and its signals. */
import { useQuery } from '@tanstack/react-query'
import { useMemo, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { controlSheet, type Answer, type MetricEntry } from '@/api/figures'
import { useMay } from '@/api/session'
import { PageShell } from '@/ui/PageShell'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'

import { AsOf } from './AsOf'
import { useAnswer, useMetrics, useView } from './asked'
import { CostsLink } from './CostsLink'
import { Filters } from './Filters'
import { Faults } from './Faults'
import { FixedForms } from './FixedForms'
import { founding, grouped } from './groups'
import { Identities } from './Identities'
import './reports.css'
import { hasFacts, standingIn } from './standing'
import { Subscriptions } from './Subscriptions'
import { Tile, type TileFigure } from './Tile'
import { addressOf, questionOf, type View } from './view'

const SHEET_MS = 60_000

/** How many open entries of the control sheet each metric has. */
function useOpenEntries(): Map<string, number> {
  const mayUse = useMay('control.use')
  const sheet = useQuery({ queryKey: ['control-sheet', 'standing'], queryFn: () => controlSheet.list({}), staleTime: SHEET_MS, enabled: mayUse })
  return useMemo(() => {
    const counts = new Map<string, number>()
    for (const entry of sheet.data?.items ?? []) counts.set(entry.metric, (counts.get(entry.metric) ?? 0) + 1)
    return counts
  }, [sheet.data])
}

interface Figures {
  whole: Answer | undefined
  former: Answer | undefined
  course: Answer | undefined
  entries: Map<string, number>
}

function figureOf(metric: MetricEntry, { whole, former, course, entries }: Figures): TileFigure | undefined {
  if (whole === undefined) return undefined
  const valueIn = (answer: Answer | undefined): number | null => answer?.rows[0]?.values[metric.id] ?? null
  const told = whole.metrics.find((each) => each.id === metric.id)
  return {
    value: valueIn(whole),
    standing: standingIn(whole.rows[0], metric.id),
    former: valueIn(former),
    formula: told?.formula ?? metric.formulas[0]?.id ?? '',
    // What has not begun has no figure, also where the sum would be 0.
    course: (course?.rows ?? []).filter((row) => row.begins_at < whole.as_of).map((row) => row.values[metric.id] ?? null),
    signals: entries.get(metric.id) ?? 0,
  }
}

/** The metric with the target that is in force; the registry's where the answer does not say. */
function judged(metric: MetricEntry, answer: Answer | undefined): MetricEntry {
  const told = answer?.metrics.find((each) => each.id === metric.id)
  if (told === undefined) return metric
  return { ...metric, target: told.target, alarm_low: told.alarm_low, alarm_high: told.alarm_high }
}

interface TilesProps {
  label: string
  metrics: MetricEntry[]
  figures: Figures
  isWaiting: boolean
}

function Tiles({ label, metrics, figures, isWaiting }: TilesProps): ReactElement {
  const [search] = useSearchParams()
  return (
    <section className="tiles report-tiles" aria-label={label}>
      {metrics.map((metric) => (
        <Tile key={metric.id} metric={judged(metric, figures.whole)} figure={figureOf(metric, figures)} isWaiting={isWaiting} to={addressOf(metric.id, search)} />
      ))}
    </section>
  )
}

/** The three questions whose answers make the tiles: the window, the one before, its course. */
function useFigures(view: View, metrics: MetricEntry[] | undefined) {
  const ids = (metrics ?? []).filter(hasFacts).map((metric) => metric.id)
  const hasAny = ids.length > 0
  const whole = useAnswer(view, hasAny ? questionOf(view, ids) : null)
  const course = useAnswer(view, hasAny ? questionOf(view, ids, { width: view.width }) : null)
  const former = useAnswer(view, hasAny && view.isCompared ? questionOf(view, ids, { steps: -1 }) : null)
  const entries = useOpenEntries()
  const figures: Figures = { whole: whole.data, former: view.isCompared ? former.data : undefined, course: course.data, entries }
  const asked = [whole, course, former]
  return {
    whole,
    figures,
    isWaiting: hasAny && whole.isPending,
    faults: [whole.data?.faults, course.data?.faults],
    failed: asked.find((each) => each.isError),
    again: () => asked.filter((each) => each.isError).forEach((each) => void each.refetch()),
  }
}

export function ReportsPage(): ReactElement {
  const { t } = useTranslation()
  const view = useView()
  const metrics = useMetrics()
  const { whole, figures, isWaiting, faults, failed, again } = useFigures({ ...view, at: null }, metrics.data)
  const all = metrics.data ?? []
  return (
    <PageShell
      title={t('reports.title')}
      beside={whole.data === undefined ? null : <AsOf answer={whole.data} isOld={whole.isPlaceholderData} />}
    >
      <Filters />
      {metrics.isPending ? <Loading rows={8} /> : null}
      {metrics.isError ? <ErrorBox error={metrics.error} onRetry={() => void metrics.refetch()} /> : null}
      {failed === undefined ? null : <ErrorBox error={failed.error} onRetry={again} />}
      <Faults of={faults} />
      {whole.data === undefined ? null : <Identities answer={whole.data} />}
      {metrics.isSuccess && all.length === 0 ? <EmptyState title={t('reports.none')} /> : null}
      {metrics.isSuccess ? <Tiles label={t('reports.founding')} metrics={founding(all)} figures={figures} isWaiting={isWaiting} /> : null}
      {grouped(all).map((group) => (
        <details key={group.id} className="report-group" data-testid={`report-group-${group.id}`}>
          <summary>
            {t(`reports.group.${group.id}`)} <span className="quiet">{group.metrics.length}</span>
          </summary>
          <Tiles label={t(`reports.group.${group.id}`)} metrics={group.metrics} figures={figures} isWaiting={isWaiting} />
        </details>
      ))}
      <FixedForms />
      <CostsLink />
      <Subscriptions />
    </PageShell>
  )
}
