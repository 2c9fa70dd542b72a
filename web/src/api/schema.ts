/**
 * What the server says and accepts, in one place. Instants are epoch milliseconds, durations carry
 * their unit in the name, ratios are 0..1. Written after the HTTP contract; when the generated
 * `openapi.ts` covers a shape, its alias here points there and nothing else changes.
 */

export type Instant = number
export type RoleCode = 'agent' | 'team_lead' | 'supervisor' | 'qa' | 'planner' | 'admin'
export type Permission =
  | 'desk.use'
  | 'live.read'
  | 'live.force'
  | 'records.read'
  | 'records.play'
  | 'records.download'
  | 'records.reveal'
  | 'reports.read'
  | 'flows.edit'
  | 'users.edit'
  | 'audit.read'
  | 'test_call'
  | 'system.read'

export interface Problem {
  code: string
  detail?: string
  facts?: Record<string, unknown>
}

export interface Named {
  name: string
  name_en?: string | null
}
export interface QueueRef extends Named {
  id: string
}
export interface CodeRef extends Named {
  code: string
}
export interface AgentRef {
  id: string
  no: string
  name: string
  team?: string | null
}

export interface Me {
  user: { id: string; username: string; name: string; role: RoleCode }
  agent: AgentRef | null
  permissions: Permission[]
  scope: 'self' | 'team' | 'all'
  csrf: string
  server_time: Instant
  demo: boolean
  org: { name: string; time_zone: string }
  home: string
}

export interface Light {
  key: string
  ok: boolean
  detail: { code: string; facts?: Record<string, unknown> } | null
  fix: string | null
}
export interface Preflight {
  lights: Light[]
}

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

export interface Pop {
  number: string | null
  name: string | null
  queue: QueueRef | null
  waited_ms: number
  menu_path: { zh: string; en: string }[]
  channel: string
}
export interface DeskOffer {
  id: string
  contact: string
  since: Instant
  expires_at: Instant
  pop: Pop
}
export interface DeskContact {
  id: string
  number: string | null
  name: string | null
  queue: QueueRef | null
  menu_path: { zh: string; en: string }[]
  connected_at: Instant | null
  phase: 'talking' | 'hold' | 'recovering'
  hold_since: Instant | null
  held_ms: number
  waited_ms: number
  recording: 'on' | 'off' | 'failed'
  recording_problem: string | null
}
export interface WrapUp {
  contact: string
  since: Instant | null
  limit_ms: number | null
  mode: string
  extended: number
  extensions_left: number
  codes: CodeRef[]
  disposition: string | null
  note: string
}
export interface DeskQueue extends QueueRef {
  waiting: number
  longest_since: Instant | null
}
export interface DeskView {
  agent: AgentRef
  signed_in: boolean
  here: boolean
  device: 'browser' | 'phone' | null
  state: DeskState
  since: Instant
  reason: string | null
  next: { to: string; reason: string | null } | null
  offer: DeskOffer | null
  contact: DeskContact | null
  wrap_up: WrapUp | null
  reasons: CodeRef[]
  queues: DeskQueue[]
  today: { answered: number; talk_s: number; wrap_up_s: number; aht_s: number | null }
  allowed: Record<string, true | string>
}

export interface SipAccount {
  path: string
  uri: string
  username: string
  password: string
  realm: string | null
}
export interface SignedIn {
  agent: AgentRef
  sip: SipAccount | null
}

export type Outcome = 'answered' | 'abandoned' | 'flow_ended' | 'system' | 'in_progress'
export type RecordingState = 'none' | 'pending' | 'ready' | 'missing'
export interface ContactRecord {
  id: string
  arrived_at: Instant
  direction: string
  number: string | null
  name: string | null
  queue: QueueRef | null
  agent: AgentRef | null
  outcome: Outcome
  waited_ms: number | null
  ring_ms: number | null
  talk_ms: number | null
  hold_ms: number | null
  wrap_up_ms: number | null
  disposition: CodeRef | null
  ended_by: 'customer' | 'agent' | 'system' | null
  cause: string | null
  recording_state: RecordingState
}
export interface RecordPage {
  items: ContactRecord[]
  next: string | null
}
export interface LadderStep {
  at: Instant
  kind: string
  facts: Record<string, unknown>
}
export interface RecordDetail {
  record: ContactRecord
  ladder: LadderStep[]
  recording: {
    state: RecordingState
    cause: string | null
    duration_ms: number | null
    channels: number | null
  }
  notes: string | null
}
export interface Peaks {
  duration_ms: number
  channels: number[][]
}

export interface MetricValue {
  value: number | null
  unit: 'count' | 'ratio' | 's'
  formula: string
}
export interface Metric extends Named {
  id: string
  unit: 'count' | 'ratio' | 's'
  value: number | null
  formula: string
  population?: string | number | null
  target: number | null
  residual?: number | null
}
export interface TodayReport {
  as_of: Instant
  metrics: Metric[]
  identity: Record<string, number>
}

export interface QueueRow extends QueueRef {
  waiting: number
  longest_since: Instant | null
  ready: number
  talking: number
  acw: number
  signed_in: number
  answer_within_ms: number
}
export interface AgentRow extends AgentRef {
  state: DeskState
  since: Instant
  reason: string | null
  next: { to: string; reason: string | null } | null
  contact: string | null
  queue: string | null
  number: string | null
  answered_today: number
}
export interface SystemRow {
  database: boolean
  switch: boolean
  driver: boolean
  problem: string | null
  build: string
}
