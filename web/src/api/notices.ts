/** What one is told by the bell, the words of it, and how far the office is with telling. */
import { ask } from './client'
import type { components } from './schema.generated'

type Schemas = components['schemas']

export type Notice = Schemas['NoticeOut']
export type Notices = Schemas['NoticesOut']
export type NoticeTemplate = Schemas['NoticeTemplateOut']
export type NoticeTemplateVersion = Schemas['NoticeTemplateVersionOut']
export type NoticeWording = Schemas['NoticeWording']
export type NoticeChannel = 'bell' | 'mail' | 'sms'
export type NoticeWordings = Partial<Record<NoticeChannel, NoticeWording>>
export type NoticePreview = Schemas['NoticePreviewOut']
export type NoticeChannels = Schemas['NoticeChannelsOut']
export type OfficeStanding = Schemas['OfficeStandingOut']

export const NOTICES = ['notices']
export const NOTICE_TEMPLATES = ['notice-templates']
export const NOTICE_CHANNELS = ['notice-channels']
export const OFFICE_STANDING = ['office-standing']

const of = (event: string): string => `/notice-templates/${encodeURIComponent(event)}`

export const notices = {
  list: (before?: number) => ask<Notices>('GET', '/notices', { query: { before, limit: before === undefined ? 10 : 30 } }),
  read: (one: number) => ask<void>('POST', '/notices/read', { body: { one } }),
  readAll: (upTo: number) => ask<void>('POST', '/notices/read', { body: { up_to: upTo } }),
}

export const noticeTemplates = {
  all: () => ask<NoticeTemplate[]>('GET', '/notice-templates'),
  versions: (event: string) => ask<NoticeTemplateVersion[]>('GET', `${of(event)}/versions`),
  save: (event: string, wordings: NoticeWordings, effective_at: number | null, match: string) =>
    ask<NoticeTemplate>('PUT', of(event), { body: { wordings, effective_at }, match }),
  preview: (event: string, wordings: NoticeWordings) => ask<NoticePreview>('POST', `${of(event)}/preview`, { body: { wordings } }),
  channels: () => ask<NoticeChannels>('GET', '/notice-channels'),
  choose: (sms_connector: string) => ask<NoticeChannels>('PUT', '/notice-channels', { body: { sms_connector } }),
}

export const office = {
  standing: () => ask<OfficeStanding>('GET', '/office/standing'),
  again: (message: number) => ask<void>('POST', `/office/messages/${message}/again`),
}
