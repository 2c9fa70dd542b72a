/** What the picture of a recording tells: where nobody speaks, and where things happened in it. */
import type { LadderStep, Peaks } from '@/api/schema'

export interface Span {
  from_ms: number
  to_ms: number
}

/** Louder than this, of 1, and somebody speaks: background and line noise stay below. */
const SPEECH = 0.03
/** Shorter pauses belong to speech. */
const SHORTEST_MS = 2_000
/** Left of each silence, so that a word's beginning is not cut. */
const MARGIN_MS = 300

/** The stretches in which neither side speaks, each a little shortened. */
export function silences(peaks: Peaks): Span[] {
  const buckets = Math.max(0, ...peaks.channels.map((channel) => channel.length))
  if (buckets === 0 || peaks.duration_ms <= 0) return []
  const width = peaks.duration_ms / buckets
  const found: Span[] = []
  let begun: number | null = null
  for (let at = 0; at <= buckets; at += 1) {
    const isQuiet = at < buckets && peaks.channels.every((channel) => (channel[at] ?? 0) < SPEECH)
    if (isQuiet) {
      begun ??= at
      continue
    }
    if (begun !== null && (at - begun) * width >= SHORTEST_MS) {
      found.push({ from_ms: begun * width + MARGIN_MS, to_ms: Math.max(begun * width, at * width - MARGIN_MS) })
    }
    begun = null
  }
  return found
}

/** Where to go on when `at_ms` lies within a silence; `null` when somebody speaks there. */
export function afterSilence(spans: readonly Span[], at_ms: number): number | null {
  return spans.find((span) => at_ms >= span.from_ms && at_ms < span.to_ms)?.to_ms ?? null
}

/** A rung's place in the recording, in milliseconds; `null` before its beginning and after its end. */
export function placeOf(step: LadderStep, began: number | null, duration_ms: number | null): number | null {
  if (began === null || duration_ms === null) return null
  const offset = step.at - began
  return offset >= 0 && offset <= duration_ms ? offset : null
}
