/** Which points of a chart belong to a signal, and the number each signal has in the list below. */
import type { Chart, Signal } from '@/api/figures'

const CIRCLED = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳'

export const markOf = (index: number): string => CIRCLED[index] ?? `(${index + 1})`

const holds = (signal: Signal, begins: number): boolean => signal.from <= begins && begins <= signal.to

/** The signals that a point belongs to, by their place in the list. */
export const signalsAt = (chart: Chart, index: number): number[] => {
  const point = chart.points[index]
  if (point === undefined) return []
  return chart.signals.flatMap((signal, place) => (holds(signal, point.begins_at) ? [place] : []))
}

/** The signals that end at a point: their numbers stand above it. */
export function marksAt(chart: Chart, index: number): string {
  const next = chart.points[index + 1]
  return signalsAt(chart, index)
    .filter((place) => next === undefined || !holds(chart.signals[place] as Signal, next.begins_at))
    .map(markOf)
    .join('')
}
