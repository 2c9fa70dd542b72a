/** The figure of the window, its target, the window before, and how many signals the chart has. */
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { Answer, MetricEntry } from '@/api/figures'

import { change, NOTHING, nothingIn, printed } from './printed'
import { isBetter, standingIn } from './standing'
import { aimOf, Standing, Waiting } from './Tile'

interface CellProps {
  id: string
  label: string
  value: ReactNode
  under: ReactNode
}

function Cell({ id, label, value, under }: CellProps): ReactElement {
  return (
    <div className="tile" data-testid={`figure-${id}`}>
      <span className="quiet">{label}</span>
      <b className="figure">{value}</b>
      <span>{under}</span>
    </div>
  )
}

export interface SummaryProps {
  metric: MetricEntry
  now: Answer
  former: Answer | undefined
  signals: number | null
}

export function Summary({ metric, now, former, signals }: SummaryProps): ReactElement {
  const { t } = useTranslation()
  const value = now.rows[0]?.values[metric.id] ?? null
  const before = former?.rows[0]?.values[metric.id] ?? null
  const better = value === null || before === null ? null : isBetter(value, before, metric.direction)
  const target = metric.target
  return (
    <section className="tiles" aria-label={t('reports.figures')}>
      <Cell
        id="value"
        label={t('reports.now')}
        value={value === null ? nothingIn(metric, t) : printed(value, metric.unit)}
        under={<Standing metric={metric} standing={standingIn(now.rows[0], metric.id)} />}
      />
      <Cell
        id="target"
        label={t('reports.target_label')}
        value={aimOf(metric) ?? NOTHING}
        under={value === null || target === null ? '' : t('reports.off_target', { by: change(value, target, metric.unit) })}
      />
      {former === undefined ? null : (
        <Cell
          id="former"
          label={t('reports.former')}
          value={before === null ? nothingIn(metric, t) : printed(before, metric.unit)}
          under={
            value === null || before === null ? (
              ''
            ) : (
              <span className={better === false ? 'worse' : better === true ? 'better' : ''}>
                {change(value, before, metric.unit)}
                {better === null ? '' : ` ${better ? t('reports.better') : t('reports.worse')}`}
              </span>
            )
          }
        />
      )}
      {signals === null ? null : (
        <Cell
          id="signals"
          label={t('chart.signals')}
          value={signals}
          under={signals === 0 ? t('chart.no_signals') : <span className="worse">■ {t('chart.explained_below')}</span>}
        />
      )}
    </section>
  )
}

/** The frame of the four figures while they are on their way. */
export function SummaryWaiting(): ReactElement {
  const { t } = useTranslation()
  return (
    <section className="tiles" aria-busy="true" aria-label={t('common.loading')} role="status" data-testid="summary-waiting">
      {(['now', 'target_label', 'former'] as const).map((label) => (
        <div key={label} className="tile">
          <span className="quiet">{t(`reports.${label}`)}</span>
          <Waiting />
        </div>
      ))}
    </section>
  )
}
