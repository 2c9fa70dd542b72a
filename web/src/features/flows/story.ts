/** The clock of a caller on trial, in the organisation's time zone. */

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/

function wall(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  }).formatToParts(at)
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value ?? 0)
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
}

/** `2026-11-22T14:30`: as an input of a moment has it. */
export const wallText = (at: number, zone: string): string => new Date(wall(at, zone)).toISOString().slice(0, 16)

/** The instant at which clocks in `zone` show `text`; null for no moment. */
export function instantOf(text: string, zone: string): number | null {
  const shown = MOMENT.test(text) ? Date.parse(`${text}:00Z`) : Number.NaN
  if (Number.isNaN(shown)) return null
  const guess = shown - (wall(shown, zone) - shown)
  // Once more with the offset at the guess: clocks may change in between.
  return guess - (wall(guess, zone) - shown)
}
