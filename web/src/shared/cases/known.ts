/** The names of types, areas and posts of work orders, and the forms of types. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { caseSetUp, type CaseForm, type CaseType, type WorkArea } from '@/api/cases'
import { textIn } from '@/ui/format'

const SELDOM_CHANGED_MS = 60_000

export const typesQuery = queryOptions({ queryKey: ['case-types'], queryFn: caseSetUp.types, staleTime: SELDOM_CHANGED_MS })
export const areasQuery = queryOptions({ queryKey: ['work-areas'], queryFn: caseSetUp.areas, staleTime: SELDOM_CHANGED_MS })
export const formsQuery = queryOptions({ queryKey: ['case-forms'], queryFn: caseSetUp.forms, staleTime: SELDOM_CHANGED_MS })

export interface CaseNames {
  types: readonly CaseType[]
  areas: readonly WorkArea[]
  kind(kind: string): string
  area(area: string | null): string
  /** `post:dispatch`, `area:north`, `user:…`: whose a deadline is. */
  owner(post: string): string
}

export function useCaseNames(): CaseNames {
  const { t, i18n } = useTranslation()
  const types = useQuery(typesQuery).data ?? []
  const areas = useQuery(areasQuery).data ?? []
  const named = (thing: { zh: string; en: string } | undefined, otherwise: string): string =>
    thing === undefined ? otherwise : textIn(i18n.language, thing.zh, thing.en)
  const area = (id: string | null): string => (id === null ? '—' : named(areas.find((each) => each.id === id), id))
  return {
    types,
    areas,
    area,
    kind: (kind) => named(types.find((each) => each.kind === kind), kind),
    owner: (post) => {
      if (post.startsWith('area:')) return area(post.slice('area:'.length))
      const name = post.slice('post:'.length)
      return post.startsWith('post:') && i18n.exists(`cases.post.${name}`) ? t(`cases.post.${name}`) : post
    },
  }
}

/** The form of a type in its version in force; null where the type asks nothing more. */
export function useFormOf(type: CaseType | undefined): { form: CaseForm | null; isPending: boolean; error: unknown } {
  const forms = useQuery({ ...formsQuery, enabled: type !== undefined && type.form !== '' })
  const form = type === undefined || type.form === '' ? null : (forms.data?.find((each) => each.kind === type.form) ?? null)
  return { form, isPending: forms.isLoading, error: forms.error }
}
