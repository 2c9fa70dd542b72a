/** The words for kinds and causes that the server names by code; an unknown one shows its code. */
import i18next from 'i18next'

import { isEnglish, nameIn, type BilingualName } from '@/ui/format'

export function ladderWord(kind: string): string {
  return i18next.exists(`ladder.${kind}`) ? i18next.t(`ladder.${kind}`) : kind
}

export function causeWord(cause: string | null): string {
  if (cause === null || cause === '') return '—'
  return i18next.exists(`cause.${cause}`) ? i18next.t(`cause.${cause}`) : cause
}

function valueWord(value: unknown): string {
  const text = String(value)
  return i18next.exists(`value.${text}`) ? i18next.t(`value.${text}`) : text
}

/** The name of a wrap-up code; a code that no list has, e.g. TIMEOUT, by its own word. */
export function dispositionWord(language: string, disposition: BilingualName | null): string {
  return disposition === null ? '—' : valueWord(nameIn(language, disposition))
}

const ENGLISH = '_en'

/**
 * The facts of a step as `name value` pairs worth showing; ids and empty values are left out. A fact
 * with an English name beside it (`queue`, `queue_en`) is shown in the language of the page.
 */
export function factPairs(facts: Record<string, unknown>): [string, string][] {
  const isInEnglish = isEnglish(i18next.language)
  return Object.entries(facts)
    .filter(([name, value]) => !name.endsWith(ENGLISH) && value !== null && value !== '' && typeof value !== 'object')
    .map(([name, value]): [string, unknown] => [name, isInEnglish ? (facts[name + ENGLISH] ?? value) : value])
    .map(([name, value]) => [
      i18next.exists(`fact.${name}`) ? i18next.t(`fact.${name}`) : name,
      name.endsWith('_ms') && typeof value === 'number' ? `${(value / 1000).toFixed(1)} s` : valueWord(value),
    ])
}
