/** What a deadline of a work order says at a moment: how much of it is used, and what is left. */
import type { CaseClock } from '@/api/cases'

/** ● in good time, ◔ half is used, ▲ four fifths, ■ it was due; ‖ it rests, ✓ it ended in time. */
export type LimitShape = 'calm' | 'half' | 'near' | 'over' | 'rests' | 'met' | 'late' | 'gone'

export const SHAPES: Readonly<Record<LimitShape, string>> = {
  calm: '●',
  half: '◔',
  near: '▲',
  over: '■',
  rests: '‖',
  met: '✓',
  late: '■',
  gone: '○',
}

const HALF = 0.5
const MOST = 0.8

/** Used of the target at a moment, in milliseconds of its unit. */
export function usedAt(clock: CaseClock, now: number): number {
  return clock.counts ? clock.spent + Math.max(0, now - clock.read_at) : clock.spent
}

/** Units that pass as the wall clock does; the others stand still while the calendar is closed. */
const isWall = (clock: CaseClock): boolean => clock.unit === 'wall' || clock.unit === 'natural_day'

function shareAt(clock: CaseClock, now: number): number {
  if (clock.unit !== 'natural_day' || clock.due_at === null) return usedAt(clock, now) / Math.max(1, clock.target)
  return (now - clock.started_at) / Math.max(1, clock.due_at - clock.started_at)
}

export const isOver = (clock: CaseClock, now: number): boolean =>
  clock.state !== 'ended' && (clock.breached_at !== null || (clock.due_at !== null && now > clock.due_at))

export function shapeAt(clock: CaseClock, now: number): LimitShape {
  if (clock.state === 'ended') {
    if (clock.outcome === 'met') return 'met'
    return clock.outcome === 'late' ? 'late' : 'gone'
  }
  if (isOver(clock, now)) return 'over'
  if (clock.state === 'paused') return 'rests'
  const share = shareAt(clock, now)
  if (share < HALF) return 'calm'
  return share < MOST ? 'half' : 'near'
}

/** What is left in milliseconds of the unit, or by how much it is over by the wall clock (negative). */
export function leftAt(clock: CaseClock, now: number): number {
  const due = clock.due_at ?? clock.breached_at
  if (isOver(clock, now)) return due === null ? clock.target - usedAt(clock, now) : due - now
  if (isWall(clock) && clock.due_at !== null) return clock.due_at - now
  return Math.max(0, clock.target - usedAt(clock, now))
}

const dueOf = (clock: CaseClock): number => clock.due_at ?? Number.POSITIVE_INFINITY

/** The open one that is due first; a resting one only where there is no other. */
export function nearest(clocks: readonly CaseClock[]): CaseClock | null {
  const open = clocks.filter((clock) => clock.state !== 'ended')
  return [...open].sort((one, other) => dueOf(one) - dueOf(other))[0] ?? null
}

/** Clocks as people look for them: the whole first, then what is awaited now. */
const ORDER = ['wo.resolve', 'wo.dispatch', 'wo.accept', 'wo.arrive', 'wo.explain', 'wo.callback', 'wo.audit']
const place = (clock: CaseClock): number => {
  const at = ORDER.indexOf(clock.code)
  return at < 0 ? ORDER.length : at
}
export const inOrder = (clocks: readonly CaseClock[]): CaseClock[] => [...clocks].sort((one, other) => place(one) - place(other))

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const two = (number: number): string => String(number).padStart(2, '0')

export interface Span {
  /** Key of the words, e.g. `cases.span.days`. */
  key: 'days' | 'hours' | 'minutes'
  values: Readonly<Record<string, string | number>>
}

/** How long, as people say it: with seconds below an hour unless it is told roughly, without minutes from a day on. */
export function spanOf(milliseconds: number, isRough = false): Span {
  const long = Math.abs(milliseconds)
  if (long >= DAY_MS) return { key: 'days', values: { days: Math.floor(long / DAY_MS), hours: Math.floor((long % DAY_MS) / HOUR_MS) } }
  if (long >= HOUR_MS) return { key: 'hours', values: { hours: Math.floor(long / HOUR_MS), minutes: two(Math.floor((long % HOUR_MS) / MINUTE_MS)) } }
  if (isRough) return { key: 'minutes', values: { minutes: Math.floor(long / MINUTE_MS) } }
  return { key: 'minutes', values: { minutes: two(Math.floor(long / MINUTE_MS)), seconds: two(Math.floor((long % MINUTE_MS) / 1_000)) } }
}
