/** What a supervisor is told without looking for it, from the rows as they are: worst first. */
import { create } from 'zustand'

import type { AlarmKind, AlarmRule } from '@/api/alarms'
import type { AgentRow, ContactRow, QueueRow } from '@/api/schema'

import { isOn, limitOf } from './alarmRules'

export interface Alert {
  /** The same trouble keeps its id, so that it can be put off; new trouble has another. */
  id: string
  kind: AlarmKind
  since: number
  agent?: AgentRow
  queue?: QueueRow
  words?: string
}

const RANK: Record<AlarmKind, number> = {
  help: 0,
  unstaffed: 1,
  not_responding: 2,
  lost: 3,
  long_wait: 4,
  many_waiting: 5,
  hold: 6,
  heard_badly: 7,
  overstayed: 8,
  long_call: 9,
  long_wrap_up: 10,
  long_break: 11,
}

export const QUIET_MS = 10 * 60_000

/** By the agent's state: what it is when it lasts. */
const LASTING: Partial<Record<AgentRow['state'], AlarmKind>> = {
  not_responding: 'not_responding',
  lost: 'lost',
  talking: 'long_call',
  acw: 'long_wrap_up',
  not_ready: 'long_break',
}

function ofAgent(agent: AgentRow, now: number, rules: readonly AlarmRule[]): Alert[] {
  const found: Alert[] = []
  const add = (kind: AlarmKind, since: number, words?: string): void => {
    if (isOn(rules, kind, agent.queue)) found.push({ id: `${kind} ${agent.id} ${since}`, kind, since, agent, ...(words === undefined || words === '' ? {} : { words }) })
  }
  if (agent.help && agent.help.taken_by === null) add('help', agent.help.since, agent.help.words)
  if (agent.hold_alarmed) add('hold', agent.since)
  if (agent.overstayed) add('overstayed', agent.since)
  const lasting = LASTING[agent.state]
  // Who is over the allowance is told of once.
  if (lasting !== undefined && !agent.overstayed && now - agent.since >= (limitOf(rules, lasting, agent.queue) ?? 0)) add(lasting, agent.since)
  return found
}

function ofQueue(queue: QueueRow, now: number, rules: readonly AlarmRule[]): Alert[] {
  const found: Alert[] = []
  const add = (kind: AlarmKind, since: number, once = since): void => {
    if (isOn(rules, kind, queue.id)) found.push({ id: `${kind} ${queue.id} ${once}`, kind, since, queue })
  }
  if (queue.unstaffed_since !== null) {
    add('unstaffed', queue.unstaffed_since)
    // That they wait long says nothing more.
    if (found.length > 0) return found
  }
  const longest = queue.longest_since
  const within = limitOf(rules, 'long_wait', queue.id) ?? 2 * queue.answer_within_ms
  if (longest !== null && within > 0 && now - longest > within) add('long_wait', longest)
  const most = limitOf(rules, 'many_waiting', queue.id)
  // As long as so many wait it is the same trouble, whoever is the first of them.
  if (longest !== null && most !== null && queue.waiting >= most) add('many_waiting', longest, 0)
  return found
}

/** `now` in server milliseconds. A wait counts from the rule's threshold, else from twice what the queue promises. */
export function alertsOf(agents: AgentRow[], queues: QueueRow[], contacts: ContactRow[], now: number, rules: readonly AlarmRule[] = []): Alert[] {
  const byId = new Map(agents.map((agent) => [agent.id, agent]))
  const heard = contacts
    .filter((contact) => contact.heard_badly && contact.agent !== null && isOn(rules, 'heard_badly'))
    .map((contact): Alert => {
      const agent = byId.get(contact.agent?.id ?? '')
      return { id: `heard_badly ${contact.id}`, kind: 'heard_badly', since: contact.since, ...(agent === undefined ? {} : { agent }) }
    })
    .filter((alert) => alert.agent !== undefined)
  return [...agents.flatMap((agent) => ofAgent(agent, now, rules)), ...queues.flatMap((queue) => ofQueue(queue, now, rules)), ...heard].sort(
    (one, other) => RANK[one.kind] - RANK[other.kind] || one.since - other.since,
  )
}

/** What a person has put off, until when: the same for the list and for banners. */
export const usePutOff = create<Record<string, number>>(() => ({}))

export const putOff = (alert: Alert, now: number): void => usePutOff.setState({ [alert.id]: now + QUIET_MS })

/** Those that are not put off. */
export const loud = (alerts: Alert[], quiet: Readonly<Record<string, number>>, now: number): Alert[] =>
  alerts.filter((alert) => (quiet[alert.id] ?? 0) <= now)
