/**
 * Keyboard shortcuts in one place: never while an input method composes, letters and digits never
 * while a field has the focus.
 */
import { useEffect, useRef } from 'react'
import { tinykeys } from 'tinykeys'

export type Shortcuts = Record<string, (event: KeyboardEvent) => void>

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
const isPlain = (keys: string): boolean => /^[^+ ]$/.test(keys) || /^[a-z0-9/?]$/i.test(keys)

const OWN_ARROWS = 'input, select, textarea, [role=slider], [role=radiogroup], [role=menu], [role=listbox], [role=tablist]'

/** The arrows belong to what has the focus when it is something that is moved by them. */
const isTaken = (keys: string, target: EventTarget | null): boolean =>
  keys.startsWith('Arrow') && target instanceof Element && target.closest(OWN_ARROWS) !== null

/** Guard every handler against composition, repeats and typing. */
export function guarded(shortcuts: Shortcuts): Shortcuts {
  const entries = Object.entries(shortcuts).map(([keys, act]) => {
    const run = (event: KeyboardEvent): void => {
      if (isComposing(event) || event.repeat) return
      if (isPlain(keys) && isInField(event.target)) return
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
  const names = Object.keys(shortcuts).join(' | ')
  useEffect(() => {
    const bound = Object.fromEntries(
      names.split(' | ').map((keys) => [keys, (event: KeyboardEvent) => latest.current[keys]?.(event)]),
    )
    return tinykeys(window, guarded(bound))
  }, [names])
}
