/** Days of the centre as instants: midnight where the centre is, whatever the clock of this computer says. */
const HOUR = 3_600_000
const DAY = 24 * HOUR

/** How far the zone is ahead of UTC at an instant, in milliseconds. */
function ahead(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  }).formatToParts(at)
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value)
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - Math.floor(at / 1000) * 1000
}

/** The instant at which a day, `2026-11-20`, begins in the zone. */
export function dayBegins(day: string, zone: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`)
  const guess = utc - ahead(utc, zone)
  return utc - ahead(guess, zone)
}

/** The instant at which it ends: the next one begins. */
export const dayEnds = (day: string, zone: string): number =>
  dayBegins(new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10), zone)

export const isDay = (text: string): boolean => text === '' || !Number.isNaN(Date.parse(`${text}T00:00:00Z`))

const two = (number: number): string => String(number).padStart(2, '0')

/** `2026-11-20 10:42:07` in the zone: what is looked up after years needs its year. */
export function stamp(at: number, zone: string): string {
  const there = new Date(at + ahead(at, zone))
  const [day, time] = [there.toISOString().slice(0, 10), [there.getUTCHours(), there.getUTCMinutes(), there.getUTCSeconds()]]
  return `${day} ${time.map(two).join(':')}`
}
