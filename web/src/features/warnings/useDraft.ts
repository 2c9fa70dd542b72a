/** What is written into a composer, kept in this browser for this warning and event until it happened. */
import { useState } from 'react'

export interface Draft {
  text: string
  satisfied: boolean | null
  answers: Readonly<Record<string, unknown>>
}

export interface KeptDraft {
  draft: Draft
  set(change: Partial<Draft>): void
  forget(): void
}

function kept(key: string): Partial<Draft> {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Draft>
  } catch {
    return {}
  }
}

/** The warning, the event and what stands in the sheet already are taken when the component mounts. */
export function useDraft(id: string, event: string, sheet: Readonly<Record<string, unknown>>): KeptDraft {
  const key = `lianxi-draft-warning-${id}-${event}`
  const [draft, setDraft] = useState<Draft>(() => ({ text: '', satisfied: null, answers: sheet, ...kept(key) }))
  return {
    draft,
    set: (change) =>
      setDraft((before) => {
        const next = { ...before, ...change }
        localStorage.setItem(key, JSON.stringify(next))
        return next
      }),
    forget: () => localStorage.removeItem(key),
  }
}
