/** Every request the desktop makes, by name. */
import { ask } from './client'
import type {
  CodeRef,
  DeskView,
  Me,
  Peaks,
  PhoneAccount,
  Preflight,
  QueueRef,
  RecordDetail,
  RecordPage,
  SignedIn,
  TodayReport,
} from './schema'

const id = encodeURIComponent

export const session = {
  read: () => ask<Me>('GET', '/session'),
  open: (username: string, password: string) => ask<Me>('POST', '/session', { body: { username, password } }),
  close: () => ask<void>('DELETE', '/session'),
}

export const setup = {
  preflight: () => ask<Preflight>('GET', '/setup/preflight'),
  testCall: (given: { number?: string; press?: string } = {}) =>
    ask<{ call: string }>('POST', '/test-call', { body: given }),
}

export interface DeskSignIn {
  device: 'browser' | 'phone'
  session: string
  take_over?: boolean
}
/** What asks for a pause of the recording, or for its end. */
export type PauseCause = 'agent' | 'payment_field'
export interface StateWish {
  to: 'ready' | 'not_ready'
  reason?: string
}
export interface WrapUpDraft {
  contact: string
  disposition?: string | null
  note: string
}
export interface WrapUpDone extends WrapUpDraft {
  then: { to: 'ready' | 'not_ready'; reason: string | null } | null
}

export const desk = {
  view: () => ask<DeskView>('GET', '/desk'),
  signIn: (given: DeskSignIn) => ask<SignedIn>('POST', '/desk/sign-in', { body: given }),
  signOut: () => ask<void>('POST', '/desk/sign-out'),
  phoneAccount: () => ask<PhoneAccount>('POST', '/desk/phone-account'),
  state: (wish: StateWish) => ask<void>('POST', '/desk/state', { body: wish }),
  take: (offer: string) => ask<void>('POST', `/desk/offers/${id(offer)}/take`),
  reject: (offer: string) => ask<void>('POST', `/desk/offers/${id(offer)}/reject`),
  pauseRecording: (contact: string, cause: PauseCause = 'agent') =>
    ask<void>('POST', `/desk/contacts/${id(contact)}/recording/pause`, { body: { cause } }),
  resumeRecording: (contact: string, cause: PauseCause = 'agent') =>
    ask<void>('POST', `/desk/contacts/${id(contact)}/recording/resume`, { body: { cause } }),
  startRecording: (contact: string) => ask<void>('POST', `/desk/contacts/${id(contact)}/recording/start`),
  hold: (contact: string) => ask<void>('POST', `/desk/contacts/${id(contact)}/hold`),
  resume: (contact: string) => ask<void>('POST', `/desk/contacts/${id(contact)}/resume`),
  hangUp: (contact: string) => ask<void>('POST', `/desk/contacts/${id(contact)}/hang-up`),
  leg: () => ask<void>('POST', '/desk/leg'),
  saveWrapUp: (draft: WrapUpDraft) => ask<void>('PUT', '/desk/wrap-up', { body: draft }),
  finishWrapUp: (done: WrapUpDone) => ask<void>('POST', '/desk/wrap-up/finish', { body: done }),
  extendWrapUp: (contact: string) => ask<void>('POST', '/desk/wrap-up/extend', { body: { contact } }),
}

export type RecordFilter = Partial<
  Record<'from' | 'to' | 'queue' | 'agent' | 'number_tail' | 'outcome' | 'cursor', string>
>

export const records = {
  list: (filter: RecordFilter) => ask<RecordPage>('GET', '/records', { query: filter }),
  read: (record: string) => ask<RecordDetail>('GET', `/records/${id(record)}`),
  peaks: (record: string) => ask<Peaks>('GET', `/records/${id(record)}/peaks`),
  reveal: (record: string) => ask<{ number: string }>('POST', `/records/${id(record)}/reveal`),
  audioPath: (record: string) => `/api/records/${id(record)}/recording`,
  downloadPath: (record: string) => `/api/records/${id(record)}/recording?download=1`,
}

export const centre = {
  queues: () => ask<QueueRef[]>('GET', '/queues'),
  reasons: () => ask<CodeRef[]>('GET', '/reasons'),
  today: (queue?: string) => ask<TodayReport>('GET', '/reports/today', { query: { queue } }),
  force: (agent: string, to: 'ready' | 'not_ready' | 'signed_out', reason: string) =>
    ask<void>('POST', `/agents/${id(agent)}/force`, { body: { to, reason } }),
}
