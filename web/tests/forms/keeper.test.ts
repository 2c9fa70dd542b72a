/** Drafts that outlive refresh, second window and other computer (R1, R5). */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { Keeper, SAVE_AFTER_MS, SAVE_AT_LEAST_EVERY_MS } from '@/forms/keeper'

const saved: string[] = []
const save = (value: string): Promise<void> => {
  saved.push(value)
  return Promise.resolve()
}

beforeEach(() => {
  saved.length = 0
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

it('who types without a pause is saved every five seconds all the same', async () => {
  const keeper = new Keeper<string>('note', '', save)
  for (let at = 0; at <= SAVE_AT_LEAST_EVERY_MS; at += 500) {
    keeper.change(`typed ${at}`)
    await vi.advanceTimersByTimeAsync(500)
  }
  expect(saved.length).toBe(1)
  await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS)
  expect(saved.at(-1)).toBe(`typed ${SAVE_AT_LEAST_EVERY_MS}`)
})

it('takes over what another window wrote', async () => {
  const keeper = new Keeper<string>('note', 'begun', save)
  keeper.adopt('written elsewhere')
  expect(keeper.read().value).toBe('written elsewhere')
  keeper.change('written here')
  await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS)
  keeper.adopt('written elsewhere again')
  expect(keeper.read().value).toBe('written elsewhere again')
})

it('what is typed here and not saved yet is not lost to another window', async () => {
  const keeper = new Keeper<string>('note', 'begun', save)
  keeper.change('typed here')
  keeper.adopt('written elsewhere')
  expect(keeper.read().value).toBe('typed here')
  await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS)
  expect(saved).toEqual(['typed here'])
})

it('R1: what the server never took before a refresh is there again and is saved', async () => {
  const before = new Keeper<string>('note', '', () => Promise.reject(new Error('away')))
  before.change('typed before the refresh')
  await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS)
  const after = new Keeper<string>('note', '', save)
  expect(after.read().value).toBe('typed before the refresh')
  await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS)
  expect(saved).toEqual(['typed before the refresh'])
})
