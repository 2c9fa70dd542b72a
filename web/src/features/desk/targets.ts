/** The rows of the panel: which one is chosen, what speaks against it, what is asked with it. */
import { useQuery } from '@tanstack/react-query'

import { handing, type TargetRow, type To } from '@/api/handing'

import type { Way } from './panel'

const NEWER_EVERY_MS = 3_000

export function useTargets(sought: string): { rows: TargetRow[]; isLoading: boolean; error: unknown; again: () => void } {
  const found = useQuery({
    queryKey: ['desk', 'targets', sought],
    queryFn: ({ signal }) => handing.targets(sought, signal),
    // States and waits change while the panel is open.
    refetchInterval: NEWER_EVERY_MS,
    placeholderData: (former) => former,
    gcTime: 0,
  })
  return { rows: found.data ?? [], isLoading: found.isPending, error: found.error, again: () => void found.refetch() }
}

export const keyOf = (row: TargetRow): string => `${row.kind} ${row.id}`

export function toOf(row: TargetRow): To {
  if (row.kind === 'queue') return { queue: row.id }
  return row.kind === 'agent' ? { agent: row.id } : { number: row.id }
}

/** The code of what speaks against it, or `null`. */
export const against = (row: TargetRow, way: Way): string | null => row.why_not[way] ?? null

/** Rows in the way that is asked for; whom one never calls is left out. */
export function rowsFor(rows: readonly TargetRow[], way: Way): TargetRow[] {
  return way === 'call' ? rows.filter((row) => row.kind !== 'queue') : [...rows]
}

/** What is chosen: what the person moved to as long as it is there, else the first that can be done. */
export function chosenOf(rows: readonly TargetRow[], way: Way, moved: string | null): TargetRow | null {
  const kept = rows.find((row) => keyOf(row) === moved)
  return kept ?? rows.find((row) => against(row, way) === null) ?? rows[0] ?? null
}

/** The row above or below; the ends are ends. */
export function neighbour(rows: readonly TargetRow[], from: TargetRow | null, by: 1 | -1): TargetRow | null {
  const at = from === null ? -1 : rows.findIndex((row) => keyOf(row) === keyOf(from))
  return rows[Math.min(rows.length - 1, Math.max(0, at + by))] ?? from
}
