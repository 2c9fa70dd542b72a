/** What the address of the list says, and what the server is asked for it. */
import type { Asked } from '@/api/records'

import { endOfDay, startOfDay } from '@/ui/zone'

export const VIEWS = ['all', 'missed', 'voicemails', 'faxes'] as const
export type View = (typeof VIEWS)[number]

export const FILTERS = [
  'from',
  'to',
  'direction',
  'number_tail',
  'queue',
  'agent',
  'team',
  'code',
  'outcome',
  'ended_by',
  'recorded',
  'waited_from_s',
  'waited_to_s',
  'talked_from_s',
  'talked_to_s',
] as const
export type FilterName = (typeof FILTERS)[number]

/** Behind "more": seldom asked for. */
export const SELDOM: readonly FilterName[] = [
  'team',
  'code',
  'ended_by',
  'recorded',
  'waited_from_s',
  'waited_to_s',
  'talked_from_s',
  'talked_to_s',
]

export const viewOf = (search: URLSearchParams): View => VIEWS.find((view) => view === search.get('view')) ?? 'all'

/** By the server's names; days are those of the organisation's zone, `to` is the last one. */
export function askedOf(filters: Readonly<Record<string, string>>, zone: string): Asked {
  const { from, to, ...others } = filters
  return {
    ...others,
    from: startOfDay(from ?? '', zone) ?? undefined,
    to: endOfDay(to ?? '', zone) ?? undefined,
  }
}
