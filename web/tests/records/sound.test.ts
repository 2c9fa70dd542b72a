/** Silence found in the picture of a recording, and rungs placed in it. */
import { describe, expect, it } from 'vitest'

import { afterSilence, placeOf, silences } from '@/features/records/sound'

const loud = (count: number): number[] => Array.from({ length: count }, () => 0.6)
const quiet = (count: number): number[] => Array.from({ length: count }, () => 0.01)

describe('silence', () => {
  it('is where neither side speaks for two seconds or more, a little shortened', () => {
    // Given ten seconds in tenths: speech, three seconds of nothing, the agent alone, one second of nothing
    const customer = [...loud(20), ...quiet(30), ...quiet(40), ...quiet(10)]
    const agent = [...quiet(20), ...quiet(30), ...loud(40), ...quiet(10)]
    // Then only the long one is found
    const found = silences({ duration_ms: 10_000, channels: [customer, agent] })
    expect(found).toEqual([{ from_ms: 2_300, to_ms: 4_700 }])
    expect(afterSilence(found, 3_000)).toBe(4_700)
    expect(afterSilence(found, 5_000)).toBeNull()
  })

  it('is not looked for where there is no picture', () => {
    expect(silences({ duration_ms: 1_000, channels: [] })).toEqual([])
  })
})

describe('a rung', () => {
  it('has a place only within the recording', () => {
    const step = { at: 105_000, kind: 'held', facts: {} }
    expect(placeOf(step, 100_000, 30_000)).toBe(5_000)
    expect(placeOf(step, 106_000, 30_000)).toBeNull()
    expect(placeOf(step, 100_000, 4_000)).toBeNull()
    expect(placeOf(step, null, 30_000)).toBeNull()
  })
})
