/** A deadline as its editor has it, and what the server is sent of it. */
import type { CaseDeadline, DeadlineMark, TimeUnit } from '@/api/caseRules'
import { instantOf } from '@/ui/zone'

import { COUNTS_OPEN, isInDays, scaled, SCALES, type Scale } from './limits'

export interface DeadlineDraft {
  code: string
  kind: string
  area_class: string
  /** Null while its field is empty. */
  value: number | null
  scale: Scale
  unit: TimeUnit
  calendar: string
  marks: DeadlineMark[]
  note: string
  isLater: boolean
  /** As its field has it: `2026-11-21T08:30`. */
  from: string
}

export const WARNINGS: readonly DeadlineMark[] = [{ action: 'warn', percent: 50 }, { action: 'warn', percent: 80 }]

const BLANK: DeadlineDraft = { code: 'wo.resolve', kind: '', area_class: '', value: 24, scale: 'hours', unit: 'wall', calendar: '', marks: [...WARNINGS], note: '', isLater: false, from: '' }

/** As the newest version has it. */
export function draftOf(rule: CaseDeadline | null): DeadlineDraft {
  if (rule === null) return BLANK
  const { code, kind, area_class, unit, calendar, marks, note } = rule
  return { ...BLANK, code, kind, area_class, ...scaled(rule.target, unit), unit, calendar, marks, note }
}

/** Another way of counting: whole days where it counts days. */
export function withUnit(draft: DeadlineDraft, unit: TimeUnit, calendars: readonly string[]): DeadlineDraft {
  const wantsCalendar = COUNTS_OPEN.has(unit)
  const [only] = calendars
  const calendar = !wantsCalendar ? '' : draft.calendar !== '' ? draft.calendar : calendars.length === 1 && only !== undefined ? only : ''
  const scale = isInDays(unit) ? 'days' : draft.scale === 'days' ? 'hours' : draft.scale
  return { ...draft, unit, calendar, scale }
}

export const targetOf = ({ value, scale }: DeadlineDraft): number => Math.round((value ?? 0) * SCALES[scale])

export const isSound = (mark: DeadlineMark): boolean => (mark.percent == null) !== (mark.offset == null)

/** What is missing, by the key of its words; null = it may be sent. */
export function gapOf(draft: DeadlineDraft, zone: string, now: number): 'value' | 'calendar' | 'from' | 'marks' | null {
  if (draft.value === null) return 'value'
  if (targetOf(draft) !== 0 && COUNTS_OPEN.has(draft.unit) && draft.calendar === '') return 'calendar'
  if (!draft.marks.every(isSound)) return 'marks'
  const from = draft.isLater ? instantOf(draft.from, zone) : now
  return from === null || from < now ? 'from' : null
}

export function wishOf(draft: DeadlineDraft, after: number, zone: string) {
  const { code, kind, area_class, unit, calendar, marks, note } = draft
  return { code, kind, area_class, target: targetOf(draft), unit, calendar, marks, note: note.trim(), after, effective_at: draft.isLater ? instantOf(draft.from, zone) : null }
}
