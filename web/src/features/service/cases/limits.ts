/** How long something may take: in words, and as the fields of its editor have it. */
import { useTranslation } from 'react-i18next'

import type { CaseDeadline, DeadlineMark, TimeUnit } from '@/api/caseRules'

export const CODES = ['wo.resolve', 'wo.dispatch', 'wo.accept', 'wo.arrive', 'wo.explain', 'wo.callback', 'wo.audit'] as const
export const UNITS = ['wall', 'work_time', 'work_days', 'natural_day'] as const
/** These stand still while the calendar is closed. */
export const COUNTS_OPEN: ReadonlySet<TimeUnit> = new Set(['work_time', 'work_days'])
/** These are counted in whole days. */
const IN_DAYS: ReadonlySet<TimeUnit> = new Set(['work_days', 'natural_day'])

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

export const SCALES = { minutes: MINUTE_MS, hours: HOUR_MS, days: DAY_MS } as const
export type Scale = keyof typeof SCALES
export const isInDays = (unit: TimeUnit): boolean => IN_DAYS.has(unit)

/** Whole days, hours or minutes, whichever is the largest that fits. */
export function scaled(target: number, unit: TimeUnit): { value: number; scale: Scale } {
  if (isInDays(unit)) return { value: target / DAY_MS, scale: 'days' }
  if (target !== 0 && target % HOUR_MS === 0) return { value: target / HOUR_MS, scale: 'hours' }
  return { value: target / MINUTE_MS, scale: 'minutes' }
}

type Target = Pick<CaseDeadline, 'target' | 'unit'>

/** "30 分钟", "5 个工作日", "不设时限". */
export function useTargetWords(): (rule: Target) => string {
  const { t } = useTranslation()
  return ({ target, unit }) => {
    if (target === 0) return t('casesetup.no_deadline')
    const { value, scale } = scaled(target, unit)
    return isInDays(unit) ? t(`casesetup.target.${unit}`, { value }) : t(`casesetup.target.${unit}_${scale}`, { value })
  }
}

/** "50%", "前 30 分钟", "后 1 天 起每 1 天". */
export function useMarkWords(): (mark: DeadlineMark) => string {
  const { t } = useTranslation()
  const span = (milliseconds: number): string => {
    const { value, scale } = scaled(Math.abs(milliseconds), 'wall')
    return t(`casesetup.scale.${scale}`, { value })
  }
  return ({ percent, offset, repeat }) => {
    const at = percent != null ? `${percent}%` : (offset ?? 0) <= 0 ? t('casesetup.mark_before', { span: span(offset ?? 0) }) : t('casesetup.mark_after', { span: span(offset ?? 0) })
    return repeat == null ? at : t('casesetup.mark_repeat', { at, span: span(repeat) })
  }
}

export const keyOf = ({ code, kind, area_class }: Pick<CaseDeadline, 'code' | 'kind' | 'area_class'>): string => `${code} ${kind} ${area_class}`

export interface Deadline {
  key: string
  code: string
  kind: string
  area_class: string
  /** Oldest first. */
  versions: CaseDeadline[]
  /** The version that counts at this moment; null = it begins later. */
  inForce: CaseDeadline | null
  /** Set already, begins later. */
  coming: CaseDeadline[]
}

const place = (code: string): number => CODES.findIndex((each) => each === code)

/** Versions under what they are of: in the order of the clocks, the general rule before its exceptions. */
export function deadlinesOf(rules: readonly CaseDeadline[], now: number): Deadline[] {
  const found = new Map<string, CaseDeadline[]>()
  for (const rule of rules) found.set(keyOf(rule), [...(found.get(keyOf(rule)) ?? []), rule])
  return [...found.entries()]
    .map(([key, some]): Deadline => {
      const versions = [...some].sort((one, other) => one.version - other.version)
      const [{ code, kind, area_class }] = versions as [CaseDeadline]
      const begun = versions.filter((each) => each.effective_at <= now)
      const inForce = begun.reduce<CaseDeadline | null>((best, each) => (best === null || each.effective_at >= best.effective_at ? each : best), null)
      return { key, code, kind, area_class, versions, inForce, coming: versions.filter((each) => each.effective_at > now) }
    })
    .sort((one, other) => place(one.code) - place(other.code) || one.kind.localeCompare(other.kind) || one.area_class.localeCompare(other.area_class))
}
