/** What colleagues change is fetched anew: only what concerns the page, and not too often. */
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { act, cleanup, render, screen } from '@testing-library/react'
import type { ReactElement } from 'react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { ALONE_EVERY_MS, TOLD_EVERY_MS, useChanges, useFollowing } from '@/live/changes'
import type { Rows } from '@/live/protocol'
import { applyChange, forgetEverything, useLive } from '@/live/store'

const CONCERNS = ['case:wo-1']
const KEYS = [['case', 'wo-1']]
let fetched = 0

function Page(): ReactElement {
  useQuery({ queryKey: ['case', 'wo-1'], queryFn: () => (fetched += 1), staleTime: Infinity })
  useChanges(CONCERNS, KEYS)
  return <p>{useFollowing()}</p>
}

const told = (set: Rows, whole = false): void => act(() => applyChange({ topic: 'cases', whole, set, del: [] }))
const pass = (ms: number): Promise<void> => act(async () => void (await vi.advanceTimersByTimeAsync(ms)))
const row = (at: number): Rows[string] => ({ revision: 3, at })

beforeEach(async () => {
  vi.useFakeTimers()
  fetched = 0
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Page />
    </QueryClientProvider>,
  )
  await pass(0)
})

afterEach(() => {
  cleanup()
  forgetEverything()
  vi.useRealTimers()
})

it('fetches what was changed, and leaves alone what was not', async () => {
  const long = Date.now() - 60_000
  told({ '*': row(long), 'case:wo-1': row(long) }, true)
  await pass(1_000)
  // What was known when the page opened is no news.
  expect(fetched).toBe(1)
  told({ 'case:wo-2': row(Date.now()), 'warning:wo-1': row(Date.now()) })
  await pass(5_000)
  expect(fetched).toBe(1)
  told({ 'case:wo-1': row(Date.now()) })
  await pass(0)
  expect(fetched).toBe(2)
})

it('fetches at most once a second, and misses nothing', async () => {
  told({}, true)
  for (let n = 0; n < 29; n += 1) {
    told({ 'case:wo-1': row(Date.now()) })
    await pass(100)
  }
  expect(fetched).toBeLessThanOrEqual(1 + 3)
  const before = fetched
  told({ 'case:wo-1': row(Date.now()) })
  await pass(1_000)
  expect(fetched).toBe(before + 1)
})

it('fetches when words may have been lost, and what changed just before it listened', async () => {
  told({ '*': row(1) }, true)
  told({ '*': row(2) })
  await pass(0)
  expect(fetched).toBe(2)
  act(() => forgetEverything())
  cleanup()
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Page />
    </QueryClientProvider>,
  )
  await pass(0)
  const before = fetched
  told({ 'case:wo-1': row(Date.now() - 1_000) }, true)
  await pass(1_000)
  expect(fetched).toBe(before + 1)
})

it('asks by itself while nothing is told', () => {
  expect(screen.getByText(ALONE_EVERY_MS)).toBeTruthy()
  told({}, true)
  act(() => useLive.setState({ link: 'open' }))
  expect(screen.getByText(TOLD_EVERY_MS)).toBeTruthy()
  act(() => useLive.setState({ link: 'lost' }))
  expect(screen.getByText(ALONE_EVERY_MS)).toBeTruthy()
})
