/** How long the customer has been on hold; too long is red, is said aloud, and counts down to the way back. */
import { useEffect, useRef, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { DeskContact } from '@/api/schema'
import { announce } from '@/ui/announce'
import { Timer } from '@/ui/clock'

export function HoldClock({ contact }: { contact: DeskContact }): ReactElement | null {
  const { t } = useTranslation()
  if (contact.phase !== 'hold' || contact.hold_since === null) return null
  return (
    <span className={contact.hold_alarmed ? 'over' : ''} data-testid="hold-clock" data-alarmed={contact.hold_alarmed}>
      {' · '}
      {contact.hold_alarmed ? <span aria-hidden="true">▲ </span> : null}
      {contact.hold_alarmed ? t('desk.hold_too_long') : t('state.hold')} <Timer since={contact.hold_since} />
      {contact.hold_alarmed && contact.recall_at !== null ? (
        <>
          {' · '}
          {t('desk.recall_in')} <Timer since={contact.recall_at} isCountdown />
        </>
      ) : null}
    </span>
  )
}

/** Says once that a hold lasts too long, and once that the customer came back unasked. */
export function useHoldWords(contact: DeskContact | null, now: () => number): void {
  const { t } = useTranslation()
  const former = useRef(contact)
  useEffect(() => {
    const was = former.current
    former.current = contact
    if (contact === null || was === null || was.id !== contact.id) return
    if (contact.hold_alarmed && !was.hold_alarmed) announce(t('desk.hold_too_long_words'), 'assertive')
    const isDue = was.recall_at !== null && now() >= was.recall_at
    if (was.phase === 'hold' && contact.phase === 'talking' && isDue) announce(t('desk.recalled'), 'assertive')
  }, [contact, now, t])
}
