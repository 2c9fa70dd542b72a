/** One work order with its story, fetched anew when a colleague has changed it. */
import { useQuery, useQueryClient, type QueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useCallback } from 'react'

import { cases, type Case, type CaseStep } from '@/api/cases'
import { useChanges, useFollowing } from '@/live/changes'

export const caseKey = (id: string): readonly [string, string] => ['case', id]

/** By its id or its number; the story and the files beneath it are fetched anew with it. */
export function useCase(id: string): UseQueryResult<Case> {
  const found = useQuery({ queryKey: caseKey(id), queryFn: () => cases.read(id), refetchOnWindowFocus: true, refetchInterval: useFollowing() })
  const names = found.data === undefined ? [] : [found.data.id, found.data.number]
  useChanges(names.slice(0, 1).map((name) => `case:${name}`), [...new Set([id, ...names])].map(caseKey))
  return found
}

export const useStory = (id: string): UseQueryResult<CaseStep[]> =>
  useQuery({ queryKey: [...caseKey(id), 'story'], queryFn: () => cases.story(id), refetchOnWindowFocus: true, refetchInterval: useFollowing() })

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
