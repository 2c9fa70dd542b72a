/** The hops as they are drawn: one below the other by rounds, what ran beside one beside it. */
import type { WarningHop } from '@/api/warnings'

export interface Rung {
  hop: WarningHop
  /** Deadlines that began while this hop had it: they ran at the same time. */
  beside: WarningHop[]
}

export interface RoundOfHops {
  round: number
  rungs: Rung[]
}

/** Rounds in their order; every parallel deadline stands at the last hop that began before it. */
export function roundsOf(lines: readonly WarningHop[]): RoundOfHops[] {
  const rungs: Rung[] = lines.filter((line) => !line.is_parallel).map((hop) => ({ hop, beside: [] }))
  for (const line of lines.filter((each) => each.is_parallel)) {
    const place = rungs.findLast(({ hop }) => hop.since <= line.since) ?? rungs[0]
    place?.beside.push(line)
  }
  const rounds: RoundOfHops[] = []
  for (const rung of rungs) {
    const last = rounds.at(-1)
    if (last !== undefined && last.round === rung.hop.round) last.rungs.push(rung)
    else rounds.push({ round: rung.hop.round, rungs: [rung] })
  }
  return rounds
}

/** Used until a moment: what runs goes on, whatever the server said when it was asked. */
export const usedAt = (line: WarningHop, now: number): number => Math.max(0, (line.until ?? now) - line.since)

export const isOpen = (line: WarningHop): boolean => line.until === null

/** Open deadlines, the nearest first: what is due next. */
export const openOf = (lines: readonly WarningHop[]): WarningHop[] =>
  lines.filter((line) => isOpen(line) && line.due_at !== null).sort((one, other) => (one.due_at ?? 0) - (other.due_at ?? 0))
