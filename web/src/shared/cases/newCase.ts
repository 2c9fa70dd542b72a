/** A work order that is being written: its fields, what is missing, and what the server is sent. */
import type { CaseWish } from '@/api/cases'
import { keptAnswers, type FormItem } from '@/shared/formspec/spec'
import { instantOf } from '@/ui/zone'

export interface NewCaseFields {
  kind: string
  title: string
  content: string
  customer: string | null
  contact: string | null
  phone: string
  place: string
  device_type: string
  demand_type: string
  /** As its field has it: `2026-11-21T08:30`. */
  appointment: string
  /** Null = the type's. */
  priority: number | null
  confidential: boolean
  answers: Record<string, unknown>
}

const EMPTY: NewCaseFields = {
  kind: '',
  title: '',
  content: '',
  customer: null,
  contact: null,
  phone: '',
  place: '',
  device_type: '',
  demand_type: '',
  appointment: '',
  priority: null,
  confidential: false,
  answers: {},
}

/** An empty form with what is known already. */
export const beginCase = (known: Partial<NewCaseFields> = {}): NewCaseFields => ({ ...EMPTY, ...known })

/** Did a person write anything? What was filled in for them does not count. */
export const isWritten = (fields: NewCaseFields): boolean =>
  fields.kind !== '' || fields.title.trim() !== '' || fields.content.trim() !== '' || Object.keys(fields.answers).length > 0

export const MUST = ['kind', 'title', 'content'] as const
export type MustField = (typeof MUST)[number]

/** Fields without which nothing is sent. */
export const missingFields = (fields: NewCaseFields): MustField[] => MUST.filter((name) => fields[name].trim() === '')

export function wishOf(fields: NewCaseFields, items: readonly FormItem[], zone: string): CaseWish {
  const { appointment, answers, priority, kind, ...plain } = fields
  return {
    ...plain,
    kind,
    appointment_at: appointment === '' ? null : instantOf(appointment, zone),
    priority,
    answers: keptAnswers(items, answers),
  }
}
