/** Figures as reports and exports print them, to the digit: percent, seconds, counts. */
import type { TFunction } from 'i18next'

import type { MetricEntry, Unit } from '@/api/figures'
import { shortDay } from '@/ui/format'

import { isOfPromises } from './standing'

export const NOTHING = '—'
/** Behind the point; of a ratio, those of its percentage. The server's `reports/text.py` has the same. */
const DIGITS: Record<string, number> = { count: 0, s: 1, ratio: 2 }
const DIGITS_ELSE = 2
const UNIT_WORD: Record<string, string> = { s: ' s' }

const formats = new Map<string, Intl.NumberFormat>()

/** Rounds the shortest decimal that is this number, halves away from zero, as spreadsheets do. */
function digits(value: number, unit: Unit, least: number, most: number): string {
  const key = `${unit} ${least} ${most}`
  const format =
    formats.get(key) ??
    new Intl.NumberFormat('en-US', {
      style: unit === 'ratio' ? 'percent' : 'decimal',
      useGrouping: false,
      minimumFractionDigits: least,
      maximumFractionDigits: most,
    })
  formats.set(key, format)
  return format.format(value)
}

/** A value with its unit; `null` is a dash, never zero. */
export function printed(value: number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined) return NOTHING
  const behind = DIGITS[unit] ?? DIGITS_ELSE
  return digits(value, unit, behind, behind) + (UNIT_WORD[unit] ?? '')
}

/** The words for a figure that has no value: costs are booked, promises are made, calls come by themselves. */
export function nothingIn(metric: Pick<MetricEntry, 'unit' | 'is_of_calls'>, t: TFunction): string {
  if (metric.unit === 'money') return t('reports.nothing_booked')
  return isOfPromises(metric) ? t('reports.nothing_promised') : t('reports.nothing')
}

/** A place on an axis: no more digits than it needs. */
export const tickText = (value: number, unit: Unit): string => digits(value, unit, 0, 2) + (UNIT_WORD[unit] ?? '')

/** What changed from `before`: points of percent for ratios, the unit's own otherwise. */
export function change(value: number, before: number, unit: Unit): string {
  const difference = value - before
  const arrow = difference > 0 ? '↑' : difference < 0 ? '↓' : '='
  const size = printed(Math.abs(difference), unit)
  return arrow + (unit === 'ratio' ? size.replace('%', 'pp') : size)
}

/** A bucket by when it begins: its day, or its time as well when it is shorter than a day. */
export function bucketName(begins: number, ends: number, language: string, zone: string): string {
  const day = shortDay(begins, language, zone)
  const isWithinDay = ends - begins < 20 * 3_600_000
  return isWithinDay ? `${day} ${clock(begins, zone)}–${clock(ends, zone)}` : day
}

/** The same for an axis. */
export function bucketTick(begins: number, ends: number, language: string, zone: string): string {
  return ends - begins < 20 * 3_600_000 ? clock(begins, zone) : shortDay(begins, language, zone).split(' ')[0] ?? ''
}

function clock(at: number, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
}
