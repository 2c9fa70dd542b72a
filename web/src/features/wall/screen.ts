/** What a screen that hangs on a wall for months needs: it stays awake, moves a little, renews itself. */
import { useEffect, useState, useSyncExternalStore } from 'react'

import { onClock, serverNow } from '@/live/clock'

import { useWall } from './link'
import type { BoardRow } from './rows'

export const GREY_MS = 3_000
export const BROKEN_MS = 30_000
const SHIFT_MS = 10 * 60_000
const RELOAD_HOUR = 4
const LEAST_LIFE_MS = 3 * 3_600_000

export type Freshness = 'fresh' | 'grey' | 'broken'

/** How old what is shown is, by the ticks heard. */
export function freshnessOf(heard: number, began: number, now: number): Freshness {
  const silent = now - (heard === 0 ? began : heard)
  if (silent > BROKEN_MS) return 'broken'
  return silent > GREY_MS ? 'grey' : 'fresh'
}

export function useFreshness(): Freshness {
  const heard = useWall((state) => state.heard)
  const [began] = useState(() => Date.now())
  return useSyncExternalStore(onClock, () => freshnessOf(heard, began, Date.now()))
}

/** Pixels to the right and down, another place each ten minutes: against burning in. */
export function shiftAt(now: number): { x: number; y: number } {
  const step = Math.floor(now / SHIFT_MS) % 4
  return { x: step === 1 || step === 2 ? 1 : 0, y: step >= 2 ? 1 : 0 }
}

export function useShift(): { x: number; y: number } {
  const step = useSyncExternalStore(onClock, () => Math.floor(serverNow() / SHIFT_MS))
  return shiftAt(step * SHIFT_MS)
}

/** Keep the screen from going dark, where the browser can; asked for again when the page is back. */
export function useWakeLock(): void {
  useEffect(() => {
    if (!('wakeLock' in navigator)) return
    let lock: WakeLockSentinel | undefined
    let isOver = false
    const hold = async (): Promise<void> => {
      if (document.visibilityState !== 'visible') return
      try {
        lock = await navigator.wakeLock.request('screen')
        if (isOver) await lock.release()
      } catch {
        // Refused while on battery or by policy: the board still works.
        lock = undefined
      }
    }
    const again = (): void => void hold()
    void hold()
    document.addEventListener('visibilitychange', again)
    return () => {
      isOver = true
      document.removeEventListener('visibilitychange', again)
      void lock?.release()
    }
  }, [])
}

const hourIn = (zone: string, at: number): number =>
  Number(new Intl.DateTimeFormat('en', { hour: '2-digit', hourCycle: 'h23', timeZone: zone }).format(at))

/** Is it time to load the page anew? At night once, or when the server has newer pages. */
export function isDue(board: BoardRow, firstBuild: string, began: number, now: number): boolean {
  if (board.build !== firstBuild) return true
  return now - began > LEAST_LIFE_MS && hourIn(board.time_zone, now) === RELOAD_HOUR
}

const reloadPage = (): void => window.location.reload()

/** Load the page anew when it is due, but only while the server answers: else the screen would show an error page. */
export function useRenewal(board: BoardRow | undefined, reload: () => void = reloadPage): void {
  const [began] = useState(() => Date.now())
  const [build, setBuild] = useState<string | null>(null)
  if (build === null && board !== undefined) setBuild(board.build)
  useEffect(() => {
    if (board === undefined || build === null) return
    const look = (): void => {
      const { heard } = useWall.getState()
      const isFresh = freshnessOf(heard, began, Date.now()) === 'fresh'
      if (isFresh && isDue(board, build, began, Date.now())) reload()
    }
    look()
    const looking = setInterval(look, 60_000)
    return () => clearInterval(looking)
  }, [board, build, began, reload])
}
