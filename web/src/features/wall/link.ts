/**
 * The live link of one wallboard: reconnects for ever, resumes by sequence, and is told apart from the
 * desk's link by its address. A screen proves itself by the token of its link, which stands behind
 * the `#` of the address and goes to the server as a subprotocol, never in an address.
 */
import { create } from 'zustand'

import { setClockOffset } from '@/live/clock'
import { Connection, type OpenSocket } from '@/live/connection'
import type { LinkState, Row, Rows } from '@/live/protocol'
import { applied } from '@/live/store'

export const PROTOCOL = 'lianxi.wall'
export const ASK_AGAIN_MS = 60_000

/** Why the server does not show the board. */
export type Refusal = 'revoked' | 'not_allowed' | 'gone'
const REFUSALS: Record<number, Refusal> = { 4401: 'revoked', 4403: 'not_allowed', 4404: 'gone' }

interface Wall {
  rows: Rows
  link: LinkState
  /** Our clock at the last tick; 0 before the first. */
  heard: number
  /** The server's clock at the last tick. */
  tick: number
  refused: Refusal | null
}

const NOTHING: Wall = { rows: {}, link: 'closed', heard: 0, tick: 0, refused: null }

export const useWall = create<Wall>(() => NOTHING)

export function useWallRow<T>(id: string): T | undefined {
  return useWall((state) => state.rows[id] as Row | undefined) as T | undefined
}

export function wallUrl(id: string, location: Location = window.location): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/walls/${encodeURIComponent(id)}/live`
}

/** The token of a screen's link, empty for a signed-in person. */
export const tokenIn = (hash: string): string => (/^#[\w-]{20,}$/.test(hash) ? hash.slice(1) : '')

const opened =
  (token: string): OpenSocket =>
  (url) =>
    token === '' ? new WebSocket(url) : new WebSocket(url, [PROTOCOL, token])

/** Show a board until the returned function is called. */
export function openWall(id: string, token: string, open: OpenSocket = opened(token)): () => void {
  useWall.setState(NOTHING)
  let again: ReturnType<typeof setTimeout> | undefined
  const connection = new Connection(
    {
      changed: (change) => useWall.setState((state) => ({ rows: applied(state.rows, change), refused: null })),
      link: (link) => useWall.setState({ link }),
      ticked: (offset, at) => {
        setClockOffset(offset)
        useWall.setState({ heard: Date.now(), tick: at })
      },
      woke: () => undefined,
    },
    () => [],
    (url) => {
      const socket = open(url)
      socket.addEventListener?.('close', (event) => closed(event.code))
      return socket
    },
  )
  const start = (): void => {
    connection.open(wallUrl(id))
    connection.want(['wall'])
  }
  // A link that was revoked may be wanted again tomorrow; who asks each minute burdens nobody.
  const closed = (code: number): void => {
    const refused = REFUSALS[code]
    if (refused === undefined) return
    connection.close()
    useWall.setState({ ...NOTHING, refused })
    clearTimeout(again)
    again = setTimeout(start, ASK_AGAIN_MS)
  }
  start()
  const online = (): void => connection.reconnect()
  window.addEventListener('online', online)
  return () => {
    window.removeEventListener('online', online)
    clearTimeout(again)
    connection.close()
    useWall.setState(NOTHING)
  }
}
