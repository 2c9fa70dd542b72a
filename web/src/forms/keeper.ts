/**
 * A draft that is not lost: kept in this browser at once and on the server a moment later. When the
 * server cannot take it, the local copy stays and is tried again.
 */

export const SAVE_AFTER_MS = 800
/** Who types without a pause is saved all the same. */
export const SAVE_AT_LEAST_EVERY_MS = 5_000
export const RETRY_AFTER_MS = 5_000

export type SaveState = 'clean' | 'waiting' | 'saving' | 'saved' | 'failed'

export interface Kept<T> {
  value: T
  saved: SaveState
}

const keyOf = (name: string): string => `lianxi-draft-${name}`

/** The copy in this browser, or `null`; one that cannot be read is none. */
export function readLocal<T>(name: string): T | null {
  try {
    const text = localStorage.getItem(keyOf(name))
    return text === null ? null : (JSON.parse(text) as T)
  } catch {
    return null
  }
}

export class Keeper<T> {
  readonly #name: string
  readonly #save: (value: T) => Promise<unknown>
  readonly #listeners = new Set<() => void>()
  #kept: Kept<T>
  #version = 0
  #isDone = false
  /** Since when something stands here that the server has not. */
  #unsavedSince: number | null = null
  #pending: ReturnType<typeof setTimeout> | undefined

  constructor(name: string, initial: T, save: (value: T) => Promise<unknown>) {
    this.#name = name
    this.#save = save
    const left = readLocal<T>(name)
    this.#kept = { value: left ?? initial, saved: 'clean' }
    // Typed before the page was left and never taken by the server.
    if (left !== null && JSON.stringify(left) !== JSON.stringify(initial)) {
      this.#kept = { value: left, saved: 'waiting' }
      this.#later(SAVE_AFTER_MS)
    }
  }

  readonly read = (): Kept<T> => this.#kept

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  change(value: T): void {
    this.#version += 1
    this.#isDone = false
    localStorage.setItem(keyOf(this.#name), JSON.stringify(value))
    const now = Date.now()
    this.#unsavedSince ??= now
    const left = Math.max(0, this.#unsavedSince + SAVE_AT_LEAST_EVERY_MS - now)
    this.#become({ value, saved: 'waiting' })
    this.#later(Math.min(SAVE_AFTER_MS, left))
  }

  /**
   * The server's value, which another window or computer may have changed. What is typed here and not
   * saved yet stays; it is saved next.
   */
  adopt(value: T): void {
    if (this.#isDone || this.#kept.saved === 'waiting' || this.#kept.saved === 'saving' || this.#kept.saved === 'failed') return
    if (JSON.stringify(value) !== JSON.stringify(this.#kept.value)) this.#become({ ...this.#kept, value })
  }

  /** Save now what is not saved yet. */
  flush(): void {
    if (this.#kept.saved === 'waiting' || this.#kept.saved === 'failed') void this.#store()
  }

  /** The draft has become the real thing: forget the copies. */
  done(): void {
    this.#isDone = true
    clearTimeout(this.#pending)
    localStorage.removeItem(keyOf(this.#name))
    this.#become({ ...this.#kept, saved: 'clean' })
  }

  #later(milliseconds: number): void {
    clearTimeout(this.#pending)
    this.#pending = setTimeout(() => void this.#store(), milliseconds)
  }

  async #store(): Promise<void> {
    clearTimeout(this.#pending)
    const version = this.#version
    this.#unsavedSince = null
    this.#become({ ...this.#kept, saved: 'saving' })
    try {
      await this.#save(this.#kept.value)
      if (this.#isDone || this.#version !== version) return
      localStorage.removeItem(keyOf(this.#name))
      this.#become({ ...this.#kept, saved: 'saved' })
    } catch {
      // The local copy is kept and shown as unsaved; it is tried again until it is taken or done.
      if (this.#isDone || this.#version !== version) return
      this.#become({ ...this.#kept, saved: 'failed' })
      this.#later(RETRY_AFTER_MS)
    }
  }

  #become(kept: Kept<T>): void {
    this.#kept = kept
    for (const listener of this.#listeners) listener()
  }
}
