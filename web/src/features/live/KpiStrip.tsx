/** The figures of the centre: what waits now, and the day's metrics with their targets. */
import { useQuery } from '@tanstack/react-query'
import { Tooltip } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'

import { centre } from '@/api/calls'
import type { AgentRow, Metric, MetricValue, QueueRow } from '@/api/schema'
import { useMay } from '@/api/session'
import { useRow } from '@/live/hooks'
import { useLive } from '@/live/store'
import { Timer } from '@/ui/clock'
import { figure, nameIn } from '@/ui/format'

const SHORT = 'short_abandoned'
/** Said under another figure's tile instead of in one of their own. */
const UNDER = new Set([SHORT])
const LOWER_IS_BETTER = /abandon|wait|asa|acw|wrap|busy|block|transfer/

/** Is the target missed? `null` when there is nothing to compare. */
export function misses(id: string, value: number | null, target: number | null): boolean | null {
  if (value === null || target === null) return null
  return LOWER_IS_BETTER.test(id) ? value > target : value < target
}

interface TileProps {
  id: string
  label: string
  value: ReactNode
  under?: string
  isMissed?: boolean | null
}

function Tile({ id, label, value, under, isMissed = null }: TileProps): ReactElement {
  return (
    <div className={isMissed === true ? 'tile tile-red' : 'tile'} data-testid={`kpi-${id}`}>
      <span className="quiet">
        {isMissed === null ? null : <span aria-hidden="true">{isMissed ? '■ ' : '● '}</span>}
        {label}
      </span>
      <b className="figure">{value}</b>
      <span className="quiet">{under ?? ''}</span>
    </div>
  )
}

function useNowFigures() {
  return useLive(
    useShallow((state) => {
      const queues = Object.values(state.topics['queues'] ?? {}) as unknown as QueueRow[]
      const agents = Object.values(state.topics['agents'] ?? {}) as unknown as AgentRow[]
      const waits = queues.map((queue) => queue.longest_since).filter((since) => since !== null)
      return {
        waiting: queues.reduce((sum, queue) => sum + queue.waiting, 0),
        longest: waits.length === 0 ? null : Math.min(...waits),
        ready: agents.filter((agent) => agent.state === 'ready').length,
        here: agents.filter((agent) => agent.state !== 'signed_out').length,
      }
    }),
  )
}

type Shown = Pick<Metric, 'id' | 'name' | 'unit' | 'value' | 'target' | 'formula'> &
  Partial<Pick<Metric, 'name_en' | 'formula_text'>>

interface MetricTileProps {
  metric: Shown
  live: MetricValue | undefined
  /** What is said beneath; else the target. */
  under?: string
}

function MetricTile({ metric, live, under }: MetricTileProps): ReactElement {
  const { t, i18n } = useTranslation()
  const value = live === undefined ? metric.value : live.value
  const target = metric.target === null ? undefined : t('live.target', { target: figure(metric.target, metric.unit) })
  return (
    <Tooltip title={`${metric.formula} ${metric.formula_text ?? ''}`}>
      <div data-formula={metric.formula}>
        <Tile
          id={metric.id}
          label={nameIn(i18n.language, metric)}
          value={figure(value, metric.unit)}
          under={under ?? target}
          isMissed={misses(metric.id, value, metric.target)}
        />
      </div>
    </Tooltip>
  )
}

export function KpiStrip(): ReactElement {
  const { t } = useTranslation()
  const now = useNowFigures()
  const live = useRow<Record<string, MetricValue>>('metrics', 'centre')
  const mayRead = useMay('reports.read')
  const report = useQuery({ queryKey: ['today'], queryFn: () => centre.today(), enabled: mayRead, staleTime: 60_000 })
  const metrics: Shown[] =
    report.data?.metrics ??
    Object.entries(live ?? {}).map(([id, value]) => ({ id, name: id, target: null, ...value }))
  const short = live?.[SHORT]?.value ?? metrics.find((metric) => metric.id === SHORT)?.value ?? null
  return (
    <section className="tiles" aria-label={t('live.figures')}>
      <Tile id="waiting" label={t('live.waiting')} value={now.waiting} />
      <Tile id="longest" label={t('live.longest')} value={now.longest === null ? '—' : <Timer since={now.longest} />} />
      <Tile id="ready" label={t('live.ready_of')} value={`${now.ready} / ${now.here}`} />
      {metrics
        .filter((metric) => !UNDER.has(metric.id))
        .map((metric) => (
          <MetricTile
            key={metric.id}
            metric={metric}
            live={live?.[metric.id]}
            under={metric.id === 'abandoned' && short !== null ? t('live.of_short', { count: short }) : undefined}
          />
        ))}
    </section>
  )
}
