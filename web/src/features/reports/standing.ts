/** How a figure stands to its target and its alarm limits. */
import type { MetricEntry } from '@/api/figures'

export type Standing = 'met' | 'missed' | 'alarm' | 'none'

/** Never colour alone: each standing has a shape. */
export const SHAPES: Record<Standing, string> = { met: '●', missed: '▲', alarm: '■', none: '' }

type Judged = Pick<MetricEntry, 'direction' | 'target' | 'alarm_low' | 'alarm_high'>

/** `none` when there is no value, or nothing to hold it against. */
export function standingOf(value: number | null | undefined, metric: Judged): Standing {
  if (value === null || value === undefined) return 'none'
  const { direction, target, alarm_low: low, alarm_high: high } = metric
  const isBeyond = (low !== null && value < low) || (high !== null && value > high)
  if (direction === 'band') return low === null && high === null ? 'none' : isBeyond ? 'alarm' : 'met'
  if (isBeyond) return 'alarm'
  if (target === null || direction === 'watch') return 'none'
  return (direction === 'up' ? value >= target : value <= target) ? 'met' : 'missed'
}

/** Is the change from `before` to `value` for the better? `null` when neither. */
export function isBetter(value: number, before: number, direction: MetricEntry['direction']): boolean | null {
  if (value === before || direction === 'watch' || direction === 'band') return null
  return value > before === (direction === 'up')
}

/** Does this product write the facts it is computed from? If not it is said so, never shown as zero. */
export const hasFacts = (metric: Pick<MetricEntry, 'source'>): boolean => metric.source === 'here'
