/** The figures of the centre: what waits now, and the day's metrics with their targets. A click narrows the lists. */
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'

import type { AgentRow, Metric, MetricValue, QueueRow } from '@/api/schema'
import { useRow } from '@/live/hooks'
import { useLive } from '@/live/store'
import { Timer, useSeconds } from '@/ui/clock'
import { figure, nameIn } from '@/ui/format'

import { HALF_HOUR, misses, targetOf, useToday } from './targets'
import type { Shown as ShownView } from './view'

const SHORT = 'short_abandoned'
/** Said in another figure's tile instead of in one of their own. */
const ELSEWHERE = new Set([SHORT, HALF_HOUR])

interface TileProps {
  id: string
  label: string
  value: ReactNode
  under?: string | undefined
  isMissed?: boolean | null
  title?: string | undefined
  formula?: string | undefined
  /** Pressing it narrows the lists; pressed again, no more. */
  isPressed?: boolean
  onPress?: () => void
}

function Tile({ id, label, value, under, isMissed = null, title, formula, isPressed, onPress }: TileProps): ReactElement {
  const inner = (
    <>
      <span className="quiet">
        {isMissed === null ? null : <span aria-hidden="true">{isMissed ? '■ ' : '● '}</span>}
        {label}
      </span>
      <b className="figure">{value}</b>
      <span className="quiet">{under ?? ' '}</span>
    </>
  )
  const look = isMissed === true ? 'tile tile-red' : 'tile'
  if (onPress === undefined) {
    return (
      <div className={look} title={title} data-testid={`kpi-${id}`} data-formula={formula}>
        {inner}
      </div>
    )
  }
  return (
    <button type="button" className={`${look} tile-button`} title={title} aria-pressed={isPressed} onClick={onPress} data-testid={`kpi-${id}`} data-formula={formula}>
      {inner}
    </button>
  )
}

function useNowFigures() {
  return useLive(
    useShallow((state) => {
      const queues = Object.values(state.topics['queues'] ?? {}) as unknown as QueueRow[]
      const agents = Object.values(state.topics['agents'] ?? {}) as unknown as AgentRow[]
      const waits = queues.map((queue) => queue.longest_since).filter((since) => since !== null)
      const due = queues
        .filter((queue) => queue.longest_since !== null && queue.answer_within_ms > 0)
        .map((queue) => (queue.longest_since ?? 0) + queue.answer_within_ms)
      return {
        waiting: queues.reduce((sum, queue) => sum + queue.waiting, 0),
        longest: waits.length === 0 ? null : Math.min(...waits),
        /** When the first of them is beyond its queue's threshold. */
        late: due.length === 0 ? null : Math.min(...due),
        ready: agents.filter((agent) => agent.state === 'ready').length,
        here: agents.filter((agent) => agent.state !== 'signed_out').length,
        not_ready: agents.filter((agent) => agent.state === 'not_ready').length,
      }
    }),
  )
}

type Shown = Pick<Metric, 'id' | 'name' | 'unit' | 'value' | 'target' | 'formula'> & Partial<Pick<Metric, 'name_en' | 'formula_text'>>

type Pressing = Pick<TileProps, 'isPressed' | 'onPress'>

function MetricTile({ metric, live, under, pressing }: { metric: Shown; live: MetricValue | undefined; under: string | undefined; pressing: Pressing }): ReactElement {
  const { t, i18n } = useTranslation()
  const value = live === undefined ? metric.value : live.value
  const target = metric.target === null ? undefined : t('live.target', { target: figure(metric.target, metric.unit) })
  return (
    <Tile
      id={metric.id}
      label={nameIn(i18n.language, metric)}
      value={figure(value, metric.unit)}
      under={under ?? target}
      isMissed={misses(metric.id, value, metric.target)}
      title={`${metric.formula} ${metric.formula_text ?? ''}`}
      {...pressing}
      formula={metric.formula}
    />
  )
}

function HalfHour({ live, target, pressing }: { live: MetricValue | undefined; target: number | null; pressing: Pressing }): ReactElement | null {
  const { t } = useTranslation()
  if (live === undefined) return null
  return (
    <Tile
      id={HALF_HOUR}
      label={t('live.half_hour')}
      value={figure(live.value, live.unit)}
      under={target === null ? undefined : t('live.target', { target: figure(target, live.unit) })}
      isMissed={misses(HALF_HOUR, live.value, target)}
      title={live.formula}
      {...pressing}
      formula={live.formula}
    />
  )
}

export function KpiStrip({ shown }: { shown: ShownView }): ReactElement {
  const { t } = useTranslation()
  const { view, change } = shown
  const now = useNowFigures()
  const seconds = useSeconds()
  const live = useRow<Record<string, MetricValue>>('metrics', 'centre')
  const today = useToday()
  const metrics: Shown[] = today?.metrics ?? Object.entries(live ?? {}).map(([id, value]) => ({ id, name: id, target: null, ...value }))
  const short = live?.[SHORT]?.value ?? metrics.find((metric) => metric.id === SHORT)?.value ?? null
  const goal = targetOf(today, HALF_HOUR)
  const pressing = (id: string, target: number | null) =>
    target === null ? {} : { isPressed: view.below === id, onPress: () => change({ below: view.below === id ? '' : id }) }
  const isLate = now.late === null ? null : now.late < seconds * 1000
  return (
    <section className="tiles" aria-label={t('live.figures')}>
      <HalfHour live={live?.[HALF_HOUR]} target={goal} pressing={pressing(HALF_HOUR, goal)} />
      <Tile id="waiting" label={t('live.waiting')} value={now.waiting} isMissed={isLate} isPressed={view.waiting} onPress={() => change({ waiting: !view.waiting })} />
      <Tile id="longest" label={t('live.longest')} value={now.longest === null ? '—' : <Timer since={now.longest} />} isMissed={isLate} isPressed={view.waiting} onPress={() => change({ waiting: !view.waiting })} />
      <Tile
        id="ready"
        label={t('live.ready_of')}
        value={`${now.ready} / ${now.here}`}
        under={t('live.not_ready_count', { count: now.not_ready })}
        isPressed={view.state === 'ready'}
        onPress={() => change({ state: view.state === 'ready' ? '' : 'ready' })}
      />
      {metrics
        .filter((metric) => !ELSEWHERE.has(metric.id))
        .map((metric) => (
          <MetricTile
            key={metric.id}
            metric={metric}
            live={live?.[metric.id]}
            pressing={pressing(metric.id, metric.target)}
            under={metric.id === 'abandoned' && short !== null ? t('live.of_short', { count: short }) : undefined}
          />
        ))}
    </section>
  )
}
