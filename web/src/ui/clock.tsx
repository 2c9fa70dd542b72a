/** The clock that timers on the page run from. The app gives the server's; alone it is the browser's. */
import { createContext, useContext, useEffect, useRef, useSyncExternalStore, type ReactElement } from 'react'

import { duration } from './format'

export interface Clock {
  now(): number
  /** Call back several times a second until the returned function is called. */
  subscribe(listener: () => void): () => void
}

const BROWSER_CLOCK: Clock = {
  now: () => Date.now(),
  subscribe: (listener) => {
    const turning = setInterval(listener, 250)
    return () => clearInterval(turning)
  },
}

export const ClockContext = createContext<Clock>(BROWSER_CLOCK)

/** Whole seconds of the clock; renders once a second. */
export function useSeconds(): number {
  const clock = useContext(ClockContext)
  return useSyncExternalStore(clock.subscribe, () => Math.floor(clock.now() / 1000))
}

export interface TimerProps {
  /** Epoch milliseconds. */
  since: number
  /** Milliseconds to add, e.g. what was held before. */
  plus?: number
  /** Count down to `since` instead of up from it. */
  isCountdown?: boolean
}

/** Time since an instant. Writes the text itself: a running clock renders no component. */
export function Timer({ since, plus = 0, isCountdown = false }: TimerProps): ReactElement {
  const clock = useContext(ClockContext)
  const text = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    let shown = ''
    const write = () => {
      const passed = isCountdown ? since - clock.now() : clock.now() - since
      const next = duration(passed + plus)
      if (next !== shown && text.current !== null) text.current.textContent = next
      shown = next
    }
    write()
    return clock.subscribe(write)
  }, [clock, since, plus, isCountdown])
  return <span ref={text} className="timer" />
}
