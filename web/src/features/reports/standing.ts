/** How a figure stands to its target and its alarm limits. */
import type { FigureRow, MetricEntry } from '@/api/figures'

/** As the server says it; `none` where there is no figure, or nothing to hold it against. */
export type Standing = FigureRow['standings'][string] | 'none'

/** Never colour alone: each standing has a shape. */
export const SHAPES: Record<Standing, string> = { met: '●', missed: '▲', alarm: '■', none: '' }

export const standingIn = (row: FigureRow | undefined, metric: string): Standing => row?.standings[metric] ?? 'none'

/** Is the change from `before` to `value` for the better? `null` when neither. */
export function isBetter(value: number, before: number, direction: MetricEntry['direction']): boolean | null {
  if (value === before || direction === 'watch' || direction === 'band') return null
  return value > before === (direction === 'up')
}

/** Does this product write the facts it is computed from? If not it is said so, never shown as zero. */
export const hasFacts = (metric: Pick<MetricEntry, 'source'>): boolean => metric.source === 'here'

/** Is it about deadlines, work orders or complaints, which no call stands behind? */
export const isOfPromises = (metric: Pick<MetricEntry, 'is_of_calls'>): boolean => !metric.is_of_calls
