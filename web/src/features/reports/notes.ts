/** Where the notes of a chart stand: each at the first point whose stretch of time holds its day. */
import type { Chart, Note } from '@/api/figures'
import { dayAt } from '@/ui/zone'


/** The point of a note; -1 where its day has none (it is not over, or nothing was measured). */
export function pointOf(note: Pick<Note, 'day'>, chart: Pick<Chart, 'points'>, zone: string): number {
  return chart.points.findIndex((point) => dayAt(point.begins_at, zone) <= note.day && note.day <= dayAt(point.ends_at - 1, zone))
}

/** The places in the list of the notes at each point. */
export function placesOf(notes: readonly Note[], chart: Pick<Chart, 'points'>, zone: string): Map<number, number[]> {
  const found = new Map<number, number[]>()
  for (const [place, note] of notes.entries()) {
    const at = pointOf(note, chart, zone)
    if (at >= 0) found.set(at, [...(found.get(at) ?? []), place])
  }
  return found
}
