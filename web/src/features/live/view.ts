/** What the page shows stands in its address: it can be shared, kept, and gone back to. */
import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'

import type { AgentRow, DeskState, QueueRow } from '@/api/schema'

export type Sort = 'trouble' | 'number'
export type Look = 'list' | 'cards'

export interface View {
  team: string
  queue: string
  state: DeskState | ''
  /** Part of a name or number. */
  find: string
  /** Only queues in which somebody waits. */
  waiting: boolean
  /** Only queues that miss the target of this figure; empty for all. */
  below: string
  sort: Sort
  look: Look
}

const NAMES = ['team', 'queue', 'state', 'find', 'waiting', 'below', 'sort', 'look'] as const

export function viewOf(search: URLSearchParams): View {
  const read = (name: string): string => search.get(name) ?? ''
  return {
    team: read('team'),
    queue: read('queue'),
    state: read('state') as View['state'],
    find: read('find'),
    waiting: read('waiting') === '1',
    below: read('below'),
    sort: read('sort') === 'number' ? 'number' : 'trouble',
    look: read('look') === 'cards' ? 'cards' : 'list',
  }
}

/** As it stands in the address; what is usual is left out. */
export function searchOf(view: View, before = new URLSearchParams()): URLSearchParams {
  const after = new URLSearchParams(before)
  for (const name of NAMES) after.delete(name)
  if (view.team !== '') after.set('team', view.team)
  if (view.queue !== '') after.set('queue', view.queue)
  if (view.state !== '') after.set('state', view.state)
  if (view.find !== '') after.set('find', view.find)
  if (view.waiting) after.set('waiting', '1')
  if (view.below !== '') after.set('below', view.below)
  if (view.sort !== 'trouble') after.set('sort', view.sort)
  if (view.look !== 'list') after.set('look', view.look)
  return after
}

export const isNarrowed = (view: View): boolean =>
  view.team !== '' || view.queue !== '' || view.state !== '' || view.find !== '' || view.waiting || view.below !== ''

export const ALL: View = viewOf(new URLSearchParams())

/** Does the agent belong to what is asked for? `serves` names the queues of an agent's contact. */
export function showsAgent(view: View, row: AgentRow): boolean {
  if (view.team !== '' && row.team !== view.team) return false
  if (view.state !== '' && row.state !== view.state) return false
  if (view.queue !== '' && row.queue !== view.queue) return false
  const wanted = view.find.trim().toLowerCase()
  return wanted === '' || row.name.toLowerCase().includes(wanted) || row.no.toLowerCase().includes(wanted)
}

/** `misses` = whether the queue misses the target of the figure that is asked for. */
export function showsQueue(view: View, row: QueueRow, misses: (queue: string) => boolean = () => true): boolean {
  if (view.queue !== '' && row.id !== view.queue) return false
  if (view.below !== '' && !misses(row.id)) return false
  return !view.waiting || row.waiting > 0
}

export interface Shown {
  view: View
  change: (part: Partial<View>) => void
  /** The agent or queue in the panel beside, as `agent:8001` or `queue:sales`. */
  open: string
  setOpen: (what: string) => void
}

export function useView(): Shown {
  const [search, setSearch] = useSearchParams()
  const view = useMemo(() => viewOf(search), [search])
  const change = useCallback(
    (part: Partial<View>) => setSearch((before) => searchOf({ ...viewOf(before), ...part }, before), { replace: true }),
    [setSearch],
  )
  const setOpen = useCallback(
    (what: string) =>
      setSearch(
        (before) => {
          const after = new URLSearchParams(before)
          if (what === '') after.delete('open')
          else after.set('open', what)
          return after
        },
        { replace: true },
      ),
    [setSearch],
  )
  return { view, change, open: search.get('open') ?? '', setOpen }
}
