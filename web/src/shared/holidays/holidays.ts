/** Public holidays as a proposal for a calendar: which days it brings, and what is there already. */
import type { Calendar, PublicDay } from '@/api/service'

type Special = Calendar['special']
type Spans = Special[string]

const WORKDAYS = ['0', '1', '2', '3', '4']

/** The hours of a weekend that is worked: those of the first weekday that has some. */
export const workHours = (calendar: Calendar): Spans => WORKDAYS.map((day) => calendar.weekly[day] ?? []).find((spans) => spans.length > 0) ?? []

export interface Proposal {
  day: PublicDay
  /** Minutes of the day as they would be; none = closed. */
  spans: Spans
  /** Set already, to the same hours; or to others, which are kept unless somebody says so. */
  there: 'new' | 'same' | 'other'
}

/** What a year would bring. A calendar that is always open has no weekends to work. */
export function proposals(calendar: Calendar, days: readonly PublicDay[]): Proposal[] {
  const hours = workHours(calendar)
  const wanted = calendar.always || hours.length === 0 ? days.filter((day) => day.kind !== 'work') : days
  return wanted.map((day) => {
    const spans = day.kind === 'work' ? hours : []
    const set = calendar.special[day.day]
    return { day, spans, there: set === undefined ? 'new' : JSON.stringify(set) === JSON.stringify(spans) ? 'same' : 'other' }
  })
}

/** At first everything that contradicts nothing. A day's hours that somebody set stay theirs. */
export const firstChosen = (all: readonly Proposal[]): string[] => all.filter((each) => each.there === 'new').map((each) => each.day.day)

export function taken(calendar: Calendar, all: readonly Proposal[], chosen: readonly string[]): Special {
  const days = all.filter((each) => chosen.includes(each.day.day)).map((each) => [each.day.day, each.spans] as const)
  return { ...calendar.special, ...Object.fromEntries(days) }
}

/** Days that follow each other under one name, and the weekends worked for them. */
export function byHoliday(all: readonly Proposal[]): { name: string; name_en: string; days: Proposal[] }[] {
  const groups = new Map<string, { name: string; name_en: string; days: Proposal[] }>()
  for (const each of all) {
    const group = groups.get(each.day.name) ?? { name: each.day.name, name_en: each.day.name_en, days: [] }
    group.days.push(each)
    groups.set(each.day.name, group)
  }
  return [...groups.values()]
}
