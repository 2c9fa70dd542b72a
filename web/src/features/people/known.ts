/** What the forms of people may choose: teams, queues, skills, roles; fresh within ten seconds. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { staff, type Team } from '@/api/staff'
import { nameIn } from '@/ui/format'

export interface Option {
  value: string
  label: string
}

const FRESH_MS = 10_000

export const teamsQuery = { queryKey: ['people', 'teams'], queryFn: staff.teams, refetchInterval: FRESH_MS }

export const useTeams = (): Team[] => useQuery(teamsQuery).data ?? []

export const rolesQuery = { queryKey: ['people', 'roles'], queryFn: staff.roles, refetchInterval: FRESH_MS }

export function useRoleOptions(): Option[] {
  const { i18n } = useTranslation()
  return (useQuery(rolesQuery).data ?? []).map((role) => ({ value: role.id, label: nameIn(i18n.language, role) }))
}

/** Roles that people can be given; one that is beyond the caller stays for whoever has it. */
export function useGivableRoles(kept: string): Option[] {
  const options = useRoleOptions()
  const roles = useQuery(rolesQuery).data ?? []
  return options.filter((each) => each.value === kept || roles.some((role) => role.id === each.value && role.givable))
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
