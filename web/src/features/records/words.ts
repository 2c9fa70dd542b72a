/** The words for kinds and causes that the server names by code; an unknown one shows its code. */
import i18next from 'i18next'

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

/** The facts of a step as `name value` pairs worth showing; ids and empty values are left out. */
export function factPairs(facts: Record<string, unknown>): [string, string][] {
  return Object.entries(facts)
    .filter(([, value]) => value !== null && value !== '' && typeof value !== 'object')
    .map(([name, value]) => [
      i18next.exists(`fact.${name}`) ? i18next.t(`fact.${name}`) : name,
      name.endsWith('_ms') && typeof value === 'number' ? `${(value / 1000).toFixed(1)} s` : valueWord(value),
    ])
}
