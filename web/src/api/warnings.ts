/** Complaint warnings: the list, one with its whole chain, starting one, and what may happen to it. */
import { ask } from './client'
import type { components } from './schema.generated'

type Schemas = components['schemas']

export type Warning = Schemas['WarningOut']
export type WarningLine = Schemas['WarningLineOut']
export type WarningClock = Schemas['WarningClockOut']
export type WarningState = Schemas['WarningState']
export type WarningHop = Schemas['HopOut']
export type WarningPost = Schemas['WarningPostOut']
export type WarningStep = Schemas['WarningStoryOut']
export type WarningEvent = Schemas['WarningEventIn']
export type WarningWish = Schemas['WarningIn']
export type WarningCounts = Schemas['WarningCountsOut']
export type WarningSheet = Schemas['WarningSheetOut']
export type WarningDeadline = Schemas['DeadlineVersionOut']
export type WarningDeadlineWish = Schemas['DeadlineVersionIn']
export type WarningsFound = Schemas['Page_WarningLineOut_']

const id = encodeURIComponent

/** By the server's names of the list's parameters. */
export type WarningsAsked = Record<string, string | number | boolean | undefined>

export const warnings = {
  find: (asked: WarningsAsked) => ask<WarningsFound>('GET', '/warnings', { query: asked }),
  counts: () => ask<WarningCounts>('GET', '/warnings/counts'),
  read: (one: string) => ask<Warning>('GET', `/warnings/${id(one)}`),
  story: (one: string) => ask<WarningStep[]>('GET', `/warnings/${id(one)}/story`),
  start: (wish: WarningWish) => ask<Warning>('POST', '/warnings', { body: wish }),
  fire: (one: string, event: WarningEvent) => ask<Warning>('POST', `/warnings/${id(one)}/events`, { body: event }),
  sheet: (version?: number) => ask<WarningSheet>('GET', '/warnings/sheet', { query: { version } }),
  sheetVersions: () => ask<WarningSheet[]>('GET', '/warnings/sheet/versions'),
  publishSheet: (form: Schemas['FormIn']) => ask<WarningSheet>('PUT', '/warnings/sheet', { body: form }),
  deadlines: () => ask<WarningDeadline[]>('GET', '/warning-deadlines'),
  putDeadline: (wish: WarningDeadlineWish) => ask<WarningDeadline>('PUT', '/warning-deadlines', { body: wish }),
  hopsPath: (one: string) => (format: string, language: string) => `/api/warnings/${id(one)}/hops/file?format=${format}&language=${language}`,
}

/** A work order as far as a warning needs it: which one it is about. */
export type WarnedCase = Schemas['CaseLineOut']
export const warnedCases = {
  read: (one: string) => ask<Schemas['CaseOut']>('GET', `/cases/${id(one)}`),
  ofContact: (contact: string) => ask<{ items: WarnedCase[] }>('GET', '/cases', { query: { contact, list: 'all', limit: 20 } }),
  find: (text: string) => ask<{ items: WarnedCase[] }>('GET', '/cases', { query: { text, list: 'open', limit: 20 } }),
}
