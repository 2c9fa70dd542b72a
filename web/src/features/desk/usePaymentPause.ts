/**
 * Keeps the recording silent while a field for a card number has the focus. The server ends the pause
 * by itself after the queue's limit, so a page that is lost leaves nothing paused for good; who still
 * types then asks anew.
 */
import { useEffect, useMemo, useRef } from 'react'

import { desk } from '@/api/calls'
import type { DeskView } from '@/api/schema'
import { notify } from '@/ui/notices'

export interface PaymentPause {
  onFocus: () => void
  onBlur: () => void
  onInput: () => void
}

export function usePaymentPause(view: DeskView | undefined): PaymentPause {
  const contact = view?.contact?.id ?? null
  const isRecorded = view?.contact?.recording === 'on'
  const shown = useRef({ contact, isRecorded })
  useEffect(() => {
    shown.current = { contact, isRecorded }
  }, [contact, isRecorded])
  /** The contact whose recording this field has asked to be paused, and the requests, in turn. */
  const paused = useRef<string | null>(null)
  const asked = useRef(Promise.resolve())

  const field = useMemo(() => {
    const inTurn = (ask: () => Promise<void>): void => {
      asked.current = asked.current.then(ask).catch(notify)
    }
    const pause = (): void => {
      const { contact: id, isRecorded: isKept } = shown.current
      if (id === null || !isKept) return
      paused.current = id
      inTurn(() => desk.pauseRecording(id, 'payment_field'))
    }
    const resume = (): void => {
      const id = paused.current
      paused.current = null
      if (id !== null) inTurn(() => desk.resumeRecording(id, 'payment_field'))
    }
    return { onFocus: pause, onBlur: resume, onInput: pause }
  }, [])
  useEffect(() => field.onBlur, [field])
  return field
}
