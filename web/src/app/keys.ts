/** The keys that people may replace by others, and how a pressed key is written down. */

export interface ProductKey {
  /** As the page that listens writes it. */
  keys: string
  labelKey: string
}

export const PRODUCT_KEYS: readonly ProductKey[] = [
  { keys: 'F2', labelKey: 'own.key_answer' },
  { keys: 'F4', labelKey: 'own.key_hang_up' },
  { keys: 'F8', labelKey: 'own.key_hold' },
  { keys: 'F9', labelKey: 'own.key_mute' },
  { keys: 'Alt+w', labelKey: 'own.key_state' },
  { keys: 'Alt+z', labelKey: 'own.key_transfer' },
  { keys: 'Alt+x', labelKey: 'own.key_consult' },
  { keys: 'Alt+s', labelKey: 'own.key_conference' },
  { keys: 'Alt+p', labelKey: 'own.key_pause' },
  { keys: 'Alt+c', labelKey: 'own.key_codes' },
  { keys: '$mod+Enter', labelKey: 'own.key_finish' },
  { keys: '$mod+k', labelKey: 'own.key_search' },
]

const HELD = new Set(['Control', 'Alt', 'Shift', 'Meta'])
const FUNCTION_KEY = /^F([1-9]|1[0-2])$/

/** The pressed key as tinykeys reads it; null while only Ctrl, Alt or Shift is held. */
export function written(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>): string | null {
  if (HELD.has(event.key)) return null
  const held = [event.ctrlKey || event.metaKey ? '$mod' : '', event.altKey ? 'Alt' : '', event.shiftKey ? 'Shift' : '']
  return [...held.filter((part) => part !== ''), event.key.length === 1 ? event.key.toLowerCase() : event.key].join('+')
}

/** Letters alone would fire while reading; a function key, or one with Ctrl or Alt, does not. */
export const mayReplace = (keys: string): boolean =>
  FUNCTION_KEY.test(keys) || (/^(\$mod|Alt)\+/.test(keys) && !/^\$mod\+[ctvwnrxaz]$/.test(keys) && !keys.endsWith('+ '))

/** The other key of the product that this one is already used for. */
export const takenBy = (keys: string, own: string, remapped: Readonly<Record<string, string>>): ProductKey | undefined =>
  PRODUCT_KEYS.find((each) => each.keys !== own && (remapped[each.keys] ?? each.keys) === keys)
