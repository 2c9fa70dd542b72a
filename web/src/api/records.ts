/** Records, what hangs on them, and messages and faxes: what is asked of the server about them. */
import { ask } from './client'
import type { components } from './schema.generated'

type Schemas = components['schemas']

export type RecordChoices = Schemas['ChoicesOut']
export type MissedCall = Schemas['MissedOut']
export type LegHeard = Schemas['LegHeardOut']
export type Keeping = Schemas['KeepingOut']
export type Mark = Schemas['MarkOut']
export type Voicemail = Schemas['VoicemailOut']
export type SentFax = Schemas['SentFax']
export type MissedPage = Schemas['Page_MissedOut_']
export type RecordsFound = Schemas['Page_RecordOut_']

const id = encodeURIComponent

/** By the server's names of the list's parameters. */
export type Asked = Record<string, string | number | boolean | undefined>

export const recordList = {
  choices: () => ask<RecordChoices>('GET', '/record-choices'),
  find: (asked: Asked) => ask<RecordsFound>('GET', '/records', { query: asked }),
  missed: (asked: Asked) => ask<MissedPage>('GET', '/contacts/missed', { query: asked }),
  sentFaxes: () => ask<SentFax[]>('GET', '/faxes/sent'),
}

export const marks = {
  list: (record: string) => ask<Mark[]>('GET', `/records/${id(record)}/marks`),
  add: (record: string, offset_ms: number, text: string) =>
    ask<Mark>('POST', `/records/${id(record)}/marks`, { body: { offset_ms: Math.round(offset_ms), text } }),
  remove: (record: string, mark: string) => ask<void>('DELETE', `/records/${id(record)}/marks/${id(mark)}`),
}

export const keeping = {
  hold: (record: string, reason: string) => ask<void>('POST', `/records/${id(record)}/recording/hold`, { body: { reason } }),
  release: (record: string, reason: string) =>
    ask<void>('POST', `/records/${id(record)}/recording/release`, { body: { reason } }),
  delete: (record: string, reason: string) =>
    ask<void>('POST', `/records/${id(record)}/recording/delete`, { body: { reason } }),
}

export const voicemails = {
  soundPath: (record: string) => `/api/voicemails/${id(record)}/sound`,
  mark: (record: string, heard: boolean) => ask<void>('PATCH', `/voicemails/${id(record)}`, { body: { heard } }),
  write: (record: string, text: string, source: string) =>
    ask<void>('PUT', `/voicemails/${id(record)}/transcript`, { body: { text, source } }),
}

export const faxes = {
  pagePath: (record: string, page: number) => `/api/faxes/${id(record)}/pages/${page}`,
  downloadPath: (record: string, why: string) => `/api/faxes/${id(record)}/document?download=1&why=${id(why)}`,
}
