/** The words of the live link: what goes over the WebSocket, and between the worker and the pages. */

export type TopicName = 'me' | 'queues' | 'agents' | 'contacts' | 'metrics' | 'cases' | 'system'
export type Row = Record<string, unknown>
export type Rows = Record<string, Row>

/** From the server. `s` is the sequence number of the topic. */
export interface TopicMessage {
  t: string
  s: number
  k: 'snap' | 'delta'
  d: { rows?: Rows; set?: Rows; del?: string[] }
}
export interface TickMessage {
  t: 'tick'
  at: number
}
export type ServerMessage = TopicMessage | TickMessage

/** To the server. A topic's number is the last one seen, `null` asks for a snapshot. */
export interface SubscribeMessage {
  op: 'sub'
  topics: Record<string, number | null>
}
export interface BeatMessage {
  op: 'beat'
  session: string
}
export type ClientMessage = SubscribeMessage | BeatMessage

/** What became of a topic's rows: either all of them anew, or what changed. */
export interface Change {
  topic: string
  whole: boolean
  set: Rows
  del: string[]
}

export type LinkState = 'closed' | 'connecting' | 'open' | 'lost'

/** Worker to page. */
export type HubMessage =
  | { kind: 'change'; change: Change }
  | { kind: 'link'; state: LinkState; since: number }
  | { kind: 'tick'; offset: number; at: number; heard: number }
  | { kind: 'woke' }
  /** Another tab signed in or out: who this browser is has changed. */
  | { kind: 'renewed' }
  | { kind: 'ping' }

/** Page to worker. */
export type PageMessage =
  | { kind: 'open'; url: string; session: string }
  | { kind: 'close' }
  /** Signed in anew: the present connection belongs to the former session. */
  | { kind: 'renew'; url: string }
  | { kind: 'topics'; topics: string[] }
  | { kind: 'beating'; beating: boolean }
  | { kind: 'pong' }
  | { kind: 'reconnect' }
  | { kind: 'bye' }

/** The smallest part of a MessagePort that the link needs. */
export interface Port {
  postMessage(message: unknown): void
  onmessage: ((event: MessageEvent) => void) | null
}
