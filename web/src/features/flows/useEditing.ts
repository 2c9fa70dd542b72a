/** A flow as it is being edited: what is published, the draft over it, and the way back. */
import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'

import { ApiProblem } from '@/api/client'
import { flows, type FlowBody, type PublishedFlow } from '@/api/flows'
import { useMay } from '@/api/session'

import { contentOf, isSame } from './diff'
import { keptDraft } from './drafts'
import { useSaving, type Drawn, type Saving } from './useSaving'

const REFRESH_EVERY_MS = 10_000
const MOST_STEPS_BACK = 100

interface Draft {
  past: FlowBody[]
  now: FlowBody
  future: FlowBody[]
  basedOn: number
  of?: string
}

export interface Editing {
  query: UseQueryResult<PublishedFlow | null>
  /** The flow as it is edited; null while nothing is known of it. */
  flow: FlowBody | null
  /** In force; null: not published yet. */
  published: PublishedFlow | null
  basedOn: number
  isDirty: boolean
  /** A colleague published since the draft was begun. */
  isBehind: boolean
  /** Whether this person may change it; others read it and walk through it. */
  isOpen: boolean
  /** How the draft stands with the server, and what others are drawing. */
  saving: Saving
  /** Changes with the same `of` one after another are one step back. */
  change(next: FlowBody, of?: string): void
  undo: (() => void) | null
  redo: (() => void) | null
  /** Back to what is in force. */
  discard(): void
  /** Go on from another version with this content. */
  rebase(flow: FlowBody, basedOn: number): void
  /** Another window of this person saved another draft: go on with this one, after that. */
  settle(flow: FlowBody, basedOn: number): void
  /** The draft has become a version. */
  done(version: PublishedFlow): void
}

const draftOf = ({ flow, basedOn }: Drawn, past: FlowBody[] = []): Draft => ({ past, now: flow, future: [], basedOn })

function begun(id: string): Draft | null {
  const kept = keptDraft(id)
  return kept === null ? null : draftOf(kept)
}

export function useEditing(id: string): Editing {
  const client = useQueryClient()
  const isOpen = useMay('flows.edit')
  const [draft, setDraft] = useState<Draft | null>(() => (isOpen ? begun(id) : null))
  const arrive = useCallback((next: Drawn | null): void => setDraft((before) => (next === null ? null : draftOf(next, before?.past))), [])
  const saving = useSaving(id, isOpen, arrive)
  const query = useQuery({
    queryKey: ['flow', id],
    queryFn: async (): Promise<PublishedFlow | null> => {
      try {
        return await flows.read(id)
      } catch (error) {
        if (error instanceof ApiProblem && error.code === 'flow_not_found') return null
        throw error
      }
    },
    refetchInterval: REFRESH_EVERY_MS,
    refetchOnWindowFocus: true,
  })
  const published = query.data ?? null
  const content = useMemo(() => (published === null ? null : contentOf(published)), [published])
  const version = published?.version ?? 0

  const hold = (next: Draft | null): void => {
    setDraft(next)
    const isNews = next !== null && !(next.basedOn === version && content !== null && isSame(next.now, content))
    if (isNews) saving.put({ flow: next.now, basedOn: next.basedOn })
    else saving.drop()
  }
  // Nothing is changed before it is known what was drawn already.
  const flow = draft?.now ?? (saving.isKnown ? content : null)
  const basedOn = draft?.basedOn ?? version
  const isDirty = draft !== null && !(draft.basedOn === version && content !== null && isSame(draft.now, content))

  const change = (next: FlowBody, of?: string): void => {
    if (!isOpen || flow === null || isSame(next, flow)) return
    const past = draft?.past ?? []
    const isSameStep = of !== undefined && draft?.of === of && past.length > 0
    hold({ past: isSameStep ? past : [...past.slice(1 - MOST_STEPS_BACK), flow], now: next, future: [], basedOn, of })
  }
  const back = draft?.past.at(-1)
  const forth = draft?.future[0]
  const rebase = (next: FlowBody, from: number): void =>
    hold(draftOf({ flow: next, basedOn: from }, [...(draft?.past ?? []), ...(flow === null ? [] : [flow])]))
  return {
    query,
    flow,
    published,
    basedOn,
    isDirty,
    isBehind: isDirty && query.isSuccess && basedOn !== version,
    isOpen,
    saving,
    change,
    undo:
      draft === null || back === undefined
        ? null
        : () => hold({ ...draft, past: draft.past.slice(0, -1), now: back, future: [draft.now, ...draft.future], of: undefined }),
    redo:
      draft === null || forth === undefined
        ? null
        : () => hold({ ...draft, past: [...draft.past, draft.now], now: forth, future: draft.future.slice(1), of: undefined }),
    discard: () => hold(null),
    rebase,
    settle: (next, from) => {
      saving.settle()
      rebase(next, from)
    },
    done: (fresh) => {
      client.setQueryData(['flow', id], fresh)
      setDraft(null)
      saving.drop()
      void client.invalidateQueries({ queryKey: ['flow-versions', id] })
      void client.invalidateQueries({ queryKey: ['flow-summaries'] })
      void client.invalidateQueries({ queryKey: ['flow-plans'] })
    },
  }
}
