/**
 * The rows of every subscribed topic as far as the messages seen tell. A delta is taken only when
 * it is the next in sequence; anything else means a message was missed and the topic must be asked
 * for again from a snapshot.
 */
import type { Change, Rows, TopicMessage } from './protocol'

interface Topic {
  sequence: number | null
  rows: Rows
}

export type Received = { change: Change } | { gap: string } | null

export class TopicBook {
  readonly #topics = new Map<string, Topic>()

  /** Topics wanted from now on; those no longer wanted are forgotten. Returns the new ones. */
  want(names: Iterable<string>): string[] {
    const wanted = new Set(names)
    for (const name of this.#topics.keys()) if (!wanted.has(name)) this.#topics.delete(name)
    const fresh = [...wanted].filter((name) => !this.#topics.has(name))
    for (const name of fresh) this.#topics.set(name, { sequence: null, rows: {} })
    return fresh
  }

  /** Where each topic stands, for resuming after a lost connection. */
  positions(): Record<string, number | null> {
    return Object.fromEntries([...this.#topics].map(([name, topic]) => [name, topic.sequence]))
  }

  /** Everything known of a topic, or `null` before its first snapshot. */
  whole(name: string): Change | null {
    const topic = this.#topics.get(name)
    if (topic === undefined || topic.sequence === null) return null
    return { topic: name, whole: true, set: { ...topic.rows }, del: [] }
  }

  receive(message: TopicMessage): Received {
    const topic = this.#topics.get(message.t)
    if (topic === undefined) return null
    if (message.k === 'snap') {
      topic.sequence = message.s
      topic.rows = { ...message.d.rows }
      return { change: { topic: message.t, whole: true, set: { ...topic.rows }, del: [] } }
    }
    // Deltas that arrive while a snapshot is on its way belong to what the snapshot will hold.
    if (topic.sequence === null || message.s <= topic.sequence) return null
    if (message.s !== topic.sequence + 1) {
      topic.sequence = null
      return { gap: message.t }
    }
    topic.sequence = message.s
    const set = message.d.set ?? {}
    const del = message.d.del ?? []
    Object.assign(topic.rows, set)
    for (const row of del) delete topic.rows[row]
    return { change: { topic: message.t, whole: false, set, del } }
  }
}

/** Two changes of one topic as one, the later one winning. */
export function merge(earlier: Change | undefined, later: Change): Change {
  if (earlier === undefined || later.whole) return later
  const set = { ...earlier.set, ...later.set }
  for (const row of later.del) delete set[row]
  const del = [...new Set([...earlier.del, ...later.del])].filter((row) => !(row in set))
  return { topic: later.topic, whole: earlier.whole, set, del: earlier.whole ? [] : del }
}
