/**
 * What the server says and accepts, under the names used here. Shapes that go over HTTP come from
 * the server's own description (`npm run api`); the rows of the live boards are written by hand.
 * Instants are epoch milliseconds, durations carry their unit in the name, ratios are 0..1.
 */
import type { components } from './schema.generated'

type Schemas = components['schemas']

export type Instant = number
export type Permission = Schemas['Permission']
export type Problem = Partial<Schemas['Problem']> & { code: string }

export type QueueRef = Schemas['QueueName']
export type CodeRef = Schemas['CodeOut']
export type AgentRef = Schemas['AgentName']

export type Me = Schemas['Me']
export type Light = Schemas['Light']
export type Preflight = Schemas['PreflightOut']

export type DeskState =
  | 'signed_out'
  | 'ready'
  | 'not_ready'
  | 'ringing'
  | 'talking'
  | 'hold'
  | 'recovering'
  | 'acw'
  | 'not_responding'
  | 'lost'
  | 'unregistered'

export type Pop = Schemas['Pop']
export type DeskOffer = Schemas['OfferView']
export type DeskContact = Schemas['ContactView']
export type WrapUp = Schemas['WrapUpView']
export type DeskView = Omit<Schemas['DeskView'], 'state' | 'allowed'> & {
  state: DeskState
  /** Of each action `true`, or the code of why not. */
  allowed: Record<string, boolean | string>
}
export type SipAccount = Schemas['SipAccount']
export type PhoneAccount = Schemas['PhoneAccount']
export type SignedIn = Schemas['SignedInOut']

export type Outcome = Schemas['ContactOutcome']
export type RecordingState = Schemas['RecordingState']
export type ContactRecord = Schemas['RecordOut']
export type RecordPage = Schemas['Page_RecordOut_']
export type LadderStep = Schemas['RungOut']
export type RecordDetail = Schemas['RecordDetailOut']
export type Peaks = Schemas['PeaksOut']

export type Metric = Schemas['MetricOut']
export type TodayReport = Schemas['TodayOut']
export type MetricValue = Pick<Metric, 'value' | 'unit' | 'formula'> & {
  /** Of a trend: five minutes by five minutes, oldest first. */
  points?: (number | null)[]
}

/** A row of the topic `queues`. */
export interface QueueRow extends QueueRef {
  waiting: number
  longest_since: Instant | null
  ready: number
  talking: number
  acw: number
  signed_in: number
  answer_within_ms: number
  /** Since when the engine tells that people wait for nobody (`queue.unstaffed`). */
  unstaffed_since: Instant | null
  /** How long who comes now will wait, by the switchboard's estimate; `null` while it knows too little. */
  expected_wait_ms: number | null
  /** How long after-call work lasts that begins now; `null` = without a limit. */
  wrap_up_limit_ms: number | null
  /** Until the queue's own limit holds again; `null` = it holds. */
  wrap_up_limited: { limit_ms: number; until: Instant } | null
}

/** A row of the topic `agents`. */
export interface AgentRow extends AgentRef {
  state: DeskState
  since: Instant
  reason: string | null
  next: Schemas['Next'] | null
  /** Has a customer on hold for longer than the rule allows. */
  hold_alarmed: boolean
  /** Not ready for longer than the reason allows (`agent.overstayed`). */
  overstayed: boolean
  contact: string | null
  queue: string | null
  number: string | null
  answered_today: number
  /** Asked for by this agent. */
  help?: Schemas['HelpView'] | null
  /** What this supervisor is in on. */
  monitoring?: Schemas['ListenerView'] | null
}

/** A row of the topic `contacts`. */
export interface ContactRow {
  id: string
  arrived_at: Instant
  phase: string
  since: Instant
  hold_alarmed: boolean
  /** A leg of it is heard badly now. */
  heard_badly: boolean
  number: string
  name: string | null
  queue: QueueRef | null
  agent: AgentRef | null
  menu_path: { zh: string; en: string }[]
}

/** The one row of the topic `system`. */
export type SystemRow = Schemas['SystemRow']
