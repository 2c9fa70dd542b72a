/** Editing something that others may edit too: what they stored meanwhile stands beside it. */
import { useState } from 'react'

import { announce } from '@/ui/announce'
import { codeOf, problemText } from '@/ui/problems'
import { isSame } from '@/ui/Conflict'

interface Versioned {
  revision: string
}

export interface Edited<T> {
  draft: T
  isDirty: boolean
  isBusy: boolean
  /** Stored by somebody else since the draft began. */
  theirs: T | null
  /** What the server has against it; empty when nothing. */
  refusal: string
  refusalCode: string
  change(draft: T): void
  save(version?: T): Promise<void>
  discard(): void
}

const plain = <T extends Versioned>(version: T): T => ({ ...version, revision: '' })

/**
 * @param stored the newest version that is known
 * @param send stores a version in place of the one with this revision
 * @param reread reads the newest version again
 */
export function useVersioned<T extends Versioned>(
  stored: T,
  send: (version: T, match: string) => Promise<T>,
  reread: () => Promise<unknown>,
  saved: string,
): Edited<T> {
  const [state, setState] = useState({ base: stored, draft: stored })
  const [isBusy, setBusy] = useState(false)
  const [refused, setRefused] = useState({ text: '', code: '' })
  const isDirty = !isSame(plain(state.base), plain(state.draft))
  const isBehind = state.base.revision !== stored.revision
  if (!isDirty && isBehind) setState({ base: stored, draft: stored })
  const theirs = isDirty && isBehind ? stored : null
  return {
    draft: state.draft,
    isDirty,
    isBusy,
    theirs,
    refusal: refused.text,
    refusalCode: refused.code,
    change: (draft) => setState({ ...state, draft }),
    discard: () => {
      setRefused({ text: '', code: '' })
      setState({ base: stored, draft: stored })
    },
    save: async (version = state.draft) => {
      setBusy(true)
      setRefused({ text: '', code: '' })
      try {
        const after = await send(version, (theirs ?? state.base).revision)
        setState({ base: after, draft: after })
        announce(saved)
      } catch (error) {
        if (codeOf(error) !== 'changed_meanwhile') setRefused({ text: problemText(error), code: codeOf(error) })
      } finally {
        await reread()
        setBusy(false)
      }
    },
  }
}
