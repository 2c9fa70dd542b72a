/** How components read the live store. */
import { useEffect, useSyncExternalStore } from 'react'
import { useShallow } from 'zustand/react/shallow'

import { onClock, serverNow } from './clock'
import { subscribe } from './link'
import type { LinkState, TopicName } from './protocol'
import { useLive } from './store'

/** No server tick for longer than this and what is shown is old. */
export const STALE_MS = 3_000

/** Keep these topics subscribed while the component is mounted. */
export function useTopics(...topics: TopicName[]): void {
  const names = topics.join(' ')
  useEffect(() => {
    const undo = names.split(' ').filter(Boolean).map((topic) => subscribe(topic))
    return () => undo.forEach((each) => each())
  }, [names])
}

/** One row; renders again only when that row changes. `undefined` before it is known. */
export function useRow<T>(topic: TopicName, id: string): T | undefined {
  return useLive((state) => state.topics[topic]?.[id]) as T | undefined
}

/** The ids of a topic, in the order of `compare`; renders again only when that order changes. */
export function useRowIds<T>(topic: TopicName, order: (rows: [string, T][]) => string[]): string[] {
  return useLive(
    useShallow((state) => order(Object.entries(state.topics[topic] ?? {}) as unknown as [string, T][])),
  )
}

/** Has the topic's first snapshot arrived? */
export function useIsKnown(topic: TopicName): boolean {
  return useLive((state) => state.topics[topic] !== undefined)
}

export function useLinkState(): LinkState {
  return useLive((state) => state.link)
}

/** The server's clock in whole seconds, for what must render anew each second. */
export function useNow(): number {
  return useSyncExternalStore(onClock, () => Math.floor(serverNow() / 1000) * 1000)
}

/** The server instant at which the figures stopped, or `null` while they are fresh. */
export function useStaleSince(): number | null {
  const heard = useLive((state) => state.heard)
  const tick = useLive((state) => state.tick)
  const isStale = useSyncExternalStore(onClock, () => heard !== 0 && Date.now() - heard > STALE_MS)
  return isStale ? tick : null
}
