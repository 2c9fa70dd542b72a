import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { OPEN_WITHIN_MS, watchSilence } from '@/phone/silence'

class Connection extends EventTarget {
  connectionState = 'connecting'

  become(state: string): void {
    this.connectionState = state
    this.dispatchEvent(new Event('connectionstatechange'))
  }
}

function watched() {
  const connection = new Connection()
  const tell = vi.fn<(isSilent: boolean) => void>()
  const confirmed = watchSilence(connection as unknown as RTCPeerConnection, tell)
  return { connection, tell, confirmed }
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

it('a call whose path opens in time is never silent', () => {
  const { connection, tell, confirmed } = watched()
  confirmed()
  connection.become('connected')
  vi.advanceTimersByTime(OPEN_WITHIN_MS)
  expect(tell.mock.calls).toEqual([[false]])
})

it('a path that does not open in time makes the call silent, and one that opens late ends that', () => {
  const { connection, tell, confirmed } = watched()
  confirmed()
  vi.advanceTimersByTime(OPEN_WITHIN_MS - 1)
  expect(tell).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  connection.become('connected')
  expect(tell.mock.calls).toEqual([[true], [false]])
})

it('a connection that failed is silent at once, also when it failed before the call was confirmed', () => {
  const early = watched()
  early.connection.become('failed')
  expect(early.tell).not.toHaveBeenCalled()
  early.confirmed()
  expect(early.tell.mock.calls).toEqual([[true]])
})

it('a blink of the network is let be', () => {
  const { connection, tell, confirmed } = watched()
  confirmed()
  connection.become('connected')
  connection.become('disconnected')
  vi.advanceTimersByTime(OPEN_WITHIN_MS)
  expect(tell.mock.calls).toEqual([[false]])
})

it('of a call that is over by then nothing is said', () => {
  const { connection, tell, confirmed } = watched()
  confirmed()
  connection.connectionState = 'closed'
  vi.advanceTimersByTime(OPEN_WITHIN_MS)
  expect(tell).not.toHaveBeenCalled()
})
