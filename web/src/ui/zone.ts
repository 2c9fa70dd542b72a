/** Calendar days and clock times in the organisation's time zone, as instants. */

function offsetAt(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant)
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value ?? 0)
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return local - Math.floor(instant / 1000) * 1000
}

/** A time as a field has it ("2026-11-21T08:30"), by the clocks of `zone`, in epoch milliseconds; `null` for none. */
export function instantOf(time: string, zone: string): number | null {
  const utc = Date.parse(`${time}Z`)
  if (Number.isNaN(utc)) return null
  const guess = utc - offsetAt(utc, zone)
  // Once more with the offset at the guess: it may lie on the other side of a clock change.
  return utc - offsetAt(guess, zone)
}

/** Midnight at the beginning of `day` ("2026-11-21") in `zone`, in epoch milliseconds; `null` for no date. */
export const startOfDay = (day: string, zone: string): number | null => instantOf(`${day}T00:00`, zone)

/** Midnight at the end of `day` in `zone`: the first instant that is no longer within it. */
export function endOfDay(day: string, zone: string): number | null {
  const start = startOfDay(day, zone)
  if (start === null) return null
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
  return startOfDay(next, zone) ?? start + 86_400_000
}

/** A moment as a field has it ("2026-11-21T08:30"), by the clocks of `zone`. */
export const fieldTime = (instant: number, zone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(instant).replace(' ', 'T')
/** The day it is at `instant` in `zone`, as a field has it ("2026-11-21"). */
export function dayAt(instant: number, zone: string): string {
  // Swedish writes a date as ISO does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(instant)
}
