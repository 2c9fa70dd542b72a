/** What the forms of people may choose: teams, queues, skills, roles; fresh within ten seconds. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import type { RoleCode } from '@/api/schema'
import { staff, type Team } from '@/api/staff'
import { nameIn } from '@/ui/format'

export interface Option {
  value: string
  label: string
}

const FRESH_MS = 10_000
export const ROLES: readonly RoleCode[] = ['agent', 'team_lead', 'supervisor', 'qa', 'planner', 'admin']

export const teamsQuery = { queryKey: ['people', 'teams'], queryFn: staff.teams, refetchInterval: FRESH_MS }

export const useTeams = (): Team[] => useQuery(teamsQuery).data ?? []

export function useRoleOptions(): Option[] {
  const { t } = useTranslation()
  return ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))
}

/** Teams that people can be put into; one that is closed stays for whoever is in it. */
export function useTeamOptions(kept: string | null = null): Option[] {
  const { i18n } = useTranslation()
  return useTeams()
    .filter((team) => team.closed_at === null || team.id === kept)
    .map((team) => ({ value: team.id, label: nameIn(i18n.language, team) }))
}

export function useQueueOptions(): Option[] {
  const { i18n } = useTranslation()
  const found = useQuery({ queryKey: ['people', 'queues'], queryFn: staff.queues, staleTime: FRESH_MS })
  return (found.data ?? []).map((queue) => ({ value: queue.id, label: nameIn(i18n.language, queue) }))
}

export function useSkillOptions(): Option[] {
  const found = useQuery({ queryKey: ['people', 'skills'], queryFn: staff.skills, staleTime: FRESH_MS })
  return (found.data ?? []).map(({ skill }) => ({ value: skill, label: skill }))
}

/** Names by id, an id where there is none. */
export function nameOf(options: readonly Option[], id: string): string {
  return options.find((each) => each.value === id)?.label ?? id
}
