import { expect, it } from 'vitest'

import { echoed, judged, opinion } from '@/phone/echo'
import { AT_REST } from '@/phone/state'

const GOOD = { received: 290, lost: 0, energy: 0.4, jitter_ms: 1, round_trip_ms: 12, buffer_ms: 40 }

it('estimates the score as the switchboard does', () => {
  // The values of the switchboard's own example.
  expect([0, 0.01, 0.05].map((loss) => Number(opinion(loss, 0, 0).toFixed(2)))).toEqual([4.4, 3.81, 2.15])
})

it('adds up the way of a sound: to the switch and back, the buffer, the packet', () => {
  const heard = judged(GOOD)
  expect(heard).toMatchObject({ isHeard: true, delay_ms: 72, loss: 0 })
  expect(heard.mos).toBeGreaterThan(4.3)
})

it('says that nothing came back when it was silent, and tells no delay without a receipt', () => {
  expect(judged({ ...GOOD, energy: 0 }).isHeard).toBe(false)
  expect(judged({ ...GOOD, received: 0, lost: 0 })).toMatchObject({ isHeard: false, loss: 1 })
  expect(judged({ ...GOOD, round_trip_ms: null }).delay_ms).toBeNull()
})

it('calls only with a registered phone on which nobody speaks', async () => {
  let calls = 0
  const softphone = { echo: () => ((calls += 1), Promise.resolve(judged(GOOD))) }
  const microphone = {} as MediaStream
  expect(await echoed(AT_REST, microphone, softphone)).toBeNull()
  const ready = { ...AT_REST, registration: 'registered' as const }
  expect(await echoed(ready, null, softphone)).toBeNull()
  expect(await echoed({ ...ready, session: { id: 's', offer: null, phase: 'up', isKnown: true, isSilent: false } }, microphone, softphone)).toBeNull()
  expect((await echoed(ready, microphone, softphone))?.isHeard).toBe(true)
  expect(calls).toBe(1)
})
