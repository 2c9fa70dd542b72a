/** Alarm rules in words, and the names of whom and where they concern. */
import { useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'

import type { AlarmRule } from '@/api/alarms'
import { centre } from '@/api/calls'
import { staff } from '@/api/staff'
import { nameIn } from '@/ui/format'

export interface Known {
  queues: Map<string, string>
  roles: Map<string, string>
  teams: Map<string, string>
  /** What is not there cannot be told from what is not known yet. */
  isQueuesKnown: boolean
}

const SELDOM_MS = 60_000

export function useKnownTold(): Known {
  const { i18n } = useTranslation()
  const language = i18n.language
  const queues = useQuery({ queryKey: ['queues'], queryFn: centre.queues, staleTime: SELDOM_MS })
  const roles = useQuery({ queryKey: ['people', 'roles'], queryFn: staff.roles, staleTime: SELDOM_MS })
  const teams = useQuery({ queryKey: ['people', 'teams'], queryFn: staff.teams, staleTime: SELDOM_MS })
  const named = (rows: readonly { id: string; name: string; name_en: string }[] | undefined): Map<string, string> =>
    new Map((rows ?? []).map((row) => [row.id, nameIn(language, row)]))
  return {
    queues: named(queues.data),
    teams: named(teams.data),
    roles: named(roles.data),
    isQueuesKnown: queues.data !== undefined,
  }
}

/** One rule of a kind for the centre, and one for each queue. */
export const keyOf = (rule: { kind: string; queue?: string | null }): string => `${rule.kind} ${rule.queue ?? ''}`

export function whoOf(t: TFunction, rule: AlarmRule, known: Known): string {
  const names = [...(rule.roles ?? []).map((role) => known.roles.get(role) ?? role), ...(rule.teams ?? []).map((team) => known.teams.get(team) ?? team)]
  return names.length === 0 ? t('system.everybody') : names.join(t('system.comma'))
}

/** How and who, in one line. */
export function howOf(t: TFunction, rule: AlarmRule, known: Known): string {
  const ways = rule.ways ?? []
  const mails = rule.mails ?? []
  if (ways.length === 0 && mails.length === 0) return t('system.floor_only')
  const quiet = (rule.quiet ?? []).map(({ since, until }) => `${since}–${until}`).join(t('system.comma'))
  const parts = ways.length === 0 ? [] : [ways.map((way) => t(`system.way.${way}`)).join(t('system.comma'))]
  if (ways.some((way) => way !== 'webhook')) parts.push(whoOf(t, rule, known))
  if (mails.length > 0) parts.push(t('system.alarm_mailed', { to: mails.join(t('system.comma')) }))
  if (quiet !== '') parts.push(t('system.quiet_hours', { hours: quiet }))
  return parts.join(' · ')
}

export const limitWords = (t: TFunction, rule: AlarmRule): string =>
  rule.limit == null ? '' : rule.kind === 'many_waiting' ? `${rule.limit} ${t('system.unit.people')}` : `${rule.limit / 1_000} ${t('system.unit.ms')}`

/** The whole rule, for comparing versions. */
export function told(t: TFunction, rule: AlarmRule, known: Known): string {
  const where = rule.queue == null ? t('system.whole_centre') : (known.queues.get(rule.queue) ?? rule.queue)
  const parts = [t(`system.alarm.${rule.kind}`), where, rule.is_on ? '●' : '○', limitWords(t, rule), howOf(t, rule, known)]
  return parts.filter((part) => part !== '').join(' · ')
}
