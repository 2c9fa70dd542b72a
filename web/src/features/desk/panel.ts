/** Which drawer of the desk is open: one at a time, never a modal over the customer. */
import { create } from 'zustand'

/** How somebody else is brought in; `call` is a call of one's own. */
export type Way = 'transfer' | 'consult' | 'invite' | 'call'
export const WAYS_IN_CALL: readonly Way[] = ['transfer', 'consult', 'invite']

interface Panel {
  way: Way | null
  isFaxOpen: boolean
  /** A promise to call back: the caller of this contact, or any number. */
  promise: { contact: string | null } | null
}

export const usePanel = create<Panel>(() => ({ way: null, isFaxOpen: false, promise: null }))

export const openPanel = (way: Way): void => usePanel.setState({ way, isFaxOpen: false, promise: null })
export const openFax = (): void => usePanel.setState({ way: null, isFaxOpen: true, promise: null })
export const openPromise = (contact: string | null): void => usePanel.setState({ way: null, isFaxOpen: false, promise: { contact } })
export const closePanel = (): void => usePanel.setState({ way: null, isFaxOpen: false, promise: null })

/** Where the shell's bars end, in pixels: a drawer beneath them covers neither the state nor the call. */
export const belowTheBar = (): number => document.querySelector('.shell-top')?.getBoundingClientRect().bottom ?? 0
