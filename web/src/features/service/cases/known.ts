/** What is kept of the server's answers about the set-up of work orders, and how long it is believed. */
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'

import { caseRules } from '@/api/caseRules'
import { areasQuery, formsQuery, typesQuery } from '@/shared/cases/known'

import { FRESH_MS } from '../keys'

const fresh = { refetchInterval: FRESH_MS, staleTime: 0 } as const

export const TYPES = typesQuery.queryKey
export const AREAS = areasQuery.queryKey
export const FORMS = formsQuery.queryKey
export const CATALOGUE = ['case-catalogue']
export const DEADLINES = ['case-deadlines']
export const PRESETS = ['case-presets']

export const useTypes = () => useQuery({ ...typesQuery, ...fresh })
export const useAreas = () => useQuery({ ...areasQuery, ...fresh })
export const useForms = () => useQuery({ ...formsQuery, ...fresh })
export const useCatalogue = () => useQuery({ queryKey: CATALOGUE, queryFn: caseRules.catalogue, ...fresh })
export const useDeadlines = () => useQuery({ queryKey: DEADLINES, queryFn: caseRules.deadlines, ...fresh })

/** People and calendars to choose among. */
export const choicesQuery = queryOptions({ queryKey: ['case-setup-choices'], queryFn: caseRules.choices, staleTime: 60_000 })

/** Who changed something, by name; one who is nobody here any more by what was written. */
export function useWho(): (user: string) => string {
  const people = useQuery(choicesQuery).data?.people ?? []
  return (user) => people.find((each) => each.id === user)?.name ?? (user === '' ? '—' : user)
}

/** Read some of it again: another part of the set-up counts or names what has changed. */
export function useReread(): (...keys: readonly (readonly unknown[])[]) => Promise<void> {
  const client = useQueryClient()
  return async (...keys) => {
    await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })))
  }
}

/** Stable names: of types, areas, items of forms. */
export const KEY = /^[a-z][a-z0-9_]{0,39}$/

/** As two versions are compared: the revision is a word. */
export type Versioned<T> = Omit<T, 'revision'> & { revision: string }
export const versioned = <T extends { revision: number }>(thing: T): Versioned<T> => ({ ...thing, revision: String(thing.revision) })
