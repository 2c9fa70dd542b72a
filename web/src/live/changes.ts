/**
 * What colleagues change arrives without being asked for: the server tells which work orders and
 * warnings were changed, and the page fetches what it shows of them. While nothing is told (no
 * link, or none yet) pages ask again and again by themselves.
 */
import { useQueryClient, type QueryKey } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'

import { serverNow } from './clock'
import { useIsKnown, useLinkState, useTopics } from './hooks'
import { paced } from './pace'
import type { Row, Rows } from './protocol'
import { useLive } from './store'

const TOPIC = 'cases'
/** Its row changes when words may have been lost. */
const EVERYTHING = '*'
const PAUSE_MS = 1_000
/** What was read so short a time ago counts as fresh when a page opens, and may be older than the change. */
const FRESH_FOR_MS = 7_000

export const ALONE_EVERY_MS = 10_000
/** Time alone changes lists as well: what becomes late appears within a minute. */
export const TOLD_EVERY_MS = 60_000

/** How often a page asks anew by itself. */
export function useFollowing(): number {
  const isTold = useIsKnown(TOPIC)
  return useLinkState() === 'open' && isTold ? TOLD_EVERY_MS : ALONE_EVERY_MS
}

/** What was changed since; at first, what was changed after a moment of the server's clock. */
export function news(before: Rows | undefined, now: Rows, since: number): string[] {
  const isNew = (subject: string, row: Row): boolean =>
    before === undefined ? Number(row['at']) > since : before[subject] !== row
  return Object.entries(now).flatMap(([subject, row]) => (isNew(subject, row) ? [subject] : []))
}

/**
 * Fetch anew what is kept under these keys when something told of concerns the page.
 *
 * @param concerns beginnings of subjects (`case:`) or whole ones (`case:wo-1`)
 * @param spreadMs for pages that many have open, which any change concerns
 */
export function useChanges(concerns: readonly string[], keys: readonly QueryKey[], spreadMs = 0): void {
  const client = useQueryClient()
  const shown = useRef(keys)
  useEffect(() => {
    shown.current = keys
  })
  useTopics(TOPIC)
  const about = concerns.join(' ')
  useEffect(() => {
    if (about === '') return undefined
    const fetchAnew = (): Promise<unknown> => {
      // A page that nobody sees is fetched anew when it is looked at.
      const refetchType = document.hidden ? 'none' : 'active'
      return Promise.all(shown.current.map((queryKey) => client.invalidateQueries({ queryKey, refetchType })))
    }
    const pace = paced(fetchAnew, PAUSE_MS, spreadMs)
    const wanted = about.split(' ')
    const isAbout = (subject: string): boolean =>
      subject === EVERYTHING || wanted.some((each) => (each.endsWith(':') ? subject.startsWith(each) : subject === each))
    let seen: Rows | undefined
    const since = serverNow() - FRESH_FOR_MS
    const look = (rows: Rows | undefined): void => {
      if (rows === undefined || rows === seen) return
      if (news(seen, rows, since).some(isAbout)) pace.ask()
      seen = rows
    }
    look(useLive.getState().topics[TOPIC])
    const undo = useLive.subscribe((state) => look(state.topics[TOPIC]))
    return () => {
      undo()
      pace.stop()
    }
  }, [client, about, spreadMs])
}
