/** What flows refer to: queues, calendars, agents, connectors, other flows, prompts. */
import { useQuery, type QueryKey } from '@tanstack/react-query'
import { useMemo } from 'react'

import { flows, prompts, surroundings, type Named, type Prompt, type PublishedFlow } from '@/api/flows'

export interface Around {
  queues: readonly Named[]
  calendars: readonly Named[]
  agents: readonly Named[]
  connectors: readonly Named[]
  flows: readonly Named[]
  bodies: readonly PublishedFlow[]
  prompts: readonly Prompt[]
  promptNames: readonly string[]
}

const NONE: readonly never[] = []
const FRESH_FOR_MS = 10_000

function useList<T>(queryKey: QueryKey, queryFn: () => Promise<T[]>): readonly T[] {
  return useQuery({ queryKey, queryFn, staleTime: FRESH_FOR_MS, refetchOnWindowFocus: true }).data ?? NONE
}

export function useAround(): Around {
  const queues = useList(['flow-queues'], surroundings.queues)
  const calendars = useList(['flow-calendars'], surroundings.calendars)
  const agents = useList(['flow-agents'], surroundings.agents)
  const connectors = useList(['flow-connectors'], surroundings.connectors)
  const bodies = useList(['flow-bodies'], flows.all)
  const known = useList(['prompts'], prompts.list)
  return useMemo(
    () => ({
      queues,
      calendars,
      agents,
      connectors,
      bodies,
      flows: bodies.map(({ id, name }) => ({ id, name })),
      prompts: known,
      promptNames: [...new Set(known.map((prompt) => prompt.name))],
    }),
    [queues, calendars, agents, connectors, bodies, known],
  )
}
