/** A server that has just begun is asked again: it refused without having done anything. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { ask } from '@/api/client'

const starting = (): Response => new Response('{"code":"starting"}', { status: 503 })
const told = vi.fn<typeof fetch>()

beforeEach(() => {
  vi.useFakeTimers()
  told.mockReset()
  vi.stubGlobal('fetch', told)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('what is asked meanwhile is answered when it stands', async () => {
  told.mockImplementationOnce(async () => starting()).mockImplementation(async () => new Response('{"name":"8001"}'))

  const asked = ask('GET', '/session')
  await vi.advanceTimersByTimeAsync(250)

  await expect(asked).resolves.toEqual({ name: '8001' })
  expect(told).toHaveBeenCalledTimes(2)
})

test('one wish keeps its key', async () => {
  told.mockImplementationOnce(async () => starting()).mockImplementation(async () => new Response('{}'))

  const asked = ask('POST', '/desk/state', { body: {} })
  await vi.advanceTimersByTimeAsync(250)
  await asked

  const keys = told.mock.calls.map(([, request]) => new Headers(request?.headers).get('Idempotency-Key'))
  expect(new Set(keys).size).toBe(1)
})

test('given a server that never stands, one is told after eight seconds', async () => {
  told.mockImplementation(async () => starting())
  const said = vi.fn<(problem: unknown) => void>()

  ask('GET', '/desk').catch(said)
  await vi.advanceTimersByTimeAsync(7_749)
  expect(said).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)

  expect(said).toHaveBeenCalledWith(expect.objectContaining({ code: 'starting', status: 503 }))
})

test('other refusals are told at once', async () => {
  told.mockImplementation(async () => new Response('{"code":"forbidden"}', { status: 403 }))

  await expect(ask('GET', '/cases')).rejects.toMatchObject({ code: 'forbidden' })
  expect(told).toHaveBeenCalledTimes(1)
})
