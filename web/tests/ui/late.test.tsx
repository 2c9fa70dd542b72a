/** Parts that are fetched while the server is away. */
import { act, render, screen } from '@testing-library/react'
import { Suspense, type ReactElement } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { FIRST_WAIT_MS, GIVE_UP_AFTER_MS, insist, late, LONGEST_WAIT_MS } from '@/ui/late'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const Region = (): ReactElement => <span>region</span>
const away = (): Error => new TypeError('Failed to fetch dynamically imported module')

test('what comes at once is asked for once', async () => {
  const fetch = vi.fn().mockResolvedValue('part')

  await expect(insist(fetch)).resolves.toBe('part')

  expect(fetch).toHaveBeenCalledTimes(1)
})

test('given a server that is away for a while, the part comes when it is back', async () => {
  const fetch = vi.fn().mockRejectedValueOnce(away()).mockRejectedValueOnce(away()).mockResolvedValue('part')

  const coming = insist(fetch)
  await vi.advanceTimersByTimeAsync(750)

  await expect(coming).resolves.toBe('part')
  expect(fetch).toHaveBeenCalledTimes(3)
})

test('given a part that never comes, it is said after two minutes, and no sooner', async () => {
  const fetch = vi.fn().mockRejectedValue(away())
  const said = vi.fn()

  insist(fetch).catch(said)
  await vi.advanceTimersByTimeAsync(GIVE_UP_AFTER_MS - LONGEST_WAIT_MS)
  expect(said).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(2 * LONGEST_WAIT_MS)

  expect(said).toHaveBeenCalledTimes(1)
})

test('what stands around the part stays while it is fetched', async () => {
  const fetch = vi.fn().mockRejectedValueOnce(away()).mockResolvedValue(Region)
  const Late = late(fetch)

  render(
    <div>
      <b>rings</b>
      <Suspense>
        <Late />
      </Suspense>
    </div>,
  )
  await vi.advanceTimersByTimeAsync(0)
  screen.getByText('rings')
  expect(screen.queryByText('region')).toBeNull()

  await act(() => vi.advanceTimersByTimeAsync(FIRST_WAIT_MS))
  screen.getByText('region')
})
