/** Keeps the phone and the server's view of the desk together for as long as a person is signed in. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import type { Me } from '@/api/schema'
import { hasDesk } from '@/api/session'
import { useIncomingAlert } from '@/features/desk/useIncomingAlert'
import { fetchDesk, serverView, useDeskView } from '@/features/desk/view'
import { useTopics } from '@/live/hooks'
import { onLink, openLink } from '@/live/link'
import { usePhoneControl } from '@/phone/context'
import { announce } from '@/ui/announce'
import { notify } from '@/ui/notices'

export function useDeskSession(me: Me, tab: string): void {
  const { t } = useTranslation()
  const phone = usePhoneControl()
  const client = useQueryClient()
  const isAgent = hasDesk(me)
  const view = useDeskView()
  useTopics('system', ...(isAgent ? (['me'] as const) : []))
  useIncomingAlert()

  useEffect(() => openLink(tab), [tab, me.user.id])

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
        returned: () => {
          void client.invalidateQueries()
          if (isAgent) {
            fetchDesk().then((fetched) => phone.tell({ kind: 'view_pushed', view: serverView(fetched) }), notify)
          }
          announce(t('strip.back'))
        },
      }),
    [client, phone, isAgent, t],
  )
}
