/** What the address of the list says, and what the server is asked for it. */
import type { CaseList, CasesAsked } from '@/api/cases'
import { endOfDay, startOfDay } from '@/ui/zone'

/** The lists of the trade, in the order of the work. */
export const LISTS = [
  'open', 'to_dispatch', 'redispatch', 'returned', 'to_accept', 'handling', 'suspended', 'to_call_back', 'to_review', 'mine', 'closed', 'all',
] as const satisfies readonly CaseList[]
export type ListName = (typeof LISTS)[number]

export const FILTERS = ['text', 'phone_tail', 'kind', 'area', 'priority', 'due', 'category', 'from', 'to', 'supervised', 'warned', 'customer', 'contact'] as const
export type FilterName = (typeof FILTERS)[number]

/** Behind "more": seldom asked for. */
export const SELDOM: readonly FilterName[] = ['category', 'from', 'to', 'supervised', 'warned']

/** How soon something is due. */
export const DUES = ['over', '2h', '24h'] as const
const HOUR_MS = 3_600_000
const WITHIN_MS: Readonly<Record<string, number>> = { '2h': 2 * HOUR_MS, '24h': 24 * HOUR_MS }

export const SORTS = ['newest', 'due'] as const

export const listOf = (search: URLSearchParams): ListName => LISTS.find((list) => list === search.get('list')) ?? 'open'
export const VIEWS = ['table', 'board', 'areas'] as const
export type ViewName = (typeof VIEWS)[number]

/** How the page is looked at; what areas did is for supervisors. */
export const viewOf = (search: URLSearchParams, maySupervise: boolean): ViewName =>
  VIEWS.find((view) => view === search.get('view') && (view !== 'areas' || maySupervise)) ?? 'table'

/** By the server's names; days are those of the organisation's zone, `to` is the last one. */
export function askedOf(filters: Readonly<Record<string, string>>, zone: string, now: number): CasesAsked {
  const { from, to, due, ...others } = filters
  const within = WITHIN_MS[due ?? '']
  return {
    ...others,
    from: startOfDay(from ?? '', zone) ?? undefined,
    to: endOfDay(to ?? '', zone) ?? undefined,
    overdue_at: due === 'over' ? now : undefined,
    due_before: within === undefined ? undefined : now + within,
  }
}

const PLACE = 'lianxi-case-list'

/** The list that work orders are opened from, so that the next one is a key away. */
export interface LeftList {
  ids: readonly string[]
  /** Of its address. */
  search: string
}

export const rememberList = (left: LeftList): void => sessionStorage.setItem(PLACE, JSON.stringify(left))

export function leftList(): LeftList {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE) ?? '') as LeftList
  } catch {
    return { ids: [], search: '' }
  }
}
