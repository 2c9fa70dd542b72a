/**
 * What a report page shows, as the address says it: every filter is there, so a page can be sent to
 * somebody, and the back button goes one step up. What the address does not say is the default.
 */
import type { Key, MetricEntry, Question, Width } from '@/api/figures'
import { dayAt } from '@/ui/zone'

import { daysIn, isDay, monthOf, plusDays } from './days'

/** What a report can be about; the centre where the address names none of them. */
export const ABOUT = ['queue', 'team', 'agent', 'number'] as const
export type AboutKey = (typeof ABOUT)[number]

export interface View {
  /** First and last day, both counted. */
  from: string
  to: string
  width: Width
  queue: string | null
  team: string | null
  agent: string | null
  number: string | null
  isCompared: boolean
  /** A stretch within the days that was drilled into, in epoch milliseconds. */
  at: { begins: number; ends: number } | null
  formula: string | null
}

export const PRESETS = ['today', 'yesterday', 'days_7', 'days_30', 'month', 'last_month'] as const
export type Preset = (typeof PRESETS)[number]
const DEFAULT: Preset = 'days_30'

/** The days a preset means when today is `today`. */
export function daysOf(preset: Preset, today: string): { from: string; to: string } {
  switch (preset) {
    case 'today':
      return { from: today, to: today }
    case 'yesterday':
      return { from: plusDays(today, -1), to: plusDays(today, -1) }
    case 'days_7':
      return { from: plusDays(today, -6), to: today }
    case 'days_30':
      return { from: plusDays(today, -29), to: today }
    case 'month':
      return { from: monthOf(today), to: today }
    case 'last_month':
      return { from: monthOf(today, -1), to: plusDays(monthOf(today), -1) }
  }
}

/** The preset that means these days today; `null` for days picked by hand. */
export function presetOf(view: Pick<View, 'from' | 'to'>, today: string): Preset | null {
  return (
    PRESETS.find((preset) => {
      const days = daysOf(preset, today)
      return days.from === view.from && days.to === view.to
    }) ?? null
  )
}

/** The widths that give a readable line over so many days, the usual one first. */
export function widthsFor(days: number): Width[] {
  if (days <= 2) return ['hour', '30min', '15min']
  if (days <= 10) return ['day', 'hour', '30min']
  if (days <= 100) return ['day', 'week']
  return ['week', 'month', 'day']
}

export function viewOf(search: URLSearchParams, now: number, zone: string): View {
  const usual = daysOf(DEFAULT, dayAt(now, zone))
  const given = (name: string): string | null => search.get(name) || null
  const from = given('from')
  const to = given('to')
  const days = isDay(from) && isDay(to) && from <= to ? { from, to } : usual
  const widths = widthsFor(daysIn(days.from, days.to))
  const [begins, ends] = (given('at') ?? '').split('-').map(Number)
  const isStretch = begins !== undefined && ends !== undefined && begins < ends
  return {
    ...days,
    width: widths.find((width) => width === given('width')) ?? widths[0] ?? 'day',
    queue: given('queue'),
    team: given('team'),
    agent: given('agent'),
    number: given('number'),
    isCompared: given('compare') !== 'none',
    at: isStretch ? { begins, ends } : null,
    formula: given('formula'),
  }
}

export type Change = Partial<Record<'from' | 'to' | 'width' | 'queue' | 'team' | 'agent' | 'number' | 'compare' | 'at' | 'formula' | 'deeper', string | null>>

/** The address with some of its parts changed; `null` takes a part away. */
export function changed(search: URLSearchParams, change: Change): URLSearchParams {
  const next = new URLSearchParams(search)
  for (const [name, value] of Object.entries(change)) {
    if (value === null || value === undefined || value === '') next.delete(name)
    else next.set(name, value)
  }
  return next
}

/** Whose figures the page shows, as the server's addresses want it. */
export const aboutOf = (view: Pick<View, AboutKey>): Record<AboutKey, string | null> => ({
  queue: view.queue,
  team: view.team,
  agent: view.agent,
  number: view.number,
})

/** The formula that the view shows: the one that was chosen, else the usual one. */
export const formulaIn = (view: Pick<View, 'formula'>, metric: Pick<MetricEntry, 'formulas'>): MetricEntry['formulas'][number] | undefined =>
  metric.formulas.find((each) => each.id === view.formula) ?? metric.formulas[0]

/** The first key of the view that the metric is not told apart by; `null` when it has figures of all. */
export function untoldIn(view: Pick<View, AboutKey | 'formula'>, metric: Pick<MetricEntry, 'formulas'>): AboutKey | null {
  const formula = formulaIn(view, metric)
  return ABOUT.find((key) => view[key] !== null && formula?.keys.includes(key) !== true) ?? null
}

/** Days as long as these, `steps` windows later (or earlier). */
export function moved(view: Pick<View, 'from' | 'to'>, steps: number): { from: string; to: string } {
  const length = daysIn(view.from, view.to)
  return { from: plusDays(view.from, steps * length), to: plusDays(view.to, steps * length) }
}

function windowOf(view: View, steps: number): Pick<Question, 'from' | 'to' | 'begins_at' | 'ends_at'> {
  if (view.at === null) {
    const days = moved(view, steps)
    // The server leaves the last day out.
    return { from: days.from, to: plusDays(days.to, 1) }
  }
  const length = view.at.ends - view.at.begins
  return { begins_at: view.at.begins + steps * length, ends_at: view.at.ends + steps * length }
}

/** The keys that the view looks at alone. */
export function onlyOf(view: Pick<View, AboutKey>): Partial<Record<Key, string[]>> {
  const keys = ABOUT.filter((key) => view[key] !== null)
  return Object.fromEntries(keys.map((key) => [key, [view[key] ?? '']]))
}

export interface Wanted {
  width?: Width
  by?: Key[]
  /** 0 is the window of the view, -1 the one before it. */
  steps?: number
  formulas?: Record<string, string>
}

export function questionOf(view: View, metrics: string[], wanted: Wanted = {}): Question {
  const { width = 'whole', by = [], steps = 0, formulas = {} } = wanted
  return { metrics, ...windowOf(view, steps), width, by, only: onlyOf(view), formulas }
}

/** Do the days of the view reach into today, so that its figures still change? */
export const isOpen = (view: View, now: number, zone: string): boolean => view.to >= dayAt(now, zone)

/** The address of a metric's report, with the filters that are set. */
export function addressOf(metric: string, search: URLSearchParams): string {
  const text = search.toString()
  return `/reports/${encodeURIComponent(metric)}${text === '' ? '' : `?${text}`}`
}
