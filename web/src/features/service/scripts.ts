/** Scripts as they are edited: new steps, and what differs between two versions. */
import type { ScriptContent, ScriptStep } from '@/api/scripts'

export const SCRIPTS = ['service', 'scripts']
export const PLACES = ['service', 'script-places']

export const KINDS = ['say', 'ask', 'mandatory', 'branch', 'timed', 'phrase'] as const
export const CALLS = ['all', 'in', 'out'] as const
export const FILLS = ['nothing', 'disposition', 'note'] as const
export const CLOCKS = ['waiting', 'back'] as const
export const PLACEHOLDERS = ['agent_no', 'company', 'customer', 'last_contact_date', 'last_contact_topic'] as const

export const BLANK_STEP: ScriptStep = {
  id: '', kind: 'say', text: '', text_en: '', calls: 'all', fills: 'nothing', then: '', answers: [], clock: 'waiting', after_s: 10,
}

export const blankScript = (name: string): ScriptContent => ({ name, name_en: '', queues: [], numbers: [], steps: [] })

/** Steps with an id each: those that were just added get the first free one. */
export function identified(steps: readonly ScriptStep[]): ScriptStep[] {
  const taken = new Set(steps.map((step) => step.id))
  let free = 1
  return steps.map((step) => {
    if (step.id !== '') return step
    while (taken.has(`s${free}`)) free += 1
    taken.add(`s${free}`)
    return { ...step, id: `s${free}` }
  })
}

export interface ScriptChange {
  /** A step's id; empty: the script as a whole. */
  step: string
  kind: 'added' | 'removed' | 'changed' | 'moved'
  fields: { field: string; before: unknown; after: unknown }[]
}

const value = (thing: object, name: string): unknown => (thing as Record<string, unknown>)[name]
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

const WHOLE = ['name', 'name_en', 'queues', 'numbers']
const OF_STEP = Object.keys(BLANK_STEP).filter((name) => name !== 'id')

function fieldsOf(before: object, after: object, names: readonly string[]): ScriptChange['fields'] {
  return names
    .filter((name) => !same(value(before, name), value(after, name)))
    .map((field) => ({ field, before: value(before, field), after: value(after, field) }))
}

/** What differs: the whole first, then step by step in the order of the newer version. */
export function diffScripts(before: ScriptContent, after: ScriptContent): ScriptChange[] {
  const found: ScriptChange[] = []
  const whole = fieldsOf(before, after, WHOLE)
  if (whole.length > 0) found.push({ step: '', kind: 'changed', fields: whole })
  const former = new Map(before.steps.map((step) => [step.id, step]))
  const now = new Set(after.steps.map((step) => step.id))
  for (const step of before.steps) if (!now.has(step.id)) found.push({ step: step.id, kind: 'removed', fields: [] })
  const stayed = before.steps.map((step) => step.id).filter((id) => now.has(id))
  let place = 0
  for (const step of after.steps) {
    const was = former.get(step.id)
    if (was === undefined) {
      found.push({ step: step.id, kind: 'added', fields: [] })
      continue
    }
    const fields = fieldsOf(was, step, OF_STEP)
    const isMoved = stayed[place] !== step.id
    place += 1
    if (fields.length > 0) found.push({ step: step.id, kind: 'changed', fields })
    else if (isMoved) found.push({ step: step.id, kind: 'moved', fields: [] })
  }
  return found
}
