/** What a cost comes to on days: equal parts in whole hundredths, as the server spreads them. */
import type { CostEntry } from '@/api/costs'

import { daysIn } from './days'

/** The longest period, in days: five years. */
export const LONGEST_DAYS = 5 * 366
const MOST_MINOR = 10 ** 15

/** `180 000.5` or `180,000.50` as hundredths; `null` when it is no amount above zero. */
export function minorOf(text: string): number | null {
  const found = /^(\d{1,13})(?:\.(\d{1,2}))?$/.exec(text.replace(/[\s,,]/g, ''))
  if (found === null) return null
  const minor = Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'))
  return minor > 0 && minor <= MOST_MINOR ? minor : null
}

const formats = new Map<string, Intl.NumberFormat>()

/** Hundredths as `180,000.00`. */
export function money(minor: number): string {
  const format = formats.get('') ?? new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  formats.set('', format)
  return format.format(minor / 100)
}

/** What a day of the period costs, in hundredths, rounded down: the first days may have one more. */
export const perDay = (minor: number, first: string, last: string): number => Math.floor(minor / daysIn(first, last))

/** What of an entry falls on the days `from` to `to`, in hundredths; nothing of a cancelled one. */
export function within(entry: CostEntry, from: string, to: string): number {
  const begins = entry.first_day > from ? entry.first_day : from
  const ends = entry.last_day < to ? entry.last_day : to
  if (entry.cancelled_at !== null || ends < begins) return 0
  const days = daysIn(entry.first_day, entry.last_day)
  const share = Math.floor(entry.amount_minor / days)
  const rest = entry.amount_minor - share * days
  const before = daysIn(entry.first_day, begins) - 1
  const counted = daysIn(begins, ends)
  // What cannot be divided lies on the first days, one hundredth each.
  return share * counted + Math.max(0, Math.min(rest, before + counted) - before)
}
