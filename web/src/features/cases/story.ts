/** What happened to a work order, as lines that people read. */
import type { CaseStep } from '@/api/cases'

export const VIEWS = ['all', 'talk', 'flow', 'files'] as const
export type StoryView = (typeof VIEWS)[number]

/** What was said with the customer and among each other. */
const TALK = new Set([
  'note', 'respond', 'urge', 'attach', 'progress', 'callback_missed', 'callback_closed', 'callback_unsatisfied', 'supervise', 'create',
])

export function isInView(step: CaseStep, view: StoryView): boolean {
  switch (view) {
    case 'talk':
      return TALK.has(step.event)
    case 'flow':
      return step.before !== step.after
    case 'files':
      return step.act.startsWith('case_file.')
    default:
      return true
  }
}

/** Facts that stand in the line itself, or mean nothing to people. */
const SILENT = new Set(['event', 'round', 'number', 'kind', 'post', 'on', 'merged_into', 'file', 'bytes', 'sha256'])

export type FactKind = 'area' | 'person' | 'contact' | 'result' | 'yes_no' | 'minutes' | 'word' | 'plain'

const KINDS: Readonly<Record<string, FactKind>> = {
  area: 'area',
  person: 'person',
  contact: 'contact',
  result: 'result',
  visited: 'yes_no',
  minutes: 'minutes',
  notice: 'word',
  channel: 'word',
  why: 'word',
}

export interface StoryFact {
  name: string
  kind: FactKind
  value: unknown
}

/** What an event brought, worth reading. */
export const factsOf = (step: CaseStep): StoryFact[] =>
  Object.entries(step.facts)
    .filter(([name, value]) => !SILENT.has(name) && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0) && value !== false)
    .map(([name, value]) => ({ name, kind: KINDS[name] ?? 'plain', value }))

/** The name of the words for what happened: the event, or the act where it was none of the flow. */
export const nameOf = (step: CaseStep): string => {
  if (step.event === 'supervise' && step.facts['on'] === false) return 'supervise_off'
  return step.event === '' ? step.act : step.event
}
