/** The two live regions: one polite, one assertive. */
import { useEffect, useRef, type ReactElement } from 'react'

import { onAnnouncement } from './announce'

export function Announcer(): ReactElement {
  const polite = useRef<HTMLDivElement>(null)
  const assertive = useRef<HTMLDivElement>(null)
  useEffect(
    () =>
      onAnnouncement((urgency, text) => {
        const region = urgency === 'assertive' ? assertive.current : polite.current
        if (region === null) return
        // The same words twice are two announcements only if the region was empty between them.
        region.textContent = ''
        region.textContent = text
      }),
    [],
  )
  return (
    <>
      <div ref={polite} className="screen-reader" role="status" aria-live="polite" />
      <div ref={assertive} className="screen-reader" role="alert" aria-live="assertive" />
    </>
  )
}
