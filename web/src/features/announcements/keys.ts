/** What is known of announcements on this page. */
import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { announcements, type Announcement } from '@/api/announcements'
import type { WorkArea } from '@/api/cases'
import { useMay } from '@/api/session'
import { areasQuery } from '@/shared/cases/known'
import { nameIn } from '@/ui/format'

const FRESH_MS = 10_000

export const ONE = (id: string): string[] => ['announcements', 'one', id]

/** One, by its id or number; a colleague's change arrives within ten seconds. */
export function useAnnouncement(id: string): UseQueryResult<Announcement> {
  return useQuery({ queryKey: ONE(id), queryFn: () => announcements.read(id), refetchInterval: FRESH_MS })
}

/** After a change: what came of it is shown at once, lists are fetched anew. */
export function useNoted(): (after: Announcement | null) => Promise<void> {
  const client = useQueryClient()
  return async (after) => {
    if (after !== null) {
      client.setQueryData(ONE(after.id), after)
      client.setQueryData(ONE(after.number), after)
    }
    await client.invalidateQueries({ queryKey: ['announcements'] })
  }
}

export const pathOf = (number: string): string => `/announcements/${encodeURIComponent(number)}`

/** Work areas, for who may see work orders. */
export const useAreas = (): readonly WorkArea[] =>
  useQuery({ ...areasQuery, enabled: useMay('cases.read') }).data ?? []

/** What a work area is called; its id where that is not known. */
export function useAreaName(): (id: string) => string {
  const { i18n } = useTranslation()
  const areas = useAreas()
  return (id) => {
    const area = areas.find((each) => each.id === id)
    return area === undefined ? id : nameIn(i18n.language, { name: area.zh, name_en: area.en })
  }
}
