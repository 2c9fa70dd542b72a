/** One warning with its story, fetched anew when a colleague has changed it. */
import { useQuery, useQueryClient, type QueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useCallback } from 'react'

import { warnings, type Warning, type WarningSheet, type WarningStep } from '@/api/warnings'
import { useChanges, useFollowing } from '@/live/changes'

const FRESH_MS = 10_000

export const warningKey = (id: string): readonly [string, string] => ['warning', id]

/** By its id or its number; the story beneath it is fetched anew with it. */
export function useWarning(id: string): UseQueryResult<Warning> {
  const found = useQuery({ queryKey: warningKey(id), queryFn: () => warnings.read(id), refetchOnWindowFocus: true, refetchInterval: useFollowing() })
  const names = found.data === undefined ? [] : [found.data.id, found.data.number]
  useChanges(names.slice(0, 1).map((name) => `warning:${name}`), [...new Set([id, ...names])].map(warningKey))
  return found
}

export const useStory = (id: string): UseQueryResult<WarningStep[]> =>
  useQuery({ queryKey: [...warningKey(id), 'story'], queryFn: () => warnings.story(id), refetchOnWindowFocus: true, refetchInterval: useFollowing() })

/** The sheet in force, or the version that a round was filled in with: that one never changes. */
export const useSheet = (version?: number): UseQueryResult<WarningSheet> =>
  useQuery({ queryKey: ['warning-sheet', version ?? 'now'], queryFn: () => warnings.sheet(version), staleTime: version === undefined ? FRESH_MS : Infinity })

/** Every list that shows warnings is old now. */
export function refresh(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: ['warnings'] })
  void client.invalidateQueries({ queryKey: ['warning-counts'] })
  void client.invalidateQueries({ queryKey: ['case'] })
}

/** Take over what the server answered: the page shows it by its id or by its number. */
export function useTakeOver(): (warning: Warning) => void {
  const client = useQueryClient()
  return useCallback(
    (warning: Warning) => {
      for (const id of [warning.id, warning.number]) {
        client.setQueryData(warningKey(id), (before: Warning | undefined) => (before === undefined && id === warning.id ? undefined : warning))
        void client.invalidateQueries({ queryKey: [...warningKey(id), 'story'] })
      }
      refresh(client)
    },
    [client],
  )
}
