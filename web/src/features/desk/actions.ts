/** What may be done now, and if not, why not: the server's word first, then what the phone lacks. */
import i18next from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import { desk } from '@/api/calls'
import type { DeskView } from '@/api/schema'
import { useLive } from '@/live/store'
import type { PhoneState } from '@/phone/state'
import { usePhone } from '@/phone/store'

import { fetchDesk } from './view'

export type Action =
  | 'answer'
  | 'reject'
  | 'hold'
  | 'resume'
  | 'pause_recording'
  | 'resume_recording'
  | 'mute'
  | 'keypad'
  | 'hang_up'
  | 'ready'
  | 'not_ready'
  | 'extend'
  | 'finish'
  | 'sign_out'
  | 'transfer'
  | 'consult'
  | 'invite'
  | 'swap'
  | 'complete'
  | 'cancel_consult'
  | 'confer'
  | 'leave'
  | 'help'
  | 'call'
  | 'start_recording'

export const needsContact = new Set<Action>([
  'hold',
  'resume',
  'hang_up',
  'pause_recording',
  'resume_recording',
  'start_recording',
  'transfer',
  'consult',
  'invite',
  'help',
])

function whyNotAnswer(view: DeskView | undefined, phone: PhoneState): string | null {
  if (view?.device === 'phone') return 'answer_on_phone'
  if (phone.leadership === 'elsewhere') return 'phone_in_other_tab'
  if (phone.session?.phase !== 'ringing') return view?.offer ? 'phone_not_ringing' : 'no_offer'
  if (phone.signalling !== 'up') return 'signalling_down'
  return phone.microphone === 'ready' ? null : 'no_microphone'
}

function whyNotLocal(view: DeskView | undefined, phone: PhoneState): string | null {
  if (view?.device === 'phone') return 'on_phone'
  if (phone.session?.phase !== 'up') return phone.leadership === 'elsewhere' ? 'phone_in_other_tab' : 'no_call'
  return null
}

/** A why-not code, or `null` when the action can be done. */
export function whyNot(action: Action, view: DeskView | undefined, phone: PhoneState): string | null {
  if (action === 'answer') return whyNotAnswer(view, phone)
  if (action === 'mute' || action === 'keypad') return whyNotLocal(view, phone)
  if (view === undefined || !view.signed_in) return 'not_signed_in'
  if (!view.here) return 'signed_in_elsewhere'
  if (needsContact.has(action) && view.contact === null) return 'no_call'
  const word = view.allowed[action]
  return typeof word === 'string' ? word : null
}

export function whyNotText(code: string): string {
  if (i18next.exists(`whynot.${code}`)) return i18next.t(`whynot.${code}`)
  return i18next.exists(`problem.${code}`) ? i18next.t(`problem.${code}`) : i18next.t('whynot.other', { code })
}

/** `(action) => sentence | null` for the present view. */
export function useWhyNot(view: DeskView | undefined): (action: Action) => string | null {
  const phone = usePhone()
  const { i18n } = useTranslation()
  const language = i18n.language
  return useMemo(
    () => (action: Action) => {
      const code = whyNot(action, view, phone)
      return code === null || language === '' ? null : whyNotText(code)
    },
    [view, phone, language],
  )
}

/** Without the link no event confirms a command, so the view is fetched after it. */
export async function confirmed(command: Promise<void>): Promise<void> {
  await command
  if (useLive.getState().link !== 'open') await fetchDesk()
}

export const commands = {
  state: (to: 'ready' | 'not_ready', reason?: string) =>
    confirmed(desk.state(reason === undefined ? { to } : { to, reason })),
  take: (offer: string) => confirmed(desk.take(offer)),
  reject: (offer: string) => confirmed(desk.reject(offer)),
  hold: (contact: string) => confirmed(desk.hold(contact)),
  resume: (contact: string) => confirmed(desk.resume(contact)),
  pauseRecording: (contact: string) => confirmed(desk.pauseRecording(contact)),
  resumeRecording: (contact: string) => confirmed(desk.resumeRecording(contact)),
  startRecording: (contact: string) => confirmed(desk.startRecording(contact)),
  hangUp: (contact: string) => confirmed(desk.hangUp(contact)),
  extend: (contact: string) => confirmed(desk.extendWrapUp(contact)),
}
