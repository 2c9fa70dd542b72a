/** What a centre needs before calls can be taken, and whether it has it; asked of the server. */
import { useQueries } from '@tanstack/react-query'

import { ask } from '@/api/client'
import type { Organisation } from '@/api/organisation'

export interface Step {
  name: string
  /** Where it is done; while nothing is there, where the first one is made. */
  to: string
  /** Null while it is not known. */
  isDone: boolean | null
  /** How many there are; null where that says nothing. */
  count: number | null
  error: unknown
}

interface Asked {
  name: string
  to: string
  /** Where the first one is made, when that is another place. */
  begin?: string
  path: string
  /** How many of what the server tells count. */
  counts: (told: never) => number
  /** It is done or not; there are not several. */
  isOne?: boolean
}

const every = (rows: readonly unknown[]): number => rows.length
const ended = (organisation: Organisation): number => (organisation.steps.every((step) => step.state !== null) ? 1 : 0)
const called = (organisation: Organisation): number => organisation.steps.filter(({ step, state }) => step === 'test_call' && state === 'done').length

/** In the order in which they are best taken: each needs what stands before it. */
const STEPS: readonly Asked[] = [
  { name: 'setup', to: '/setup', path: '/organisation', counts: ended, isOne: true },
  { name: 'queues', to: '/admin/routing', begin: '/admin/routing?new=queue', path: '/queues', counts: every },
  { name: 'agents', to: '/admin/people', begin: '/admin/people?person=new', path: '/users', counts: (rows: { agent: string | null; disabled_at: number | null }[]) => rows.filter((row) => row.agent !== null && row.disabled_at === null).length },
  { name: 'hours', to: '/admin/service', path: '/calendars', counts: every },
  { name: 'flows', to: '/flows', path: '/flows', counts: every },
  { name: 'numbers', to: '/admin/routing?tab=numbers', begin: '/admin/routing?tab=numbers&new=number', path: '/numbers', counts: every },
  { name: 'test_call', to: '/setup?step=test_call', path: '/organisation', counts: called, isOne: true },
  { name: 'walls', to: '/walls', path: '/walls', counts: every },
  { name: 'trunks', to: '/admin/routing?tab=trunks', path: '/trunks', counts: every },
  { name: 'reports', to: '/reports', path: '/reports/saved', counts: every },
]

/** The steps, each as far as it is known. */
export function useSteps(): Step[] {
  return useQueries({
    queries: STEPS.map(({ path }) => ({
      queryKey: ['admin', 'step', path],
      queryFn: () => ask<object>('GET', path),
      // Who comes back from a step wants to see it done.
      staleTime: 0,
      refetchOnMount: 'always' as const,
      refetchOnWindowFocus: true,
    })),
    combine: (answers) =>
      STEPS.map(({ name, to, begin, counts, isOne }, index) => {
        const answer = answers[index]
        const count = answer?.data === undefined ? 0 : counts(answer.data as never)
        const isDone = answer?.data === undefined ? null : count > 0
        return { name, to: isDone === false ? (begin ?? to) : to, count: isOne === true ? null : count, isDone, error: answer?.error ?? null }
      }),
  })
}
