/** What the address of the list says, and what the server is asked for it. */
import type { WarningsAsked } from '@/api/warnings'
import { endOfDay, startOfDay } from '@/ui/zone'

export const VIEWS = ['mine', 'open', 'late', 'all'] as const
export type View = (typeof VIEWS)[number]

export const FILTERS = ['text', 'state', 'level', 'store', 'from', 'to'] as const
export type FilterName = (typeof FILTERS)[number]

export const ORDERS = ['due', 'newest'] as const

/** What waits is read by what is due first. */
export const firstOrder = (view: View): string => (view === 'all' ? 'newest' : 'due')

export const viewOf = (search: URLSearchParams): View => VIEWS.find((view) => view === search.get('view')) ?? 'mine'

/** By the server's names; days are those of the organisation's zone, `to` is the last one. */
export function askedOf(view: View, filters: Readonly<Record<string, string>>, order: string, zone: string, now: number): WarningsAsked {
  const { from, to, ...others } = filters
  return {
    ...others,
    mine: view === 'mine' ? true : undefined,
    open: view === 'all' ? undefined : true,
    late_at: view === 'late' ? now : undefined,
    from: startOfDay(from ?? '', zone) ?? undefined,
    to: endOfDay(to ?? '', zone) ?? undefined,
    sort: order === 'due' ? 'due' : undefined,
  }
}
