/** A draft on its way to the server: a moment after the last change, and again when the server was away. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'

import { drafts, type Draft, type FlowBody } from '@/api/flows'
import { serverNow } from '@/live/clock'
import { notify } from '@/ui/notices'
import { codeOf } from '@/ui/problems'

import { isSame } from './diff'
import { forgetDraft, keepDraft, keptDraft } from './drafts'

const SETTLES_AFTER_MS = 800
const AGAIN_AFTER_MS = 5_000
const REFRESH_EVERY_MS = 10_000

export interface Drawn {
  flow: FlowBody
  basedOn: number
}

export interface Saving {
  /** What colleagues are drawing of this flow. */
  others: readonly Draft[]
  /** Whether the server said what there is, or could not. */
  isKnown: boolean
  /** When the server last took the draft; null: it has none of it. */
  savedAt: number | null
  isSaved: boolean
  /** The server is away: the draft stays in this browser meanwhile. */
  isAway: boolean
  /** It is neither on the server nor in this browser. */
  isUnkept: boolean
  /** Another draft of the same person, saved from another window. */
  met: Draft | null
  put(next: Drawn): void
  drop(): void
  /** Go on from the other window's draft: what is put next comes after it. */
  settle(): void
}

interface Stored {
  list: readonly Draft[]
  isKnown: boolean
  refresh(): Promise<unknown>
  /** Say what the server has now of one's own; what is being fetched is older. */
  know(own: Draft | null): Promise<void>
}

const ownOf = (list: readonly Draft[]): Draft | null => list.find((each) => each.is_own) ?? null
const NONE: readonly Draft[] = []

/** The drafts of a flow as the server has them; `onCome` is told of each answer. */
function useStored(id: string, isOn: boolean, onCome: (own: Draft | null) => void): Stored {
  const client = useQueryClient()
  const key = useMemo(() => ['flow-drafts', id], [id])
  const { data, isFetched } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const list = await drafts.of(id)
      // An answer that was overtaken by what was saved since tells nothing.
      if (!signal.aborted) onCome(ownOf(list))
      return list
    },
    enabled: isOn,
    gcTime: 0,
    refetchInterval: REFRESH_EVERY_MS,
    refetchOnWindowFocus: true,
  })
  const know = useCallback(
    async (own: Draft | null): Promise<void> => {
      await client.cancelQueries({ queryKey: key })
      client.setQueryData<Draft[]>(key, (before) => [...(own === null ? [] : [own]), ...(before ?? []).filter((each) => !each.is_own)])
      void client.invalidateQueries({ queryKey: ['flow-draft-lines'] })
    },
    [client, key],
  )
  const refresh = useCallback(() => client.refetchQueries({ queryKey: key }), [client, key])
  return { list: data ?? NONE, isKnown: !isOn || isFetched, refresh, know }
}

export function useSaving(id: string, isOn: boolean, onArrive: (draft: Drawn | null) => void): Saving {
  const [begun] = useState(() => (isOn ? keptDraft(id) : null))
  const latest = useRef<Drawn | null>(begun)
  const sent = useRef<Drawn | null>(null)
  const revision = useRef(begun?.revision ?? 0)
  const line = useRef<Promise<void>>(Promise.resolve())
  const [pending, setPending] = useState<Drawn | null>(begun)
  const [failures, setFailures] = useState(0)
  const [isUnkept, setUnkept] = useState(false)
  const [met, setMet] = useState<Draft | null>(null)

  /** Take up what another window of the same person saved, or stop where both changed something. */
  const come = (own: Draft | null): void => {
    if (own === null) {
      if (revision.current === 0 || latest.current !== null) return
      revision.current = 0
      onArrive(null)
      return
    }
    if (own.revision <= revision.current) return
    // It may be what was sent from here, though the answer was lost.
    if (latest.current !== null && !isSame(own.flow, sent.current?.flow)) {
      setMet(own)
      return
    }
    revision.current = own.revision
    if (latest.current === null) onArrive({ flow: own.flow, basedOn: own.based_on })
  }
  const { list, isKnown, know, refresh } = useStored(id, isOn, come)

  const send = useCallback(async (): Promise<void> => {
    const now = latest.current
    if (now === null) return
    sent.current = now
    try {
      const made = await drafts.save(id, now.flow, now.basedOn, revision.current)
      revision.current = made.revision
      setFailures(0)
      if (latest.current === now) {
        latest.current = null
        setPending(null)
        setUnkept(false)
        forgetDraft(id)
      }
      await know(made)
    } catch (error) {
      if (codeOf(error) === 'flow_draft_changed') await refresh()
      // Tried again, whether the server was away or the answer got lost.
      setFailures((count) => count + 1)
    }
  }, [id, know, refresh])

  useEffect(() => {
    if (pending === null || met !== null) return
    const timer = setTimeout(() => (line.current = line.current.then(send)), failures > 0 ? AGAIN_AFTER_MS : SETTLES_AFTER_MS)
    return () => clearTimeout(timer)
  }, [pending, met, failures, send])

  const put = (next: Drawn): void => {
    latest.current = next
    setPending(next)
    setUnkept(!keepDraft(id, { ...next, at: serverNow(), revision: revision.current }))
  }
  const drop = (): void => {
    latest.current = null
    setPending(null)
    forgetDraft(id)
    line.current = line.current.then(async () => {
      if (latest.current !== null || revision.current === 0) return
      try {
        await drafts.drop(id)
        revision.current = 0
        await know(null)
      } catch (error) {
        notify(error)
      }
    })
  }
  const settle = (): void => {
    if (met !== null) revision.current = met.revision
    setMet(null)
  }
  return {
    others: useMemo(() => list.filter((each) => !each.is_own), [list]),
    isKnown,
    savedAt: ownOf(list)?.saved_at ?? null,
    isSaved: pending === null,
    isAway: pending !== null && failures > 0,
    isUnkept: isUnkept && pending !== null,
    met,
    put,
    drop,
    settle,
  }
}
