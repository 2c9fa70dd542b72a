/** An announcement as it is edited: one version with its revision, as forms and conflicts want it. */
import type { Announcement, AnnouncementType, AnnouncementWish } from '@/api/announcements'

export interface Draft {
  type: AnnouncementType
  title: string
  body: string
  title_en: string
  body_en: string
  prompt: string
  places: string[]
  areas: string[]
  starts_at: number
  expected_end: number | null
  ends_itself: boolean
  revision: string
}

export const FIELDS = ['type', 'title', 'body', 'title_en', 'body_en', 'prompt', 'places', 'areas', 'starts_at', 'expected_end', 'ends_itself'] as const
export type Field = (typeof FIELDS)[number]

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** How long before it begins an announcement is to be published; the server says the same in its preview. */
const LEAD: Readonly<Record<AnnouncementType, number>> = { planned: 7 * DAY, temporary: DAY, fault: 0, info: 0 }
const USUAL: Readonly<Record<AnnouncementType, number>> = { planned: 8 * HOUR, temporary: 4 * HOUR, fault: 2 * HOUR, info: 30 * DAY }

export function draftOf(one: Announcement): Draft {
  const kept = Object.fromEntries(FIELDS.map((field) => [field, one[field]])) as Omit<Draft, 'revision'>
  return { ...kept, revision: String(one.revision) }
}

export const wishOf = (draft: Draft): AnnouncementWish =>
  Object.fromEntries(FIELDS.map((field) => [field, draft[field]])) as unknown as AnnouncementWish

/** The next full hour after the lead time of a type; a fault is now. */
export function earliest(type: AnnouncementType, now: number): number {
  const at = now + LEAD[type]
  return type === 'fault' || type === 'info' ? Math.floor(at / 60_000) * 60_000 : Math.ceil(at / HOUR) * HOUR
}

/** Times that fit a type, for a draft whose times nobody has set yet. */
export function timesFor(type: AnnouncementType, now: number): Pick<Draft, 'starts_at' | 'expected_end' | 'ends_itself'> {
  const startsAt = earliest(type, now)
  return { starts_at: startsAt, expected_end: startsAt + USUAL[type], ends_itself: type === 'info' }
}

export function blank(type: AnnouncementType, now: number): Draft {
  return { type, title: '', body: '', title_en: '', body_en: '', prompt: '', places: [], areas: [], ...timesFor(type, now), revision: '' }
}
