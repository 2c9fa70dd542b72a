/**
 * Keyboard shortcuts in one place: never while an input method composes, letters and digits never
 * while a field has the focus. A person may choose other keys, and may switch the single letters off.
 */
import { useEffect, useRef } from 'react'
import { tinykeys } from 'tinykeys'
import { create } from 'zustand'

export type Shortcuts = Record<string, (event: KeyboardEvent) => void>

/** What a person chose; read from the server at sign-in. */
export interface KeyChoices {
  /** Keys without Ctrl or Alt do nothing (WCAG 2.1.4). */
  isPlainOff: boolean
  /** The product's key and the person's own one, e.g. `{'Alt+w': 'Alt+q'}`. */
  remapped: Readonly<Record<string, string>>
}

export const useKeyChoices = create<KeyChoices>(() => ({ isPlainOff: false, remapped: {} }))

const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229

/** Is a person typing into something? */
export function isInField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable) return true
  if (target instanceof HTMLInputElement) {
    return !['button', 'checkbox', 'radio', 'submit', 'range'].includes(target.type)
  }
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}

/** A single printable key: it must not fire while a person types. */
export const isPlain = (keys: string): boolean => /^(Shift\+)?[^+ ]$/.test(keys)

/** On most keyboards a question mark is typed with Shift, on some without. */
const typed = (keys: string): string[] => (keys === '?' ? ['?', 'Shift+?'] : [keys])

const OWN_ARROWS = 'input, select, textarea, [role=slider], [role=radiogroup], [role=menu], [role=listbox], [role=tablist]'

/** The arrows belong to what has the focus when it is something that is moved by them. */
const isTaken = (keys: string, target: EventTarget | null): boolean =>
  keys.startsWith('Arrow') && target instanceof Element && target.closest(OWN_ARROWS) !== null

/** The key a person uses for one of the product's. */
export const mappedKeys = (keys: string, remapped: KeyChoices['remapped']): string => remapped[keys] ?? keys

const WORDS: Record<string, string> = { $mod: 'Ctrl', ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc' }

/** Keys as they stand on a keyboard: `$mod+k` is `Ctrl+K`. */
export const keysText = (keys: string): string =>
  keys
    .split('+')
    .map((part) => WORDS[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join('+')

/** Guard every handler against composition, repeats and typing. */
export function guarded(shortcuts: Shortcuts): Shortcuts {
  const entries = Object.entries(shortcuts).map(([keys, act]) => {
    const run = (event: KeyboardEvent): void => {
      if (isComposing(event) || event.repeat) return
      if (isPlain(keys) && (isInField(event.target) || useKeyChoices.getState().isPlainOff)) return
      if (isTaken(keys, event.target)) return
      event.preventDefault()
      act(event)
    }
    return [keys, run] as const
  })
  return Object.fromEntries(entries)
}

/** Listen for shortcuts on the whole page while the component is mounted. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts)
  useEffect(() => {
    latest.current = shortcuts
  })
  const remapped = useKeyChoices((state) => state.remapped)
  const names = Object.keys(shortcuts).join(' | ')
  useEffect(() => {
    const bound = Object.fromEntries(
      names
        .split(' | ')
        .filter((keys) => keys !== '')
        .flatMap((keys) =>
          typed(mappedKeys(keys, remapped)).map((each) => [each, (event: KeyboardEvent) => latest.current[keys]?.(event)]),
        ),
    )
    return tinykeys(window, guarded(bound))
  }, [names, remapped])
}
