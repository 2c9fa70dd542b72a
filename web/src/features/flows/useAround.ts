/** What flows refer to: queues, calendars, agents, connectors, skills, other flows, prompts. */
import { useQuery, type QueryKey } from '@tanstack/react-query'
import { useMemo } from 'react'

import { flows, prompts, surroundings, type FlowAround, type Named, type Prompt, type PublishedFlow } from '@/api/flows'

export interface Around extends FlowAround {
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

const NOWHERE: FlowAround = { queues: [], calendars: [], agents: [], connectors: [], skills: [], numbers: [] }

export function useAround(): Around {
  const named = useQuery({ queryKey: ['flow-surroundings'], queryFn: surroundings.all, staleTime: FRESH_FOR_MS, refetchOnWindowFocus: true }).data ?? NOWHERE
  const bodies = useList(['flow-bodies'], flows.all)
  const known = useList(['prompts'], prompts.list)
  return useMemo(
    () => ({
      ...named,
      bodies,
      flows: bodies.map(({ id, name }) => ({ id, name })),
      prompts: known,
      promptNames: [...new Set(known.map((prompt) => prompt.name))],
    }),
    [named, bodies, known],
  )
}
