/** How contacts went through nodes, of all versions that had the node. */
import type { NodeCount } from '@/api/flows'

export interface Passed {
  entered: number
  here: number
  gone: number
}

export function passedBy(counts: readonly NodeCount[], version: number | null): Record<string, Passed> {
  const found: Record<string, Passed> = {}
  for (const count of counts) {
    if (version !== null && count.version !== version) continue
    const before = found[count.node] ?? { entered: 0, here: 0, gone: 0 }
    found[count.node] = {
      entered: before.entered + count.entered,
      here: before.here + count.here,
      gone: before.gone + (count.left['caller_gone'] ?? 0),
    }
  }
  return found
}

/** The share of those who came and hung up; null where nobody came. */
export const dropOff = (entered: number, gone: number): number | null => (entered === 0 ? null : gone / entered)
