/** The server breaks the live link where a role was changed; whoever is back asks what one may now. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'

import { sessionQuery } from '@/api/session'
import { useLinkState } from '@/live/hooks'

export function useFreshRights(): void {
  const client = useQueryClient()
  const link = useLinkState()
  const wasLost = useRef(false)
  useEffect(() => {
    if (link === 'lost') wasLost.current = true
    if (link !== 'open' || !wasLost.current) return
    wasLost.current = false
    void client.invalidateQueries({ queryKey: sessionQuery.queryKey })
  }, [link, client])
}
