import { expect, it, vi } from 'vitest'

import { whyNot } from '@/phone/microphone'
import { iceLimiter, sipUrl } from '@/phone/softphone'

const candidate = (protocol: string) => ({ protocol }) as RTCIceCandidate

it('answers shortly after the first usable candidate', () => {
  const waits: number[] = []
  const limit = iceLimiter((_run, ms) => waits.push(ms))
  const ready = vi.fn()
  limit({ candidate: candidate('udp'), ready })
  limit({ candidate: candidate('udp'), ready })
  expect(waits).toEqual([500, 60])
})

it('waits half a second at most when no candidate is usable', () => {
  const waits: number[] = []
  const limit = iceLimiter((_run, ms) => waits.push(ms))
  limit({ candidate: candidate('tcp'), ready: () => undefined })
  expect(waits).toEqual([500])
})

it('speaks SIP with the host the page came from', () => {
  expect(sipUrl('/sip', { protocol: 'https:', host: 'desk.example' } as Location)).toBe('wss://desk.example/sip')
  expect(sipUrl('/sip', { protocol: 'http:', host: 'localhost:8080' } as Location)).toBe('ws://localhost:8080/sip')
})

it.each([
  ['NotAllowedError', 'denied'],
  ['NotReadableError', 'busy'],
  ['NotFoundError', 'none'],
])('a microphone refused with %s is %s', (name, state) => {
  expect(whyNot(new DOMException('', name))).toBe(state)
})
