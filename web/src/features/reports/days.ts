/** Calendar days as `2026-11-21`, in the organisation's zone. */

const DAY_MS = 86_400_000

const utc = (day: string): number => Date.parse(`${day}T00:00:00Z`)

export const isDay = (text: string | null): text is string =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(utc(text))

export function plusDays(day: string, count: number): string {
  return new Date(utc(day) + count * DAY_MS).toISOString().slice(0, 10)
}

/** How many days `from` to `to` are, both counted. */
export const daysIn = (from: string, to: string): number => Math.round((utc(to) - utc(from)) / DAY_MS) + 1

/** The first day of the month of `day`, moved by `months`. */
export function monthOf(day: string, months = 0): string {
  const year = Number(day.slice(0, 4))
  const month = Number(day.slice(5, 7)) - 1
  return new Date(Date.UTC(year, month + months, 1)).toISOString().slice(0, 10)
}
