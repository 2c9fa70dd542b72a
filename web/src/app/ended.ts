/** The server says that the session is over: the page asks to sign in, but not in the middle of a call. */
import type { QueryClient } from '@tanstack/react-query'

import type { DeskView } from '@/api/schema'
import { sessionQuery, tellEnded } from '@/api/session'
import { useLive } from '@/live/store'
import { usePhone } from '@/phone/store'

/** With this browser's telephone, or with the one on the desk. */
function isInCall(): boolean {
  const view = useLive.getState().topics['me']?.['me'] as DeskView | undefined
  return usePhone.getState().session !== null || (view?.contact ?? null) !== null
}

/** The call keeps its controls; what is asked after its end leads to the sign-in page. */
export function endSession(client: QueryClient): void {
  if (isInCall()) return
  if (client.getQueryData(sessionQuery.queryKey) != null) tellEnded()
  client.setQueryData(sessionQuery.queryKey, null)
}
