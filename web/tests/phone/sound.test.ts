/** When a tone may be heard, how loud it rings and where. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { Ringer } from '@/phone/ringer'
import { FIRST_CHOICE, IN_CALL_GAIN, keepSound, mayTone, readSound } from '@/phone/sound'

const gains: number[] = []
const sinks: string[] = []
let sounding = 0

class Param {
  value = 0
  setValueAtTime(value: number): void {
    gains.push(value)
  }
  exponentialRampToValueAtTime(): void {}
}
class Voice {
  gain = new Param()
  frequency = new Param()
  connect(to: unknown): unknown {
    return to
  }
  disconnect(): void {}
  start(): void {
    sounding += 1
  }
  stop(at?: number): void {
    if (at === undefined) sounding -= 1
  }
}
class Context {
  state = 'running'
  currentTime = 0
  destination = {}
  resume = (): Promise<void> => Promise.resolve()
  createOscillator = (): Voice => new Voice()
  createGain = (): Voice => new Voice()
  setSinkId = (device: string): Promise<void> => {
    sinks.push(device)
    return device === 'gone' ? Promise.reject(new Error('gone')) : Promise.resolve()
  }
}

beforeEach(() => {
  gains.length = 0
  sinks.length = 0
  sounding = 0
  vi.useFakeTimers()
  vi.stubGlobal('AudioContext', Context)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function unlocked(): Promise<Ringer> {
  const ringer = new Ringer(() => undefined)
  await ringer.unlock()
  return ringer
}

it('is quiet in a call for everything but what is most pressing', () => {
  expect(mayTone('P1', true, 2_000)).toBe(true)
  expect(mayTone('P2', true, 2_000)).toBe(false)
  expect(mayTone('P2', false, 2_000)).toBe(true)
  expect(mayTone('P3', false, 2_000)).toBe(false)
})

it('gives no two tones within a second and a half', async () => {
  const ringer = await unlocked()
  expect(ringer.tone('P2', false)).toBe(true)
  vi.advanceTimersByTime(1_400)
  expect(ringer.tone('P1', false)).toBe(false)
  vi.advanceTimersByTime(200)
  expect(ringer.tone('P1', false)).toBe(true)
})

it('in the ear of somebody who talks a tone is twelve decibels lower', async () => {
  const ringer = await unlocked()
  ringer.tone('P1', true)
  expect(gains[0]).toBeCloseTo(0.251, 3)
  expect(20 * Math.log10(IN_CALL_GAIN)).toBeCloseTo(-12)
})

it('stops ringing at once when the call is answered or gone', async () => {
  const ringer = await unlocked()
  ringer.start()
  expect(sounding).toBe(1)
  ringer.stop()
  expect(sounding).toBe(0)
})

it('a test ring ends by itself and leaves a real one alone', async () => {
  const ringer = await unlocked()
  ringer.ringOnce()
  ringer.start()
  vi.advanceTimersByTime(5_000)
  expect(sounding).toBe(1)
  ringer.stop()
  ringer.ringOnce()
  vi.advanceTimersByTime(2_000)
  expect(sounding).toBe(0)
})

it('rings on the chosen device, and on the computer’s own when that is gone', async () => {
  keepSound({ volume: 0.8, ringDevice: 'speaker', microphone: '' })
  const ringer = await unlocked()
  expect(sinks).toEqual(['speaker'])
  ringer.setDevice('gone')
  await vi.advanceTimersByTimeAsync(0)
  expect(sinks).toEqual(['speaker', 'gone', ''])
})

it('remembers the choice of this computer; what cannot be read is the first choice', () => {
  keepSound({ volume: 0.25, ringDevice: 'speaker', microphone: 'headset' })
  expect(readSound()).toEqual({ volume: 0.25, ringDevice: 'speaker', microphone: 'headset' })
  localStorage.setItem('lianxi-sound', '{')
  expect(readSound()).toEqual(FIRST_CHOICE)
  localStorage.setItem('lianxi-sound', '{"volume": 7}')
  expect(readSound().volume).toBe(1)
})
