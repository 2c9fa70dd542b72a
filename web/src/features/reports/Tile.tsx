/** One figure: value, target, how it stands, how it went, what it is computed by. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { MetricEntry } from '@/api/figures'
import { nameIn } from '@/ui/format'

import { change, nothingIn, printed } from './printed'
import { Sparkline } from './Sparkline'
import { hasFacts, isBetter, SHAPES, type Standing as Standings } from './standing'

const AIM: Record<MetricEntry['direction'], string> = { up: '≥ ', down: '≤ ', band: '', watch: '' }

/** What is wanted, in words: `≥ 80.00%`, or the ends of a band; `null` when nothing is. */
export function aimOf(metric: MetricEntry): string | null {
  const { target, alarm_low: low, alarm_high: high, unit } = metric
  if (target !== null) return AIM[metric.direction] + printed(target, unit)
  if (metric.direction !== 'band') return null
  if (low !== null && high !== null) return `${printed(low, unit)} – ${printed(high, unit)}`
  if (low !== null) return `≥ ${printed(low, unit)}`
  return high === null ? null : `≤ ${printed(high, unit)}`
}

export interface TileFigure {
  value: number | null
  standing: Standings
  former: number | null
  formula: string
  course: (number | null)[]
  /** What the open entries of the control sheet say about it. */
  signals: number
}

export interface TileProps {
  metric: MetricEntry
  figure: TileFigure | undefined
  /** Its figure is on its way; without it and without a figure it could not be had. */
  isWaiting: boolean
  /** The address of its report. */
  to: string
}

function Former({ metric, figure }: { metric: MetricEntry; figure: TileFigure }): ReactElement | null {
  const { t } = useTranslation()
  if (figure.value === null || figure.former === null) return null
  const better = isBetter(figure.value, figure.former, metric.direction)
  return (
    <span className="tile-former">
      {t('reports.former')} {printed(figure.former, metric.unit)}{' '}
      <span className={better === false ? 'worse' : better === true ? 'better' : ''}>
        {change(figure.value, figure.former, metric.unit)}
        {better === null ? '' : ` ${better ? t('reports.better') : t('reports.worse')}`}
      </span>
    </span>
  )
}

export function Standing({ metric, standing }: { metric: MetricEntry; standing: Standings }): ReactElement {
  const { t } = useTranslation()
  const target = aimOf(metric)
  return (
    <span className={`standing standing-${standing}`}>
      {standing === 'none' ? null : (
        <>
          <span aria-hidden="true">{SHAPES[standing]} </span>
          {t(`reports.standing.${standing}`)} ·{' '}
        </>
      )}
      {target === null ? t('reports.no_target') : t('reports.target', { target })}
    </span>
  )
}

/** Where a figure will stand: neither a dash nor a zero, which are answers. */
export function Waiting(): ReactElement {
  return (
    <span className="tile-waiting" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  )
}

interface FedProps {
  metric: MetricEntry
  figure: TileFigure
}

function Fed({ metric, figure }: FedProps): ReactElement {
  const { t } = useTranslation()
  const { value } = figure
  return (
    <>
      <b className={value === null ? 'no-source' : 'figure'}>{value === null ? nothingIn(metric, t) : printed(value, metric.unit)}</b>
      <Standing metric={metric} standing={figure.standing} />
      <Former metric={metric} figure={figure} />
      <Sparkline values={figure.course} />
      {figure.signals === 0 ? null : (
        <span className="tile-signal" data-testid={`tile-signal-${metric.id}`}>
          <span aria-hidden="true">■ </span>
          {t('reports.signals', { count: figure.signals })}
        </span>
      )}
    </>
  )
}

export function Tile({ metric, figure, isWaiting, to }: TileProps): ReactElement {
  const { t, i18n } = useTranslation()
  const isFed = hasFacts(metric)
  const standing = figure?.standing ?? 'none'
  return (
    <Link
      to={to}
      className={`tile report-tile report-tile-${standing}`}
      data-testid={`report-tile-${metric.id}`}
      data-standing={isFed ? standing : 'no_source'}
      data-formula={figure?.formula}
      aria-busy={isFed && isWaiting}
    >
      <span className="quiet">
        {metric.no} {nameIn(i18n.language, metric)}
      </span>
      {isFed ? null : <b className="no-source">{t('reports.no_source')}</b>}
      {isFed && figure !== undefined ? <Fed metric={metric} figure={figure} /> : null}
      {isFed && figure === undefined ? isWaiting ? <Waiting /> : <b className="no-source">{t('reports.not_here')}</b> : null}
      <code className="quiet">{figure?.formula ?? metric.formulas[0]?.id}</code>
    </Link>
  )
}
