/** What supervisors do on the live floor. Each act is audited; those that touch a customer need a reason. */
import { ask } from './client'
import type { components } from './schema.generated'

type Schemas = components['schemas']

export type Monitor = Schemas['MonitorRow']
export type HearingMode = Monitor['mode']
export type Server = Schemas['ServerOut']
export type Group = Schemas['GroupRow']
export type Callback = Schemas['CallbackRow']
/** A team, or one agent; neither = everybody one sees. */
export type MessageTo = { team: string } | { agent: string } | Record<string, never>
export type PullTo = { queue: string } | { agent: string }

const id = encodeURIComponent

export const floor = {
  monitors: () => ask<Monitor[]>('GET', '/monitors'),
  listen: (agent: string, mode: HearingMode) => ask<Monitor>('POST', '/monitors', { body: { agent, mode } }),
  changeMode: (monitor: string, mode: HearingMode) => ask<void>('POST', `/monitors/${id(monitor)}/mode`, { body: { mode } }),
  stop: (monitor: string) => ask<void>('DELETE', `/monitors/${id(monitor)}`),
  takeOver: (monitor: string, reason: string) => ask<void>('POST', `/monitors/${id(monitor)}/take-over`, { body: { reason } }),
  takeHelp: (agent: string) => ask<Monitor>('POST', `/agents/${id(agent)}/help/take`),
  endContact: (contact: string, reason: string) => ask<void>('POST', `/contacts/${id(contact)}/end`, { body: { reason } }),
  message: (to: MessageTo, words: string) => ask<void>('POST', '/desk-messages', { body: { ...to, words } }),
  pull: (contact: string, to: PullTo, reason: string) => ask<void>('POST', `/contacts/${id(contact)}/pull`, { body: { to, reason } }),
  rank: (contact: string, priority: number, reason: string) => ask<void>('POST', `/contacts/${id(contact)}/rank`, { body: { priority, reason } }),
  levels: (queue: string) => ask<Server[]>('GET', `/queues/${id(queue)}/levels`),
  moveLevels: (queue: string, agents: string[], level: number | null, reason: string) =>
    ask<void>('PUT', `/queues/${id(queue)}/levels`, { body: { agents, level, reason } }),
  /** Another limit of after-call work for a while; `null` = the queue's own one, at once. */
  limitWrapUp: (queue: string, limit_s: number | null, minutes: number, reason: string) =>
    ask<void>('POST', `/queues/${id(queue)}/wrap-up-limit`, { body: { limit_s, minutes, reason } }),
  groups: () => ask<Group[]>('GET', '/groups'),
  merge: (group: string, merged: boolean, reason: string) => ask<void>('POST', `/groups/${id(group)}/merge`, { body: { merged, reason } }),
  callbacks: () => ask<Callback[]>('GET', '/callbacks'),
  cancelCallback: (callback: string) => ask<void>('DELETE', `/callbacks/${id(callback)}`),
}
