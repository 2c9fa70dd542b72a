/** One work order with its story, fetched anew when the window gets the focus and every ten seconds. */
import { useQuery, useQueryClient, type QueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useCallback } from 'react'

import { cases, type Case, type CaseStep } from '@/api/cases'

const FOLLOW_EVERY_MS = 10_000
const FOLLOWED = { refetchOnWindowFocus: true, refetchInterval: FOLLOW_EVERY_MS } as const

export const caseKey = (id: string): readonly [string, string] => ['case', id]

export const useCase = (id: string): UseQueryResult<Case> => useQuery({ queryKey: caseKey(id), queryFn: () => cases.read(id), ...FOLLOWED })

export const useStory = (id: string): UseQueryResult<CaseStep[]> =>
  useQuery({ queryKey: [...caseKey(id), 'story'], queryFn: () => cases.story(id), ...FOLLOWED })

/** Everything that shows work orders is old now. */
export function refresh(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: ['cases'] })
  void client.invalidateQueries({ queryKey: ['case-counts'] })
  void client.invalidateQueries({ queryKey: ['customer-timeline'] })
}

/** Take over what the server answered, wherever this work order is shown. */
export function useTakeOver(): (it: Case) => void {
  const client = useQueryClient()
  return useCallback(
    (it: Case) => {
      for (const id of [it.id, it.number]) {
        client.setQueryData(caseKey(id), (before: Case | undefined) => (before === undefined && id === it.number ? undefined : it))
        void client.invalidateQueries({ queryKey: [...caseKey(id), 'story'] })
      }
      refresh(client)
    },
    [client],
  )
}
