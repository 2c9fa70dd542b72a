/** The wrap-up of the present contact: its draft, what is missing, and how it is finished. */
import { useCallback, useEffect, useRef } from 'react'

import { desk } from '@/api/calls'
import type { DeskView, WrapUp } from '@/api/schema'
import { useDraft, type Draft } from '@/forms/draft'
import { useLive } from '@/live/store'

import { fetchDesk } from './view'

export interface WrapUpFields {
  disposition: string | null
  note: string
}

export type WrapUpDraft = Draft<WrapUpFields>

/** The draft of one contact's wrap-up; mount it anew for each contact. */
export function useWrapUpDraft(wrapUp: WrapUp): WrapUpDraft {
  const { contact } = wrapUp
  const save = useCallback((fields: WrapUpFields) => desk.saveWrapUp({ contact, ...fields }), [contact])
  const draft = useDraft<WrapUpFields>(
    `wrap-up-${contact}`,
    { disposition: wrapUp.disposition, note: wrapUp.note },
    save,
  )
  // Another window or computer of the same person may have written on.
  const adopt = useRef(draft.adopt)
  useEffect(() => {
    adopt.current = draft.adopt
  })
  const { disposition, note } = wrapUp
  const shown = useRef({ disposition, note })
  useEffect(() => {
    const was = shown.current
    shown.current = { disposition, note }
    if (was.disposition !== disposition || was.note !== note) adopt.current({ disposition, note })
  }, [disposition, note])
  return draft
}

export type Then = { to: 'ready' | 'not_ready'; reason: string | null } | null

export async function finish(draft: WrapUpDraft, contact: string, then: Then): Promise<void> {
  await desk.finishWrapUp({ contact, disposition: draft.value.disposition, note: draft.value.note, then })
  draft.done()
  if (useLive.getState().link !== 'open') await fetchDesk()
}

/** Is the call over and its wrap-up running? */
export const isAfterCall = (view: DeskView): boolean => view.state === 'acw' && view.wrap_up !== null
