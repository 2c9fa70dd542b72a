/** Keeps the phone and the server's view of the desk together for as long as a person is signed in. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import type { Me } from '@/api/schema'
import { hasDesk, sessionQuery } from '@/api/session'
import { useIncomingAlert } from '@/features/desk/useIncomingAlert'
import { fetchDesk, serverView, useDeskView } from '@/features/desk/view'
import { caseWords, deskWords } from '@/features/desk/words'
import { useLinkState, useTopics } from '@/live/hooks'
import { onLink, openLink } from '@/live/link'
import { usePhoneControl } from '@/phone/context'
import { usePhone } from '@/phone/store'
import { announcementWords } from '@/shared/announcements/words'
import { customerWords } from '@/shared/customer/words'
import { announce } from '@/ui/announce'
import { dismissCode, notify } from '@/ui/notices'

import { loadWords } from './i18n'

deskWords.load = () => loadWords('desk')
caseWords.load = () => Promise.all(['deskcase', 'cases', 'formspec', 'office'].map(loadWords))
announcementWords.load = () => Promise.all(['announcements', 'office'].map(loadWords))
customerWords.load = () => Promise.all(['customers', 'cases', 'office'].map(loadWords))

const ASK_SESSION_EVERY_MS = 5_000

export function useDeskSession(me: Me, tab: string): void {
  const { t } = useTranslation()
  const phone = usePhoneControl()
  const client = useQueryClient()
  const isAgent = hasDesk(me)
  const view = useDeskView()
  const isInCall = usePhone((state) => state.session !== null)
  useTopics('system', ...(isAgent ? (['me'] as const) : []))
  useIncomingAlert()

  useEffect(() => openLink(tab), [tab, me.user.id])

  // A link that stays away may mean that the session is over. During a call that question waits.
  const isAway = useLinkState() === 'lost' && !isInCall
  useEffect(() => {
    if (!isAway) return undefined
    const asking = setInterval(() => void client.invalidateQueries(sessionQuery), ASK_SESSION_EVERY_MS)
    return () => clearInterval(asking)
  }, [client, isAway])

  // After a reload the tab that held the phone takes it up again.
  const isAsked = useRef(false)
  const isResumable = view !== undefined && view.signed_in && view.here
  useEffect(() => {
    if (!isResumable || isAsked.current || phone.state.device !== null) return
    isAsked.current = true
    phone.resume().catch(notify)
  }, [isResumable, phone])

  useEffect(() => {
    if (view !== undefined) phone.tell({ kind: 'view_pushed', view: serverView(view) })
  }, [view, phone])

  useEffect(
    () =>
      onLink({
        woke: () => {
          phone.tell({ kind: 'woke' })
          void client.invalidateQueries()
        },
        renewed: () => void client.invalidateQueries(),
        returned: () => {
          void client.invalidateQueries()
          dismissCode('server_unreachable')
          if (isAgent) {
            fetchDesk().then((fetched) => phone.tell({ kind: 'view_fetched', view: serverView(fetched) }), notify)
          }
          announce(t('strip.back'))
        },
      }),
    [client, phone, isAgent, t],
  )
}
