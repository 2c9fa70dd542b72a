/** A contact rings while this page is not looked at: the title blinks and the system is told. */
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

import { nameIn } from '@/ui/format'

import { useDeskView } from './view'

const BLINK_MS = 1_000

export function useIncomingAlert(): void {
  const { t, i18n } = useTranslation()
  const offer = useDeskView()?.offer ?? null
  const id = offer?.id
  // No number and no name leave the page.
  const queue = offer === null ? '' : nameIn(i18n.language, offer.pop.queue)
  const title = t('desk.offer_title')
  useEffect(() => {
    if (id === undefined) return undefined
    const before = document.title
    let isShown = false
    const blinking = setInterval(() => {
      isShown = !isShown
      document.title = isShown ? `☎ ${title} · ${queue}` : before
    }, BLINK_MS)
    const isWanted = document.visibilityState === 'hidden' && 'Notification' in window
    const notice =
      isWanted && Notification.permission === 'granted'
        ? new Notification(title, { body: queue, tag: 'lianxi-offer', requireInteraction: true })
        : null
    notice?.addEventListener('click', () => {
      window.focus()
      notice.close()
    })
    return () => {
      clearInterval(blinking)
      document.title = before
      notice?.close()
    }
  }, [id, queue, title])
}
