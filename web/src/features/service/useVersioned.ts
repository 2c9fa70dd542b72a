/** Editing something that others may edit too: what they stored meanwhile stands beside it. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { announce } from '@/ui/announce'
import { isSame } from '@/ui/Conflict'
import { isEnglish } from '@/ui/format'
import { codeOf, factsOf, problemText } from '@/ui/problems'

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

/** The server's own sentence where it gives one, else the words for its code. */
function sentence(error: unknown, language: string): string {
  const why = factsOf(error)[isEnglish(language) ? 'why' : 'why_zh']
  return codeOf(error) !== 'invalid_request' && typeof why === 'string' ? why : problemText(error)
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
  const { i18n } = useTranslation()
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
        if (codeOf(error) !== 'changed_meanwhile') setRefused({ text: sentence(error, i18n.language), code: codeOf(error) })
      } finally {
        await reread()
        setBusy(false)
      }
    },
  }
}
