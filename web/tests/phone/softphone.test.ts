import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { iceLimiter, Softphone } from '@/phone/softphone'

const heard = new Map<string, (() => void)[]>()
const register = vi.fn()

vi.mock('jssip', () => ({
  WebSocketInterface: vi.fn(),
  UA: class {
    on(event: string, listener: () => void): void {
      heard.set(event, [...(heard.get(event) ?? []), listener])
    }
    start(): void {}
    stop(): void {}
    isConnected(): boolean {
      return true
    }
    register(): void {
      register()
    }
  },
}))

const happens = (event: string): void => heard.get(event)?.forEach((listener) => listener())
const ACCOUNT = { path: '/sip', uri: 'sip:ag@localhost', username: 'ag', password: 'x', realm: null }

beforeEach(() => {
  vi.useFakeTimers()
  heard.clear()
  register.mockReset()
})
afterEach(() => vi.useRealTimers())

it('registers again after a refusal, later each time, until it is registered', async () => {
  const phone = new Softphone(vi.fn(), vi.fn())
  await phone.connect(ACCOUNT)
  happens('registrationFailed')
  vi.advanceTimersByTime(1_000)
  expect(register).toHaveBeenCalledTimes(1)
  happens('registrationFailed')
  vi.advanceTimersByTime(1_000)
  expect(register).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1_000)
  expect(register).toHaveBeenCalledTimes(2)
  happens('registered')
  happens('registrationFailed')
  vi.advanceTimersByTime(1_000)
  expect(register).toHaveBeenCalledTimes(3)
})

it('asks no more once it is put away', async () => {
  const phone = new Softphone(vi.fn(), vi.fn())
  await phone.connect(ACCOUNT)
  happens('registrationFailed')
  phone.disconnect()
  vi.advanceTimersByTime(20_000)
  expect(register).not.toHaveBeenCalled()
})

it('answers soon after the first address over UDP, once, and never with TCP alone', () => {
  const ready = vi.fn()
  const found = iceLimiter()
  const over = (protocol: string) => found({ candidate: { protocol } as RTCIceCandidate, ready })
  over('tcp')
  vi.advanceTimersByTime(3_000)
  expect(ready).not.toHaveBeenCalled()
  over('udp')
  vi.advanceTimersByTime(100)
  over('udp')
  vi.advanceTimersByTime(3_000)
  expect(ready).toHaveBeenCalledTimes(1)
})
