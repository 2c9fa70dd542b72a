/** Opening hours, wrap-up codes and reasons for not being ready. */
import { ask } from './client'
import type { components } from './schema.generated'

type Schemas = components['schemas']

export type Calendar = Schemas['CalendarOut']
export type Reasons = Schemas['ReasonsOut']
export type Reason = Schemas['Reason']
export type Code = Schemas['Disposition']
export type PublicDay = Schemas['PublicDayOut']

const id = encodeURIComponent

export const service = {
  calendars: () => ask<Calendar[]>('GET', '/calendars'),
  putCalendar: ({ id: calendar, name, name_en, always, weekly, special }: Calendar, match: string) =>
    ask<Calendar>('PUT', `/calendars/${id(calendar)}`, { body: { name, name_en, always, weekly, special }, match }),
  removeCalendar: (calendar: Calendar) => ask<void>('DELETE', `/calendars/${id(calendar.id)}`, { match: calendar.revision }),
  publicHolidays: (year: number) => ask<Schemas['PublicHolidaysOut']>('GET', `/public-holidays/${year}`),
  reasons: () => ask<Reasons>('GET', '/routing/reasons'),
  putReasons: (items: Reason[], match: string) => ask<Reasons>('PUT', '/routing/reasons', { body: { items }, match }),
}
