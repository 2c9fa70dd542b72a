/** How far the agent is in the script of the present contact; outlives a reload, not the contact. */
import { useState } from 'react'

const KEY = 'lianxi-script'

export interface Marks {
  contact: string
  /** The script that was chosen, where there are several. */
  script: string | null
  /** Steps that were ticked, as `script/step`. */
  done: readonly string[]
  /** Which answer was given to a branch, by the same key. */
  answers: Readonly<Record<string, number>>
}

function kept(contact: string): Marks {
  const none: Marks = { contact, script: null, done: [], answers: {} }
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Marks | null
    return found?.contact === contact ? { ...none, ...found } : none
  } catch {
    return none
  }
}

/** Mount it anew for each contact. */
export function useScriptMarks(contact: string): [Marks, (change: Partial<Marks>) => void] {
  const [marks, setMarks] = useState(() => kept(contact))
  const change = (more: Partial<Marks>): void => {
    const next = { ...marks, ...more }
    setMarks(next)
    localStorage.setItem(KEY, JSON.stringify(next))
  }
  return [marks, change]
}
