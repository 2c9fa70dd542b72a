/** The founding metrics stand as tiles; the others are folded by what they are about. */
import type { MetricEntry } from '@/api/figures'

const GROUPS: Record<string, readonly string[]> = {
  access: ['L07', 'L08', 'L09', 'L20', 'L21'],
  time: ['L02', 'L03'],
  quality: ['L10', 'L17', 'L18'],
  people: ['L01', 'L04', 'L05', 'L06', 'L11', 'L19'],
  process: ['L12', 'L13', 'L14', 'L16', 'L23'],
  complaints: ['L132', 'L133', 'L134', 'L135'],
  outbound: ['L15', 'L22'],
}
const COUNTS = 'counts'
/** Times beside a founding metric, without a number of their own. */
const BESIDE_FOUNDING = 'time'
const OTHER = 'other'

const byNumber = (one: MetricEntry, other: MetricEntry): number => one.no.localeCompare(other.no, undefined, { numeric: true })
export const isFounding = (metric: MetricEntry): boolean => /^K\d/.test(metric.no)

/** The number, or where there is none that of the metric its formula belongs to: `L10` of `L10.b`. */
export const numberOf = (metric: MetricEntry): string => metric.no || (metric.formulas[0]?.id.split('.')[0] ?? '')

function groupOf(metric: MetricEntry): string {
  const number = numberOf(metric)
  if (!/^[KL]\d/.test(number)) return COUNTS
  if (number.startsWith('K')) return BESIDE_FOUNDING
  return Object.entries(GROUPS).find(([, numbers]) => numbers.includes(number))?.[0] ?? OTHER
}

export interface Group {
  id: string
  metrics: MetricEntry[]
}

/** The founding metrics by their numbers. */
export const founding = (metrics: MetricEntry[]): MetricEntry[] => metrics.filter(isFounding).sort(byNumber)

/** All others in their groups; a metric that no group names stands in the last one. */
export function grouped(metrics: MetricEntry[]): Group[] {
  const rest = metrics.filter((metric) => !isFounding(metric)).sort(byNumber)
  return [COUNTS, ...Object.keys(GROUPS), OTHER]
    .map((id) => ({ id, metrics: rest.filter((metric) => groupOf(metric) === id) }))
    .filter((group) => group.metrics.length > 0)
}
