/** Deadlines of the chain as an administrator reads and writes them. */
import type { WarningDeadline, WarningDeadlineWish } from '@/api/warnings'

export const MINUTE_MS = 60_000
export const CODES = ['ew.submit', 'ew.review', 'ew.return', 'ew.store', 'ew.guide', 'ew.feedback', 'ew.division', 'ew.recontact', 'ew.close', 'ew.daily_report', 'ew.daily_handle'] as const

/** Owed once a day: these end with the day and have no other time. */
export const isDaily = (code: string): boolean => code.startsWith('ew.daily')

export interface Limit {
  code: string
  /** Holds now; null before its first version. */
  now: WarningDeadline | null
  /** Set already, from a later moment on. */
  next: WarningDeadline | null
  latest: number
}

const byTime = (one: WarningDeadline, other: WarningDeadline): number => one.effective_at - other.effective_at || one.version - other.version

export function limitsOf(rules: readonly WarningDeadline[], at: number): Limit[] {
  return CODES.map((code) => {
    const own = rules.filter((rule) => rule.code === code && rule.kind === '' && rule.area_class === '')
    const begun = own.filter((rule) => rule.effective_at <= at)
    return {
      code,
      now: [...begun].sort(byTime).at(-1) ?? null,
      next: own.filter((rule) => rule.effective_at > at).sort(byTime)[0] ?? null,
      latest: Math.max(0, ...own.map((rule) => rule.version)),
    }
  })
}

export interface LimitDraft {
  minutes: number | null
  /** Shares of the time at which somebody is told, besides its end. */
  marks: number[]
  /** Null = from now on. */
  from: number | null
  note: string
}

const percents = (rule: WarningDeadline | null): number[] => (rule?.marks ?? []).flatMap((mark) => (mark.percent == null || mark.percent === 100 ? [] : [mark.percent]))

export const draftOf = ({ now }: Limit): LimitDraft => ({
  minutes: now === null ? null : Math.round(now.target / MINUTE_MS),
  marks: now === null ? [50, 80] : percents(now),
  from: null,
  note: '',
})

/** What the server is asked; unit and opening hours stay what they are. */
export function wishOf({ code, now, latest }: Limit, draft: LimitDraft, after = latest): WarningDeadlineWish {
  return {
    code,
    kind: '',
    area_class: '',
    target: (draft.minutes ?? 0) * MINUTE_MS,
    unit: now?.unit ?? 'wall',
    calendar: now?.calendar ?? '',
    marks: draft.marks.map((percent) => ({ action: 'warn', percent })),
    effective_at: draft.from,
    note: draft.note.trim(),
    after,
  }
}
