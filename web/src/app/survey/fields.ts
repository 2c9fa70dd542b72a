/** The questions of a survey as plain elements, and what was answered. */
import type { components } from '@/api/schema.generated'

import type { Language } from './words'
import { WORDS } from './words'

export type Item = components['schemas']['FormItem']
export type Answers = Record<string, unknown>

const textOf = (language: Language, zh: string, en: string | undefined): string => (language === 'en' && en ? en : zh)
const word = (answer: unknown): string => (answer === true ? 'yes' : answer === false ? 'no' : String(answer ?? ''))

/** Is a question asked, given the answers before it? */
export function isAsked(items: readonly Item[], item: Item, answers: Answers): boolean {
  return Object.entries(item.shown_if ?? {}).every(([name, values]) => {
    const other = items.find((each) => each.name === name)
    if (other === undefined || !isAsked(items, other, answers)) return false
    const answer = answers[name]
    return (Array.isArray(answer) ? answer : [answer]).some((one) => values.includes(word(one)))
  })
}

export const missing = (items: readonly Item[], answers: Answers): string[] =>
  items.filter((item) => item.required === true && isAsked(items, item, answers) && answers[item.name] === undefined).map((item) => item.name)

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  facts: Partial<HTMLElementTagNameMap[Name]> & { dataset?: Record<string, string> } = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const { dataset = {}, ...own } = facts
  const made = Object.assign(document.createElement(name), own)
  Object.assign(made.dataset, dataset)
  made.append(...children)
  return made
}

interface Choice {
  value: unknown
  label: string
  points: number | null
}

function choicesOf(item: Item, language: Language): Choice[] {
  const { yes, no } = WORDS[language]
  if (item.kind === 'yes_no' || item.kind === 'fatal') return [{ value: true, label: yes, points: null }, { value: false, label: no, points: null }]
  if (item.kind === 'points') {
    return Array.from({ length: (item.points ?? 0) + 1 }, (_, points) => ({ value: points, label: String(points), points: null }))
  }
  return (item.options ?? []).map(({ value, zh, en, points }) => ({ value, label: textOf(language, zh, en), points: points ?? null }))
}

/** Buttons to choose from; of several kinds any number may be chosen. */
function choices(item: Item, language: Language, answers: Answers, change: (answer: unknown) => void): HTMLElement {
  const isSeveral = item.kind === 'choices'
  const chosen = answers[item.name]
  const list = element('div', { className: item.kind === 'points' ? 'choices in-row' : 'choices' })
  for (const { value, label, points } of choicesOf(item, language)) {
    const input = element('input', { type: isSeveral ? 'checkbox' : 'radio', name: item.name, checked: isSeveral ? Array.isArray(chosen) && chosen.includes(value) : chosen === value })
    input.addEventListener('change', () => {
      if (!isSeveral) return change(value)
      const before = Array.isArray(answers[item.name]) ? (answers[item.name] as unknown[]) : []
      const after = input.checked ? [...before, value] : before.filter((each) => each !== value)
      change(after.length === 0 ? undefined : after)
    })
    const stars = points === null ? [] : [element('span', { className: 'stars', ariaHidden: 'true' }, '★'.repeat(Math.max(0, points)))]
    list.append(element('label', { className: 'choice', dataset: { testid: `choice-${item.name}-${word(value)}` } }, input, element('span', {}, label), ...stars))
  }
  return list
}

const INPUTS: Partial<Record<Item['kind'], string>> = { number: 'number', date: 'date', phone: 'tel' }

function typed(item: Item, id: string, answers: Answers, change: (answer: unknown) => void): HTMLElement {
  const value = answers[item.name]
  const given = value === undefined ? '' : String(value)
  const input =
    item.kind === 'long_text'
      ? element('textarea', { id, rows: 4, value: given, maxLength: item.longest ?? 1000 })
      : element('input', { id, type: INPUTS[item.kind] ?? 'text', value: given })
  input.addEventListener('input', () => {
    const text = input.value.trim()
    change(text === '' ? undefined : item.kind === 'number' ? Number(text) : text)
  })
  return input
}

/** One question with its answer; `fault` stands beneath it. */
export function question(item: Item, language: Language, answers: Answers, fault: string | null, change: (answer: unknown) => void): HTMLElement {
  const words = WORDS[language]
  const id = `item-${item.name}`
  const isChosen = ['choice', 'choices', 'yes_no', 'fatal', 'points'].includes(item.kind)
  const title = `${textOf(language, item.zh, item.en)} `
  const mark = element('span', { className: 'mark' }, item.required === true ? '*' : words.optional)
  const help = textOf(language, item.help_zh ?? '', item.help_en)
  const box = element('fieldset', { className: 'question', dataset: { testid: id } })
  box.append(isChosen ? element('legend', {}, title, mark) : element('label', { htmlFor: id, className: 'legend' }, title, mark))
  if (help !== '') box.append(element('p', { className: 'help' }, help))
  box.append(isChosen ? choices(item, language, answers, change) : typed(item, id, answers, change))
  if (fault !== null) box.append(element('p', { className: 'fault', role: 'alert' }, `■ ${fault === 'required' ? words.required : words.refused}`))
  return box
}
