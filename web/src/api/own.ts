/** What people decide for themselves, and what they find. */
import { queryOptions } from '@tanstack/react-query'

import { ask } from './client'
import type { components } from './schema.generated'

export type Preferences = components['schemas']['Preferences']
export type Found = components['schemas']['SearchFound']

export const own = {
  preferences: () => ask<Preferences>('GET', '/preferences'),
  prefer: (chosen: Preferences) => ask<Preferences>('PUT', '/preferences', { body: chosen }),
  changePassword: (present: string, wanted: string) => ask<void>('POST', '/profile/password', { body: { present, wanted } }),
  search: (q: string, signal?: AbortSignal) => ask<Found>('GET', '/search', { query: { q }, ...(signal === undefined ? {} : { signal }) }),
}

export const preferencesQuery = queryOptions({
  queryKey: ['preferences'],
  queryFn: own.preferences,
  staleTime: Infinity,
})
