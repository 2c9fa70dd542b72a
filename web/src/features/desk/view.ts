/** The desk as the server sees it: pushed over the live link, fetched when the link is away. */
import { useQuery } from '@tanstack/react-query'

import { desk } from '@/api/calls'
import type { DeskView } from '@/api/schema'
import { hasDesk, useMe } from '@/api/session'
import { useLinkState, useRow } from '@/live/hooks'
import { applyChange, useLive } from '@/live/store'
import type { ServerView } from '@/phone/state'

const POLL_WHILE_LINK_IS_LOST_MS = 3_000

/** A conversation of this desk's own with a customer survives the end of this desk's leg. */
function isKept({ contact }: DeskView): boolean {
  const isTalk = contact?.phase === 'talking' || contact?.phase === 'hold'
  return isTalk && contact.is_internal !== true && contact.is_guest !== true
}

/** What the phone needs of a view. */
export function serverView(view: DeskView): ServerView {
  return {
    isHere: view.signed_in && view.here,
    state: view.state,
    offer: view.offer?.id ?? null,
    contact: view.contact?.id ?? null,
    isRecovering: view.contact?.phase === 'recovering' || view.state === 'recovering',
    isKept: isKept(view),
  }
}

/** Fetch the view now. While the link pushes, the pushed view stays: it may be newer. */
export async function fetchDesk(): Promise<DeskView> {
  const view = await desk.view()
  const { link, topics } = useLive.getState()
  if (link !== 'open' || topics['me'] === undefined) {
    applyChange({ topic: 'me', whole: true, set: { me: view as unknown as Record<string, unknown> }, del: [] })
  }
  return view
}

export function useDeskView(): DeskView | undefined {
  const isAgent = hasDesk(useMe())
  const link = useLinkState()
  const pushed = useRow<DeskView>('me', 'me')
  const fetched = useQuery({
    queryKey: ['desk'],
    queryFn: fetchDesk,
    enabled: isAgent,
    // With the link away no event comes, so the page asks.
    refetchInterval: link === 'open' ? false : POLL_WHILE_LINK_IS_LOST_MS,
  })
  return pushed ?? fetched.data
}
