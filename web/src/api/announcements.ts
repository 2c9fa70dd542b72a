/** Announcements: outages and news, who is told of them, and what is about them. */
import { ask } from './client'
import type { components } from './schema.generated'

type Schemas = components['schemas']

export type Announcement = Schemas['AnnouncementOut']
export type AnnouncementWish = Schemas['AnnouncementIn']
export type AnnouncementNote = Schemas['AnnouncementNoteOut']
export type AnnouncementPreview = Schemas['AnnouncementPreviewOut']
export type AnnouncementState = Schemas['AnnouncementState']
export type AnnouncementStanding = Schemas['AnnouncementStandingOut']
export type AnnouncementTelling = Schemas['AnnouncementTellingOut']
export type AnnouncementLink = Schemas['AnnouncementLinkOut']
export type AnnouncementType = Schemas['AnnouncementType']
export type Subscriber = Schemas['SubscriberOut']
export type SubscriberWish = Schemas['SubscriberIn']

interface Found<Row> {
  items: Row[]
  next: string | null
}

export interface AnnouncementEvent {
  event: string
  text?: string
  content?: AnnouncementWish
  revision: number
}

export const TYPES: readonly AnnouncementType[] = ['planned', 'temporary', 'fault', 'info']

const id = encodeURIComponent
const of = (one: string, what = ''): string => `/announcements/${id(one)}${what}`
const atDesk = (contact: string, what = ''): string => `/desk/contacts/${id(contact)}/announcements${what}`
const ofCase = (one: string, what = ''): string => `/cases/${id(one)}/announcements${what}`

export const announcements = {
  list: (states: readonly AnnouncementState[], type: string | undefined, cursor: string | undefined, limit = 50) =>
    ask<Found<Announcement>>('GET', `/announcements?${states.map((state) => `state=${state}`).join('&')}${type === undefined ? '' : `&type=${id(type)}`}&limit=${limit}${cursor === undefined ? '' : `&cursor=${id(cursor)}`}`),
  standing: () => ask<AnnouncementStanding>('GET', '/announcements/standing'),
  read: (one: string) => ask<Announcement>('GET', of(one)),
  preview: (wish: Pick<AnnouncementWish, 'type' | 'places' | 'areas' | 'starts_at'>) =>
    ask<AnnouncementPreview>('POST', '/announcements/preview', { body: wish }),
  create: (wish: AnnouncementWish) => ask<Announcement>('POST', '/announcements', { body: wish }),
  write: (one: string, content: AnnouncementWish, revision: number) =>
    ask<Announcement>('PUT', of(one), { body: { content, revision } }),
  drop: (one: string) => ask<void>('DELETE', of(one)),
  fire: (one: string, event: AnnouncementEvent) => ask<Announcement>('POST', of(one, '/events'), { body: event }),
  tellings: (one: string) => ask<AnnouncementTelling[]>('GET', of(one, '/tellings')),
  links: (one: string) => ask<AnnouncementLink[]>('GET', of(one, '/links')),
}

export const subscribers = {
  list: (text: string, cursor: string | undefined) =>
    ask<Found<Subscriber>>('GET', '/announcement-subscribers', { query: { text, cursor } }),
  add: (wish: SubscriberWish) => ask<Subscriber>('POST', '/announcement-subscribers', { body: wish }),
  drop: (one: string) => ask<void>('DELETE', `/announcement-subscribers/${id(one)}`),
}

/** Of a work order: what goes on at its place, and what caused it. */
export const caseAnnouncements = {
  list: (one: string) => ask<AnnouncementNote[]>('GET', ofCase(one)),
  link: (one: string, announcement: string) => ask<void>('PUT', ofCase(one, `/${id(announcement)}`)),
  unlink: (one: string, announcement: string) => ask<void>('DELETE', ofCase(one, `/${id(announcement)}`)),
}

/** Of who rings or talks at this desk: where they are stays with the server. */
export const deskAnnouncements = {
  list: (contact: string) => ask<AnnouncementNote[]>('GET', atDesk(contact)),
  link: (contact: string, one: string) => ask<void>('PUT', atDesk(contact, `/${id(one)}`)),
  unlink: (contact: string, one: string) => ask<void>('DELETE', atDesk(contact, `/${id(one)}`)),
}
