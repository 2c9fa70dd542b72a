/**
 * Which tab of this browser holds the phone. A Web Lock says so: it goes with the tab, however the
 * tab ends. A tab takes it only on a person's click or when it held it before a reload, so a tab
 * whose sound is blocked never becomes the one that rings.
 */
import type { Leadership } from './state'

const PHONE_LOCK = 'lianxi-phone'
const SESSION_KEY = 'lianxi-desk-session'
/** A reloaded page waits this long for the old one to let go. */
const RELOAD_GRACE_MS = 1_500

/** A lock held until `release`; `null` when somebody else keeps it. */
async function hold(name: string, options: LockOptions, lost: () => void): Promise<(() => void) | null> {
  return new Promise((resolve) => {
    navigator.locks
      .request(name, options, (lock) => {
        if (lock === null) {
          resolve(null)
          return undefined
        }
        return new Promise<void>((release) => resolve(() => release()))
      })
      .catch(() => {
        // Aborted while waiting, or stolen while held.
        resolve(null)
        lost()
      })
  })
}

/** The name of this tab on the desk: survives a reload, but a duplicated tab gets its own. */
export async function nameTab(): Promise<string> {
  const known = sessionStorage.getItem(SESSION_KEY)
  const locks = navigator.locks as LockManager | undefined
  if (known !== null && locks !== undefined) {
    const signal = AbortSignal.timeout(RELOAD_GRACE_MS)
    const isOurs = await hold(`lianxi-tab-${known}`, { signal }, () => undefined)
    if (isOurs !== null) return known
  } else if (known !== null) {
    return known
  }
  const name = newName()
  sessionStorage.setItem(SESSION_KEY, name)
  sessionStorage.removeItem(`${SESSION_KEY}-phone`)
  if (locks !== undefined) await hold(`lianxi-tab-${name}`, {}, () => undefined)
  return name
}

/** `crypto.randomUUID` exists on secure pages only; an insecure page must at least open. */
function newName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Did this tab hold the phone before it was reloaded, and on which device? */
export function heldBefore(): string | null {
  return sessionStorage.getItem(`${SESSION_KEY}-phone`)
}

export class Leader {
  readonly #tell: (leadership: Leadership) => void
  #release: (() => void) | null = null

  constructor(tell: (leadership: Leadership) => void) {
    this.#tell = tell
  }

  /** Take the phone for this tab. `mode` says how much it may insist. */
  async take(device: string, mode: 'reload' | 'insist'): Promise<boolean> {
    if (this.#release === null) {
      this.#release = await this.#request(mode)
      if (this.#release === null) {
        this.#tell('elsewhere')
        return false
      }
    }
    sessionStorage.setItem(`${SESSION_KEY}-phone`, device)
    this.#tell('here')
    return true
  }

  /** Let go: signed out here. */
  drop(): void {
    this.#release?.()
    this.#release = null
    sessionStorage.removeItem(`${SESSION_KEY}-phone`)
    this.#tell('unknown')
  }

  async #request(mode: 'reload' | 'insist'): Promise<(() => void) | null> {
    // Without locks (an insecure page) there is no telling the tabs apart; the microphone fails there anyway.
    if ((navigator.locks as LockManager | undefined) === undefined) return () => undefined
    const options: Record<typeof mode, LockOptions> = {
      reload: { signal: AbortSignal.timeout(RELOAD_GRACE_MS) },
      insist: { steal: true },
    }
    return hold(PHONE_LOCK, options[mode], () => this.#stolen())
  }

  #stolen(): void {
    if (this.#release === null) return
    this.#release = null
    sessionStorage.removeItem(`${SESSION_KEY}-phone`)
    this.#tell('elsewhere')
  }
}
