/** Drafts in this browser: a refresh, or a server that is away, loses nothing. */
import type { FlowBody } from '@/api/flows'

export interface KeptDraft {
  flow: FlowBody
  /** The version it was begun from; 0: the flow is not published yet. */
  basedOn: number
  at: number
}

const PREFIX = 'lianxi-flow-'
const keyOf = (flow: string): string => `${PREFIX}${flow}`

/** What is kept for a flow; one that cannot be read is none. */
export function keptDraft(flow: string): KeptDraft | null {
  try {
    const text = localStorage.getItem(keyOf(flow))
    if (text === null) return null
    const found = JSON.parse(text) as KeptDraft
    return typeof found.basedOn === 'number' && typeof found.flow?.nodes === 'object' ? found : null
  } catch {
    return null
  }
}

export function keepDraft(flow: string, draft: KeptDraft): boolean {
  try {
    localStorage.setItem(keyOf(flow), JSON.stringify(draft))
    return true
  } catch {
    return false
  }
}

export const forgetDraft = (flow: string): void => localStorage.removeItem(keyOf(flow))

/** Every flow that has a draft here. */
export function keptDrafts(): { id: string; draft: KeptDraft }[] {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(PREFIX))
    .flatMap((key) => {
      const id = key.slice(PREFIX.length)
      const draft = keptDraft(id)
      return draft === null ? [] : [{ id, draft }]
    })
}
