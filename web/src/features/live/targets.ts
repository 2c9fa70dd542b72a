/** The targets of today's figures, and which queues miss one. */
import { useQuery } from '@tanstack/react-query'

import { centre } from '@/api/calls'
import type { MetricValue, TodayReport } from '@/api/schema'
import { useMay } from '@/api/session'
import { useLive } from '@/live/store'

export const HALF_HOUR = 'service_level_30m'
const LOWER_IS_BETTER = /abandon|wait|asa|acw|wrap|busy|block|transfer/

/** Is the target missed? `null` when there is nothing to compare. */
export function misses(id: string, value: number | null, target: number | null): boolean | null {
  if (value === null || target === null) return null
  return LOWER_IS_BETTER.test(id) ? value > target : value < target
}

export function useToday(): TodayReport | undefined {
  const mayRead = useMay('reports.read')
  return useQuery({ queryKey: ['today'], queryFn: () => centre.today(), enabled: mayRead, staleTime: 60_000 }).data
}

/** The target of a figure; that of the last half hour is the day's. */
export function targetOf(today: TodayReport | undefined, id: string): number | null {
  const name = id === HALF_HOUR ? 'service_level' : id
  return today?.metrics.find((metric) => metric.id === name)?.target ?? null
}

/** Does the queue miss the target of this figure as it is now? */
export function missesNow(queue: string, id: string, target: number | null): boolean {
  const row = useLive.getState().topics['metrics']?.[queue] as Record<string, MetricValue> | undefined
  return misses(id, row?.[id]?.value ?? null, target) === true
}
