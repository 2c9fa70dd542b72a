/**
 * Editing one thing that others may edit too: a draft that outlives a reload, the version it began
 * from, and what to do when somebody else was quicker.
 */
import { useCallback, useState } from 'react'

import { announce } from './announce'
import { isSame } from './Conflict'
import { codeOf } from './problems'

interface Versioned {
  revision: string
}

interface Kept<T> {
  base: T
  draft: T
  /** The stored version that was known when `base` became newer than it. */
  seen: string
}

export interface Editing<T> {
  /** What the draft began from. */
  base: T
  draft: T
  isDirty: boolean
  isBusy: boolean
  /** Somebody else's version, newer than the one the draft began from. */
  theirs: T | null
  /** What the server has against the draft. */
  refusal: unknown
  change(draft: T): void
  save(): Promise<boolean>
  discard(): void
  resolve(version: T): Promise<boolean>
}

/** Refusals because somebody else was quicker: `changed_meanwhile`, `script_changed_meanwhile`, `form_changed`. */
const CHANGED = /(^|_)changed(_meanwhile)?$/

const keyOf = (name: string): string => `lianxi-draft-${name}`

function kept<T>(name: string): Kept<T> | null {
  try {
    const text = localStorage.getItem(keyOf(name))
    return text === null ? null : (JSON.parse(text) as Kept<T>)
  } catch {
    return null
  }
}

/** Without the revision, which is of no concern when versions are compared. */
const plain = <T extends Versioned>(version: T): Omit<T, 'revision'> & { revision?: string } => ({ ...version, revision: '' })

/** The top-level fields that differ. */
export function changesOf<T extends object>(before: T, after: T): Partial<T> {
  const names = Object.keys(after) as (keyof T)[]
  return Object.fromEntries(names.filter((name) => !isSame(before[name], after[name])).map((name) => [name, after[name]])) as Partial<T>
}

/** My changes laid over their version: what only they changed stays theirs. */
export function mineOver<T extends Versioned>(theirs: T, base: T, draft: T): T {
  return { ...theirs, ...changesOf(plain(base) as T, plain(draft) as T), revision: theirs.revision }
}

export interface Editable<T> {
  /** Names the draft in this browser, once in the product. */
  name: string
  stored: T
  send: (changes: Partial<T>, whole: T, match: string) => Promise<T>
  /** Read it again; the newest version. */
  reread: () => Promise<T | undefined>
  saved: string
}

export function useVersions<T extends Versioned>({ name, stored, send, reread, saved }: Editable<T>): Editing<T> {
  const [state, setState] = useState<Kept<T>>(() => kept<T>(name) ?? { base: stored, draft: stored, seen: stored.revision })
  const [isBusy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<unknown>(null)
  const isDirty = !isSame(plain(state.base), plain(state.draft))
  // What is stored may still be the version before the one that was just saved.
  const isNews = stored.revision !== state.base.revision && stored.revision !== state.seen
  // Nothing of ours is in the way: a colleague's change simply arrives.
  if (!isDirty && isNews) setState({ base: stored, draft: stored, seen: stored.revision })
  const theirs = isDirty && isNews ? stored : null

  const put = useCallback(
    (next: Kept<T>) => {
      setState(next)
      if (isSame(plain(next.base), plain(next.draft))) localStorage.removeItem(keyOf(name))
      else localStorage.setItem(keyOf(name), JSON.stringify(next))
    },
    [name],
  )

  const store = async (base: T, draft: T): Promise<boolean> => {
    setBusy(true)
    setRefusal(null)
    try {
      const after = await send(changesOf(plain(base) as T, plain(draft) as T), draft, base.revision)
      put({ base: after, draft: after, seen: stored.revision })
      await reread()
      announce(saved)
      return true
    } catch (error) {
      if (CHANGED.test(codeOf(error))) {
        const latest = await reread()
        if (latest === undefined || latest.revision === base.revision) setRefusal(error)
      } else setRefusal(error)
      return false
    } finally {
      setBusy(false)
    }
  }

  return {
    base: state.base,
    draft: state.draft,
    isDirty,
    isBusy,
    theirs,
    refusal,
    change: (draft) => put({ ...state, draft }),
    save: () => store(state.base, state.draft),
    discard: () => {
      setRefusal(null)
      put({ base: stored, draft: stored, seen: stored.revision })
    },
    resolve: async (version) => {
      const latest = theirs ?? stored
      put({ base: latest, draft: { ...version, revision: latest.revision }, seen: latest.revision })
      return store(latest, version)
    },
  }
}
