/** What supervisors do on the live floor. Each act is audited; those that touch a customer need a reason. */
import { ask } from './client'
import type { components } from './schema.generated'

type Schemas = components['schemas']

export type Monitor = Schemas['MonitorRow']
export type HearingMode = Monitor['mode']
export type Server = Schemas['ServerOut']
export type Group = Schemas['GroupRow']
export type Callback = Schemas['CallbackRow']
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
  message: (team: string | null, words: string) => ask<void>('POST', '/desk-messages', { body: { team, words } }),
  pull: (contact: string, to: PullTo, reason: string) => ask<void>('POST', `/contacts/${id(contact)}/pull`, { body: { to, reason } }),
  rank: (contact: string, priority: number, reason: string) => ask<void>('POST', `/contacts/${id(contact)}/rank`, { body: { priority, reason } }),
  levels: (queue: string) => ask<Server[]>('GET', `/queues/${id(queue)}/levels`),
  moveLevels: (queue: string, agents: string[], level: number | null, reason: string) =>
    ask<void>('PUT', `/queues/${id(queue)}/levels`, { body: { agents, level, reason } }),
  groups: () => ask<Group[]>('GET', '/groups'),
  merge: (group: string, merged: boolean, reason: string) => ask<void>('POST', `/groups/${id(group)}/merge`, { body: { merged, reason } }),
  callbacks: () => ask<Callback[]>('GET', '/callbacks'),
  cancelCallback: (callback: string) => ask<void>('DELETE', `/callbacks/${id(callback)}`),
}
