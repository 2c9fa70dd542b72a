/** The wrap-up of the present contact: its draft, what is missing, and how it is finished. */
import { useCallback } from 'react'

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
  return useDraft<WrapUpFields>(
    `wrap-up-${contact}`,
    { disposition: wrapUp.disposition, note: wrapUp.note },
    save,
  )
}

export type Then = { to: 'ready' | 'not_ready'; reason: string | null } | null

export async function finish(draft: WrapUpDraft, contact: string, then: Then): Promise<void> {
  await desk.finishWrapUp({ contact, disposition: draft.value.disposition, note: draft.value.note, then })
  draft.done()
  if (useLive.getState().link !== 'open') await fetchDesk()
}

/** Is the call over and its wrap-up running? */
export const isAfterCall = (view: DeskView): boolean => view.state === 'acw' && view.wrap_up !== null
