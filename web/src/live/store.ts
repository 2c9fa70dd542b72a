/** The rows of the live topics on this page. One store, keyed by topic and id; a row keeps its
 * identity until it changes, so a component that reads one row renders only for that row. */
import { create } from 'zustand'

import type { Change, LinkState, Row, Rows } from './protocol'

export interface LiveState {
  topics: Record<string, Rows | undefined>
  link: LinkState
  linkSince: number
  /** Our clock when the last tick came, 0 before the first. */
  heard: number
  /** Server instant of the last tick. */
  tick: number
}

export const useLive = create<LiveState>(() => ({
  topics: {},
  link: 'closed',
  linkSince: 0,
  heard: 0,
  tick: 0,
}))

const same = (one: Row | undefined, other: Row): boolean =>
  one !== undefined && JSON.stringify(one) === JSON.stringify(other)

/** The rows after a change; unchanged rows keep their identity. */
export function applied(rows: Rows | undefined, change: Change): Rows {
  const before = rows ?? {}
  const after: Rows = change.whole ? {} : { ...before }
  for (const [id, row] of Object.entries(change.set)) {
    const known = before[id]
    after[id] = known !== undefined && same(known, row) ? known : row
  }
  for (const id of change.del) delete after[id]
  return after
}

export function applyChange(change: Change): void {
  useLive.setState((state) => ({
    topics: { ...state.topics, [change.topic]: applied(state.topics[change.topic], change) },
  }))
}

export function forgetTopic(topic: string): void {
  useLive.setState((state) => ({ topics: { ...state.topics, [topic]: undefined } }))
}

export function forgetEverything(): void {
  useLive.setState({ topics: {}, link: 'closed', linkSince: 0, heard: 0, tick: 0 })
}
