/**
 * What the server does not have yet, in this browser: a refresh, or a server that is away, loses
 * nothing. As soon as the server has it, it is forgotten here.
 */
import type { FlowBody } from '@/api/flows'

export interface KeptDraft {
  flow: FlowBody
  /** The version it was begun from; 0: the flow is not published yet. */
  basedOn: number
  at: number
  /** The revision of the stored draft that it comes after; 0: none. */
  revision: number
}

const PREFIX = 'lianxi-flow-'
const keyOf = (flow: string): string => `${PREFIX}${flow}`

/** What is kept for a flow; one that cannot be read is none. */
export function keptDraft(flow: string): KeptDraft | null {
  try {
    const text = localStorage.getItem(keyOf(flow))
    if (text === null) return null
    const found = JSON.parse(text) as Partial<KeptDraft>
    if (typeof found.basedOn !== 'number' || typeof found.flow?.nodes !== 'object') return null
    return { flow: found.flow, basedOn: found.basedOn, at: found.at ?? 0, revision: found.revision ?? 0 }
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
