/** What is written into a composer, kept in this browser for this work order and event until it happened. */
import { useState } from 'react'

import { NOTHING_SAID, type Said } from './actions'

const keyOf = (id: string, event: string): string => `lianxi-draft-case-${id}-${event}`

function kept(key: string): Partial<Said> {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Said>
  } catch {
    return {}
  }
}

export interface KeptSaid {
  said: Said
  set(change: Partial<Said>): void
  forget(): void
}

/** The work order and the event are taken when the component mounts. */
export function useSaid(id: string, event: string, first: Partial<Said> = {}): KeptSaid {
  const key = keyOf(id, event)
  const [said, setSaid] = useState<Said>(() => ({ ...NOTHING_SAID, ...first, ...kept(key) }))
  return {
    said,
    set: (change) =>
      setSaid((before) => {
        const next = { ...before, ...change }
        localStorage.setItem(key, JSON.stringify(next))
        return next
      }),
    forget: () => localStorage.removeItem(key),
  }
}
