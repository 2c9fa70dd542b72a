/** What a centre needs before calls can be taken, and whether it has it; asked of the server. */
import { useQueries } from '@tanstack/react-query'

import { ask } from '@/api/client'

export interface Step {
  name: string
  to: string
  /** Null while it is not known. */
  isDone: boolean | null
  count: number
  error: unknown
}

interface Asked {
  name: string
  to: string
  path: string
  /** How many of what the server lists count. */
  counts: (rows: never[]) => number
}

const every = (rows: readonly unknown[]): number => rows.length

const STEPS: readonly Asked[] = [
  { name: 'agents', to: '/admin/people', path: '/users', counts: (rows: { agent: string | null; disabled_at: number | null }[]) => rows.filter((row) => row.agent !== null && row.disabled_at === null).length },
  { name: 'queues', to: '/admin/routing', path: '/queues', counts: every },
  { name: 'hours', to: '/admin/service', path: '/calendars', counts: every },
  { name: 'flows', to: '/flows', path: '/flows', counts: every },
  { name: 'numbers', to: '/admin/routing', path: '/numbers', counts: every },
  { name: 'trunks', to: '/admin/routing', path: '/trunks', counts: every },
  { name: 'reports', to: '/reports', path: '/reports/saved', counts: every },
]

/** The steps in the order in which they are best taken. */
export function useSteps(): Step[] {
  return useQueries({
    queries: STEPS.map(({ path }) => ({
      queryKey: ['admin', 'step', path],
      queryFn: () => ask<never[]>('GET', path),
      refetchOnWindowFocus: true,
    })),
    combine: (answers) =>
      STEPS.map(({ name, to, counts }, index) => {
        const answer = answers[index]
        const count = answer?.data === undefined ? 0 : counts(answer.data)
        return { name, to, count, isDone: answer?.data === undefined ? null : count > 0, error: answer?.error ?? null }
      }),
  })
}

