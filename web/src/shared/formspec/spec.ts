/**
 * How a form of the office is read: which of its items are asked, and what the server has against the
 * answers. The rules are those of `office/form/rules.py`; the server has the last word.
 */
import type { components } from '@/api/schema.generated'
import { codeOf, factsOf } from '@/ui/problems'

type Schemas = components['schemas']

export type FormItem = Schemas['FormItem']
export type FormVersion = Schemas['FormVersionOut']
/** By item; plain JSON. A missing item is not answered. */
export type Answers = Readonly<Record<string, unknown>>
/** By item: the stable word for what is wrong with its answer. */
export type Faults = Readonly<Record<string, string>>

/** The answer to an item that does not apply here. */
export const NOT_APPLICABLE = 'n/a'

const word = (answer: unknown): string => {
  if (answer === true) return 'yes'
  if (answer === false) return 'no'
  return answer === null || answer === undefined ? '' : String(answer)
}

export const isEmpty = (answer: unknown): boolean =>
  answer === undefined || answer === null || answer === '' || (Array.isArray(answer) && answer.length === 0)

/** Is an item asked, given the answers before it? */
export function isAsked(items: readonly FormItem[], item: FormItem, answers: Answers): boolean {
  return Object.entries(item.shown_if ?? {}).every(([name, values]) => {
    const other = items.find((each) => each.name === name)
    if (other === undefined || !isAsked(items, other, answers)) return false
    const answer = answers[name]
    return (Array.isArray(answer) ? answer : [answer]).some((one) => values.includes(word(one)))
  })
}

export const askedItems = (items: readonly FormItem[], answers: Answers): FormItem[] =>
  items.filter((item) => isAsked(items, item, answers))

/** The answers without those to items that are not asked, or not answered: what the server is sent. */
export function keptAnswers(items: readonly FormItem[], answers: Answers): Record<string, unknown> {
  const asked = askedItems(items, answers).filter((item) => !isEmpty(answers[item.name]))
  return Object.fromEntries(asked.map((item) => [item.name, answers[item.name]]))
}

/** Mandatory items without an answer: marked before anything is sent. */
export function missingFaults(items: readonly FormItem[], answers: Answers): Faults {
  const missing = askedItems(items, answers).filter((item) => item.required === true && isEmpty(answers[item.name]))
  return Object.fromEntries(missing.map((item) => [item.name, 'required']))
}

/** What the server has against each answer; empty when it refused for another reason. */
export function faultsOf(error: unknown): Faults {
  if (codeOf(error) !== 'answers_refused') return {}
  return Object.fromEntries(Object.entries(factsOf(error)).map(([item, code]) => [item, String(code)]))
}

/** Items by their group, in the order of the form; items without one stand under an empty name. */
export function grouped(items: readonly FormItem[]): { group: string; items: FormItem[] }[] {
  const found: { group: string; items: FormItem[] }[] = []
  for (const item of items) {
    const last = found.at(-1)
    const group = item.group ?? ''
    if (last !== undefined && last.group === group) last.items.push(item)
    else found.push({ group, items: [item] })
  }
  return found
}
