/** Work orders: lists, one with its story, making one, and what may happen to it. */
import { ask, sendFile } from './client'
import type { components } from './schema.generated'

type Schemas = components['schemas']

export type Case = Schemas['CaseOut']
export type CaseLine = Schemas['CaseLineOut']
export type CaseClock = Schemas['ClockOut']
export type CaseStep = Schemas['StoryOut']
export type CaseState = Case['state']
export type CaseWish = Schemas['CaseIn']
export type CaseEvent = Schemas['EventIn']
export type CaseFacts = Schemas['EventFacts']
export type CaseList = Schemas['CaseList']
export type CaseType = Schemas['CaseTypeOut']
export type WorkArea = Schemas['WorkAreaOut']
export type CaseForm = Schemas['FormVersionOut']
export type CasesFound = Schemas['Page_CaseLineOut_']

const id = encodeURIComponent

/** By the server's names of the list's parameters. */
export type CasesAsked = Record<string, string | number | boolean | undefined>

export const cases = {
  find: (asked: CasesAsked) => ask<CasesFound>('GET', '/cases', { query: asked }),
  counts: (asked: CasesAsked) => ask<Schemas['CountsOut']>('GET', '/cases/counts', { query: asked }),
  read: (one: string) => ask<Case>('GET', `/cases/${id(one)}`),
  story: (one: string) => ask<CaseStep[]>('GET', `/cases/${id(one)}/story`),
  create: (wish: CaseWish) => ask<Case>('POST', '/cases', { body: wish }),
  fire: (one: string, event: CaseEvent) => ask<Case>('POST', `/cases/${id(one)}/events`, { body: event }),
  merge: (one: string, into: string, reason: string) => ask<Case>('POST', `/cases/${id(one)}/merge`, { body: { into, reason } }),
  suggestedArea: (kind: string, place: string) => ask<Schemas['SuggestedOut']>('GET', '/cases/area', { query: { kind, place } }),
}

/** What work orders are made and dispatched by, as whoever works with them reads it. */
export const caseSetUp = {
  types: () => ask<CaseType[]>('GET', '/case-types'),
  areas: () => ask<WorkArea[]>('GET', '/work-areas'),
  forms: () => ask<CaseForm[]>('GET', '/case-forms'),
  formVersions: (kind: string) => ask<CaseForm[]>('GET', `/case-forms/${id(kind)}/versions`),
}

export type CaseFile = Schemas['CaseFileOut']

export const caseFiles = {
  of: (one: string) => ask<CaseFile[]>('GET', `/case-files/${id(one)}`),
  add: (one: string, file: File) => sendFile<CaseFile>('POST', `/case-files/${id(one)}?name=${id(file.name)}`, file, 'application/octet-stream'),
  remove: (one: string, file: string, reason: string) => ask<void>('DELETE', `/case-files/${id(one)}/${id(file)}`, { query: { reason } }),
  path: (one: string, file: string, inline: boolean) => `/api/case-files/${id(one)}/${id(file)}${inline ? '?inline=true' : ''}`,
}

export type CaseCustomer = Schemas['CustomerLineOut']

/** Customers as far as a work order needs them: to choose one, and to say who it is about. */
export const caseCustomers = {
  find: (text: string) => ask<{ items: CaseCustomer[] }>('GET', '/customers', { query: /^\d{3,20}$/.test(text) ? { number_tail: text, limit: 10 } : { text, limit: 10 } }),
  withNumber: (number: string) => ask<{ customers: CaseCustomer[] }>('GET', '/customers/match', { query: { number } }),
  read: (one: string) => ask<Schemas['CustomerOut']>('GET', `/customers/${id(one)}`),
}
