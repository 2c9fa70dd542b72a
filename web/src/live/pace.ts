/**
 * Does something again and again, never oftener than every so often, and never before the last time
 * is over. What takes long is done less often: a server that is slow is asked less.
 */

/** Of the time that it may be busy with it. */
const SHARE = 0.2

export interface Paced {
  /** It shall be done: at once, or when its time has come. */
  ask(): void
  stop(): void
}

/**
 * @param act is waited for; a failure is the affair of whoever shows it
 * @param pauseMs from one beginning to the next, at least
 * @param spreadMs so that not all browsers ask in the same moment: a random wait before each
 */
export function paced(act: () => Promise<unknown>, pauseMs: number, spreadMs = 0): Paced {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isBusy = false
  let isAsked = false
  let isOver = false
  let next = -Infinity
  const run = async (): Promise<void> => {
    timer = undefined
    isAsked = false
    isBusy = true
    const begun = performance.now()
    try {
      await act()
    } finally {
      isBusy = false
      next = begun + Math.max(pauseMs, (performance.now() - begun) / SHARE)
      if (isAsked) plan()
    }
  }
  const plan = (): void => {
    if (timer !== undefined || isOver) return
    const wait = Math.max(0, next - performance.now()) + Math.random() * spreadMs
    timer = setTimeout(() => void run(), wait)
  }
  return {
    ask: () => {
      isAsked = true
      if (!isBusy) plan()
    },
    stop: () => {
      isOver = true
      clearTimeout(timer)
    },
  }
}
