/** 回访: whose customers are to be called back, the call from the row, giving out, and how it went. */
import { ask } from './client'
import type { components } from './schema.generated'

type Schemas = components['schemas']

export type CallbackLine = Schemas['CaseCallbackOut']
export type CallbackCounts = Schemas['CallbackCountsOut']
export type CallbackPerson = Schemas['CallbackPersonOut']
export type CallbackRule = Schemas['CallbackRuleOut']
export type CallbackSummary = Schemas['CallbackSummaryOut']
export type CallbackFigures = Schemas['CallbackFiguresOut']
export type CallbackList = Schemas['CallbackList']
export type CallbackResult = Schemas['CallbackResult']
export type CallbackKind = Schemas['CallbackKind']
export type CallbacksFound = Schemas['Page_CaseCallbackOut_']

const id = encodeURIComponent

export interface CallbackSaid {
  result: CallbackResult
  kind: CallbackKind
  note: string
  contact: string | null
  revision: number
}

export const callbacks = {
  find: (list: CallbackList, person: string | null, cursor: string | undefined) =>
    ask<CallbacksFound>('GET', '/case-callbacks', { query: { list, person, cursor } }),
  counts: () => ask<CallbackCounts>('GET', '/case-callbacks/counts'),
  call: (one: string) => ask<{ contact: string }>('POST', `/desk/case-callbacks/${id(one)}/call`, { body: {} }),
  say: (one: string, { result, kind, note, contact, revision }: CallbackSaid) =>
    ask<Schemas['CaseOut']>('POST', `/cases/${id(one)}/events`, {
      body: { event: 'callback', reason: note, revision, facts: contact === null ? { result, kind } : { result, kind, contact } },
    }),
  people: () => ask<CallbackPerson[]>('GET', '/case-callbacks/people'),
  give: (cases: readonly string[], people: readonly string[]) =>
    ask<Schemas['CallbackGivenOut'][]>('POST', '/case-callbacks/give', { body: { cases, people } }),
  rule: () => ask<CallbackRule>('GET', '/case-callbacks/rule'),
  setRule: (rule: CallbackRule) => ask<CallbackRule>('PUT', '/case-callbacks/rule', { body: rule }),
  summary: (from: number, to: number) => ask<CallbackSummary>('GET', '/case-callbacks/summary', { query: { from, to } }),
}
