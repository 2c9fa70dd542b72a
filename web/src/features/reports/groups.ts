/** The founding metrics stand as tiles; the others are folded by what they are about. */
import type { MetricEntry } from '@/api/figures'

const GROUPS: Record<string, readonly string[]> = {
  access: ['L07', 'L08', 'L09', 'L20', 'L21'],
  time: ['L02', 'L03'],
  quality: ['L10', 'L17', 'L18'],
  people: ['L01', 'L04', 'L05', 'L06', 'L11', 'L19'],
  process: ['L12', 'L13', 'L14', 'L16', 'L23'],
  outbound: ['L15', 'L22'],
}
const COUNTS = 'counts'
const OTHER = 'other'

const byNumber = (one: MetricEntry, other: MetricEntry): number => one.no.localeCompare(other.no)
const isCount = (metric: MetricEntry): boolean => metric.no === '' && metric.unit === 'count'
const isSide = (metric: MetricEntry): boolean => metric.no === '' && metric.unit !== 'count'
export const isFounding = (metric: MetricEntry): boolean => /^K\d/.test(metric.no)

export interface Group {
  id: string
  metrics: MetricEntry[]
}

/** The founding metrics by their numbers. */
export const founding = (metrics: MetricEntry[]): MetricEntry[] => metrics.filter(isFounding).sort(byNumber)

/** All others in their groups; a metric that no group names stands in the last one. */
export function grouped(metrics: MetricEntry[]): Group[] {
  const rest = metrics.filter((metric) => !isFounding(metric)).sort(byNumber)
  const named = Object.entries(GROUPS).map(([id, numbers]) => ({
    id,
    // Times without a number of their own stand beside those that have one.
    metrics: rest.filter((metric) => numbers.includes(metric.no) || (id === 'time' && isSide(metric))),
  }))
  const known = Object.values(GROUPS).flat()
  const counts = { id: COUNTS, metrics: rest.filter(isCount) }
  const others = { id: OTHER, metrics: rest.filter((metric) => metric.no !== '' && !known.includes(metric.no)) }
  return [counts, ...named, others].filter((group) => group.metrics.length > 0)
}
