/** The parts of the desk that are needed only now and then: they are fetched after signing in. */
import { useEffect, type ReactElement } from 'react'

import type { DeskView } from '@/api/schema'

import { HelpStrip, ListenersStrip, NoticeStrip } from './DeskStrips'
import { FaxDrawer } from './FaxDrawer'
import { HandDrawer } from './HandDrawer'
import { closePanel, usePanel } from './panel'
import { PartyStrip } from './PartyStrip'
import { PromiseDrawer } from './PromiseDrawer'

/** A panel whose call is over closes; so does one for a call of one's own once there is one. */
function useFittingPanel(view: DeskView): void {
  const way = usePanel((panel) => panel.way)
  const contact = view.contact?.id ?? null
  const parties = view.contact?.parties?.length ?? 0
  const isIdle = contact === null
  useEffect(() => {
    if (way !== null && (way === 'call') !== isIdle) closePanel()
  }, [way, isIdle])
  useEffect(() => {
    if (parties > 0) closePanel()
  }, [parties])
}

export function DeskExtras({ view }: { view: DeskView }): ReactElement {
  const { way, isFaxOpen, promise } = usePanel()
  useFittingPanel(view)
  return (
    <>
      <NoticeStrip view={view} />
      <HelpStrip view={view} />
      <ListenersStrip view={view} />
      {view.contact === null ? null : <PartyStrip key={view.contact.id} view={view} contact={view.contact} />}
      <HandDrawer view={view} way={way} />
      <FaxDrawer view={view} isOpen={isFaxOpen} />
      <PromiseDrawer view={view} promise={promise} />
    </>
  )
}
