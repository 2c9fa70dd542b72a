/**
 * Parts of pages that are fetched when they are needed.
 *
 * Without this a part that is asked for while the server starts anew fails for ever, and takes the
 * whole page with it, the telephone too. Here it is asked for again until it comes.
 */
import { lazy, type ComponentType, type LazyExoticComponent } from 'react'

export const FIRST_WAIT_MS = 250
export const LONGEST_WAIT_MS = 4_000
/** Longer than a server takes to start; who waits longer is told by the boundary around the part. */
export const GIVE_UP_AFTER_MS = 120_000

const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds))

/**
 * Fetch until it comes.
 *
 * @param fetch asked again after 0.25 s, 0.5 s, ... 4 s
 * @throws what the last attempt threw, once two minutes are over
 */
export async function insist<T>(fetch: () => Promise<T>): Promise<T> {
  let passed = 0
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    try {
      return await fetch()
    } catch (error) {
      if (passed >= GIVE_UP_AFTER_MS) throw error
    }
    await pause(wait)
    passed += wait
  }
}

/** A component that is fetched, with whatever it needs, when it is first shown. */
export function late<Props>(fetch: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: await insist(fetch) }))
}
