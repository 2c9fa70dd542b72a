/** What the desk asks about others: whom to call, to consult, to hand on to; and what waits to be done. */
import { ask } from './client'
import type { components } from './schema.generated'

type Schemas = components['schemas']

export type TargetRow = Schemas['TargetRow']
export type CallerHistory = Schemas['HistoryOut']
export type FormerContact = Schemas['FormerOut']
export type CallbackRow = Schemas['CallbackRow']
export type CallbackWish = Schemas['CallbackIn']
export type NumberRegion = Schemas['Region']
export type LeftMessage = Schemas['LeftMessageOut']
export type SentFax = Schemas['SentFax']
export type PartyView = Schemas['PartyView']

/** Exactly one of them. */
export type To = { queue: string } | { agent: string } | { number: string }

const id = encodeURIComponent
const on = (contact: string, what: string): string => `/desk/contacts/${id(contact)}/${what}`

export const handing = {
  targets: (sought: string, signal?: AbortSignal) =>
    ask<TargetRow[]>('GET', '/desk/targets', signal === undefined ? { query: { sought } } : { query: { sought }, signal }),
  history: (contact: string) => ask<CallerHistory>('GET', on(contact, 'history')),
  transfer: (contact: string, to: To, reason: string) =>
    ask<void>('POST', on(contact, 'transfer'), { body: { to, reason } }),
  consult: (contact: string, to: To) => ask<void>('POST', on(contact, 'consult'), { body: { to } }),
  invite: (contact: string, to: To) => ask<void>('POST', on(contact, 'invite'), { body: { to } }),
  swap: (contact: string) => ask<void>('POST', on(contact, 'consult/swap')),
  complete: (contact: string, reason: string) => ask<void>('POST', on(contact, 'consult/complete'), { body: { reason } }),
  cancel: (contact: string) => ask<void>('POST', on(contact, 'consult/cancel')),
  confer: (contact: string) => ask<void>('POST', on(contact, 'conference')),
  drop: (contact: string, leg: string) => ask<void>('POST', on(contact, `parties/${id(leg)}/drop`)),
  leave: (contact: string) => ask<void>('POST', on(contact, 'leave')),
}

export const help = {
  ask: (contact: string, words: string) => ask<void>('POST', on(contact, 'help'), { body: { words } }),
  cancel: () => ask<void>('DELETE', '/desk/help'),
}

export const calling = {
  number: (number: string, queue: string | null) =>
    ask<{ contact: string }>('POST', '/desk/calls', { body: queue === null ? { number } : { number, queue } }),
  colleague: (agent: string) => ask<{ contact: string }>('POST', '/desk/calls/colleague', { body: { agent } }),
}

export const todos = {
  callbacks: () => ask<CallbackRow[]>('GET', '/desk/callbacks'),
  cancelCallback: (callback: string) => ask<void>('DELETE', `/desk/callbacks/${id(callback)}`),
  promise: (wish: CallbackWish, key: string) => ask<CallbackRow>('POST', '/desk/callbacks', { body: wish, key }),
  messages: () => ask<LeftMessage[]>('GET', '/voicemails'),
  markHeard: (contact: string, heard: boolean) => ask<void>('PATCH', `/voicemails/${id(contact)}`, { body: { heard } }),
  soundPath: (contact: string): string => `/api/voicemails/${id(contact)}/sound`,
}
