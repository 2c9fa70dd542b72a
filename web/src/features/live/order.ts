/** The order of live rows: as it is, or as it was when it was frozen. New rows go to the end. */
import { useState } from 'react'

import { useRowIds } from '@/live/hooks'
import type { TopicName } from '@/live/protocol'

export function heldOrder(held: readonly string[], current: readonly string[]): string[] {
  const known = new Set(current)
  const kept = held.filter((id) => known.has(id))
  const before = new Set(kept)
  return [...kept, ...current.filter((id) => !before.has(id))]
}

export function useOrder<T>(topic: TopicName, order: (rows: [string, T][]) => string[], isFrozen: boolean): string[] {
  const current = useRowIds<T>(topic, order)
  const [held, setHeld] = useState<string[] | null>(null)
  if (isFrozen && held === null) setHeld(current)
  if (!isFrozen && held !== null) setHeld(null)
  return isFrozen && held !== null ? heldOrder(held, current) : current
}
