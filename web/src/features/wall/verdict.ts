/** How a figure stands against its target, and how it is written to be read from eight metres. */
import { duration, figure } from '@/ui/format'

import type { QueueRow, TileRow } from './rows'

export type Verdict = 'met' | 'near' | 'missed'

/** Never colour alone: each verdict has a shape of its own. */
export const SHAPES: Record<Verdict, string> = { met: '●', near: '▲', missed: '■' }

/** Missed by no more than this part of the target is near. */
const NEAR = 0.1

/** `null` where there is nothing to compare, or neither way is better. */
export function verdictOf(value: number | null, target: number | null, direction: string): Verdict | null {
  if (value === null || target === null) return null
  if (direction !== 'up' && direction !== 'down') return null
  const short = direction === 'up' ? target - value : value - target
  if (short <= 0) return 'met'
  return short <= target * NEAR ? 'near' : 'missed'
}

/** Percent without decimals, but never so that a missed target looks like a met one. */
export function written(value: number | null, unit: TileRow['unit'], target: number | null = null): string {
  if (value === null) return '—'
  if (unit !== 'ratio') return figure(value, unit)
  const whole = Math.round(value * 100)
  const isDeceiving = target !== null && value !== target && whole === Math.round(target * 100)
  return isDeceiving ? figure(value, unit) : `${whole}%`
}

/** Seconds of a wait that goes on, or what the tile says. */
export function valueAt(tile: TileRow, now: number): number | null {
  return tile.since === null ? tile.value : Math.max(0, (now - tile.since) / 1000)
}

export function textAt(tile: TileRow, now: number): string {
  return tile.since === null ? written(tile.value, tile.unit, tile.target) : duration(now - tile.since)
}

const NARROW = new Set([':', '.', ','])

/** How wide a value is, in ems of its bold figures: no browser tells before it is drawn. */
export function emsOf(text: string): number {
  return [...text].reduce((sum, sign) => sum + (sign === '%' || sign === '—' ? 1.05 : NARROW.has(sign) ? 0.42 : 0.72), 0)
}

/** A queue's shape: nobody there or far too late, late, fine. */
export function queueVerdict(queue: QueueRow, now: number): Verdict {
  if (queue.unstaffed) return 'missed'
  if (queue.longest_since === null) return 'met'
  const waited = now - queue.longest_since
  if (waited <= queue.answer_within_ms) return 'met'
  return waited <= 2 * queue.answer_within_ms ? 'near' : 'missed'
}

const RANK: Record<Verdict, number> = { missed: 0, near: 1, met: 2 }

/** The worst first, then who waits longest, then as the board has them. */
export function byNeed(queues: readonly QueueRow[], now: number): QueueRow[] {
  return [...queues].sort(
    (one, other) =>
      RANK[queueVerdict(one, now)] - RANK[queueVerdict(other, now)] ||
      (one.longest_since ?? Infinity) - (other.longest_since ?? Infinity) ||
      0,
  )
}
