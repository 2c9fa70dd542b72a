/** What a deadline of the chain says at a moment: its shape, its share, and how long that is. */

/** ● in good time, ◔ half is used, ▲ four fifths, ■ it was due; ○ it has not begun. */
export type DueShape = 'calm' | 'half' | 'near' | 'over' | 'ahead' | 'none'

export const SHAPES: Readonly<Record<DueShape, string>> = { calm: '●', half: '◔', near: '▲', over: '■', ahead: '○', none: '–' }

const HALF = 0.5
const MOST = 0.8

export interface Running {
  since: number
  due_at: number | null
  marks?: readonly { percent: number; at: number }[]
}

/** When half and four fifths are used: as the server's marks say, which know calendars; else by the clock on the wall. */
function markAt(running: Running, percent: number): number {
  const mark = running.marks?.find((each) => each.percent === percent)
  const due = running.due_at ?? running.since
  return mark?.at ?? running.since + ((due - running.since) * percent) / 100
}

export function shapeAt(running: Running, now: number): DueShape {
  if (running.due_at === null) return 'none'
  if (now < running.since) return 'ahead'
  if (now > running.due_at) return 'over'
  if (now >= markAt(running, MOST * 100)) return 'near'
  return now >= markAt(running, HALF * 100) ? 'half' : 'calm'
}

/** The nearest first; what has no deadline last. */
export const byDue = (one: Running, other: Running): number =>
  (one.due_at ?? Number.POSITIVE_INFINITY) - (other.due_at ?? Number.POSITIVE_INFINITY)

export interface Bar {
  /** Shares of the bar's width, 0 to 1. */
  used: number
  limit: number | null
  marks: { percent: number; at: number }[]
}

/** A bar as long as what took longest: the limit, or what was used. */
export function barOf(used: number, limit: number | null, marks: readonly { percent: number }[]): Bar {
  const whole = Math.max(used, limit ?? 0, 1)
  const end = limit === null ? null : limit / whole
  return { used: used / whole, limit: end, marks: end === null ? [] : marks.map(({ percent }) => ({ percent, at: (end * percent) / 100 })) }
}
