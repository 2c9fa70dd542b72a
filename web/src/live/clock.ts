/** The server's clock as far as the ticks tell. All timers on the page run from it. */

let offset = 0

export function setClockOffset(milliseconds: number): void {
  offset = milliseconds
}

/** Epoch milliseconds by the server's clock. */
export function serverNow(): number {
  return Date.now() + offset
}

const listeners = new Set<() => void>()
let turning: ReturnType<typeof setInterval> | undefined

/** Call `listener` four times a second until the returned function is called. One clock for the page. */
export function onClock(listener: () => void): () => void {
  listeners.add(listener)
  turning ??= setInterval(() => {
    for (const each of listeners) each()
  }, 250)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      clearInterval(turning)
      turning = undefined
    }
  }
}
