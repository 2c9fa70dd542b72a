/** What a supervisor is told without looking for it, from the rows as they are: worst first. */
import type { AgentRow, ContactRow, QueueRow } from '@/api/schema'

export type AlertKind = 'help' | 'unstaffed' | 'long_wait' | 'hold' | 'heard_badly' | 'not_responding' | 'lost' | 'overstayed'

export interface Alert {
  /** The same trouble keeps its id, so that it can be put off; new trouble has another. */
  id: string
  kind: AlertKind
  since: number
  agent?: AgentRow
  queue?: QueueRow
  words?: string
}

const RANK: Record<AlertKind, number> = {
  help: 0,
  unstaffed: 1,
  not_responding: 2,
  lost: 3,
  long_wait: 4,
  hold: 5,
  heard_badly: 6,
  overstayed: 7,
}

export const QUIET_MS = 10 * 60_000

function ofAgent(agent: AgentRow): Alert[] {
  const found: Alert[] = []
  const add = (kind: AlertKind, since: number, words?: string): void => {
    found.push({ id: `${kind} ${agent.id} ${since}`, kind, since, agent, ...(words === undefined || words === '' ? {} : { words }) })
  }
  if (agent.help && agent.help.taken_by === null) add('help', agent.help.since, agent.help.words)
  if (agent.hold_alarmed) add('hold', agent.since)
  if (agent.overstayed) add('overstayed', agent.since)
  if (agent.state === 'not_responding' || agent.state === 'lost') add(agent.state, agent.since)
  return found
}

function ofQueue(queue: QueueRow, now: number): Alert[] {
  if (queue.unstaffed_since !== null) {
    return [{ id: `unstaffed ${queue.id} ${queue.unstaffed_since}`, kind: 'unstaffed', since: queue.unstaffed_since, queue }]
  }
  const longest = queue.longest_since
  if (longest === null || queue.answer_within_ms <= 0 || now - longest <= 2 * queue.answer_within_ms) return []
  return [{ id: `long_wait ${queue.id} ${longest}`, kind: 'long_wait', since: longest, queue }]
}

/** `now` in server milliseconds. A wait counts from twice the queue's own threshold. */
export function alertsOf(agents: AgentRow[], queues: QueueRow[], contacts: ContactRow[], now: number): Alert[] {
  const byId = new Map(agents.map((agent) => [agent.id, agent]))
  const heard = contacts
    .filter((contact) => contact.heard_badly && contact.agent !== null)
    .map((contact): Alert => {
      const agent = byId.get(contact.agent?.id ?? '')
      return { id: `heard_badly ${contact.id}`, kind: 'heard_badly', since: contact.since, ...(agent === undefined ? {} : { agent }) }
    })
    .filter((alert) => alert.agent !== undefined)
  return [...agents.flatMap(ofAgent), ...queues.flatMap((queue) => ofQueue(queue, now)), ...heard].sort(
    (one, other) => RANK[one.kind] - RANK[other.kind] || one.since - other.since,
  )
}

/** Those that are not put off. */
export const loud = (alerts: Alert[], quiet: Readonly<Record<string, number>>, now: number): Alert[] =>
  alerts.filter((alert) => (quiet[alert.id] ?? 0) <= now)
