/**
 * The way from a figure down: of calls by queue, then stretch of time, then agent, then the calls
 * themselves; of promises by rule, type and post.
 */
import type { FigureRow, Key, MetricEntry, Width } from '@/api/figures'

import { formulaIn, type Change, type View } from './view'

export type Level = 'queue' | 'deadline' | 'case_type' | 'post' | 'interval' | 'agent'
const LEVELS: readonly Level[] = ['queue', 'deadline', 'case_type', 'post', 'interval', 'agent']

/** The levels that the figure is told apart by; time always. */
export function levelsOf(view: Pick<View, 'formula'>, metric: Pick<MetricEntry, 'formulas'>): Level[] {
  const keys = formulaIn(view, metric)?.keys ?? []
  return LEVELS.filter((level) => level === 'interval' || keys.includes(level))
}

/** Whether its rows lead further down: the address has a place for one of them. */
export const isOpened = (level: Level): boolean => level === 'queue' || level === 'interval' || level === 'agent'

const HOUR_MS = 3_600_000

/** What comes next below what is looked at; `null` when only the contacts are below. */
export function nextLevel(view: View, levels: readonly Level[]): Level | null {
  const chosen: Partial<Record<Level, unknown>> = { queue: view.queue, interval: view.at, agent: view.agent }
  return levels.find((level) => (chosen[level] ?? null) === null) ?? null
}

/** The width of the stretches below: of the report, or half-hours within one of its stretches. */
export function widthBelow(view: View): Width {
  if (view.at === null) return view.width
  const length = view.at.ends - view.at.begins
  return length > 48 * HOUR_MS ? 'day' : length > HOUR_MS ? '30min' : '15min'
}

/** How a level is asked for. */
export function askedFor(level: Level, view: View): { width: Width; by: Key[] } {
  return level === 'interval' ? { width: widthBelow(view), by: [] } : { width: 'whole', by: [level] }
}

/** What the address becomes when a row is opened. */
export function into(level: Level, row: FigureRow): Change {
  if (level === 'interval') return { at: `${row.begins_at}-${row.ends_at}`, deeper: null }
  return { [level]: row.keys[level] ?? '', deeper: null }
}

/** What the address becomes one step up; `null` at the top. */
export function out(view: View): Change | null {
  if (view.agent !== null) return { agent: null, deeper: null }
  if (view.at !== null) return { at: null, deeper: null }
  return view.queue === null ? null : { queue: null, deeper: null }
}

/** Times in their order; queues and agents with the worst figure first, those without one last. */
export function ordered(rows: FigureRow[], level: Level, metric: Pick<MetricEntry, 'id' | 'direction'>): FigureRow[] {
  if (level === 'interval') return rows
  const sign = metric.direction === 'up' ? 1 : -1
  const valueOf = (row: FigureRow): number => {
    const value = row.values[metric.id]
    return value === null || value === undefined ? Infinity : sign * value
  }
  return [...rows].sort((one, other) => valueOf(one) - valueOf(other))
}
