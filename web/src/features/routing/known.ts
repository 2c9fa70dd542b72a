/** What rules may name: queues, agents, flows, calendars, prompts; fetched once, refreshed on focus. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { routing, type AgentRule, type QueueRule } from '@/api/routing'
import { useMay } from '@/api/session'
import { isEnglish } from '@/ui/format'

/** A colleague's change is here at the latest after so long. */
export const FRESH_MS = 10_000

export interface Option {
  value: string
  label: string
}

export const queuesQuery = { queryKey: ['routing', 'queues'], queryFn: routing.queues, refetchInterval: FRESH_MS }
export const agentsQuery = { queryKey: ['routing', 'agents'], queryFn: routing.agents, refetchInterval: FRESH_MS }

export function useQueues(): QueueRule[] {
  return useQuery(queuesQuery).data ?? []
}

export function useAgents(): AgentRule[] {
  const may = useMay('users.edit')
  return useQuery({ ...agentsQuery, enabled: may }).data ?? []
}

export function useNameOf(): (thing: { name: string; name_en: string }) => string {
  const { i18n } = useTranslation()
  return ({ name, name_en }) => (isEnglish(i18n.language) ? name_en : name)
}

export function useQueueOptions(): Option[] {
  const nameOf = useNameOf()
  return useQueues().map((each) => ({ value: each.id, label: nameOf(each) }))
}

export function useAgentOptions(): Option[] {
  return useAgents().map((each) => ({ value: each.id, label: `${each.no} ${each.name}` }))
}

export function useFlowOptions(): Option[] {
  const found = useQuery({ queryKey: ['routing', 'flows'], queryFn: routing.flows })
  return (found.data ?? []).map((each) => ({ value: each.id, label: each.name }))
}

export function useCalendars(isWanted = true): Option[] {
  const nameOf = useNameOf()
  const found = useQuery({ queryKey: ['routing', 'calendars'], queryFn: routing.calendars, enabled: isWanted })
  return (found.data ?? []).map((each) => ({ value: each.id, label: nameOf(each) }))
}

export function usePrompts(isWanted = true): Option[] {
  const found = useQuery({ queryKey: ['routing', 'prompts'], queryFn: routing.prompts, enabled: isWanted })
  return [...new Set((found.data ?? []).map((each) => each.name))].sort().map((each) => ({ value: each, label: each }))
}
