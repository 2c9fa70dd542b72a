/**
 * Sounds made here, no files: the ring and a warning tone. A whole minute of ringing is laid out on
 * the audio clock at once, because timers of a hidden tab may run only once a minute.
 */

import { IN_CALL_GAIN, mayTone, readSound, type Urgency } from './sound'

const RING_S = 60
const PERIOD_S = 3
const BURSTS: [start: number, hertz: number][] = [
  [0, 660],
  [0.22, 880],
  [0.44, 660],
  [0.66, 880],
]
const BURST_S = 0.18
const ONCE_MS = 1_500
/** No event says that sound stays blocked; a context that may run does so within milliseconds. */
const STARTS_WITHIN_MS = 500

export class Ringer {
  readonly #blocked: (isBlocked: boolean) => void
  #context: AudioContext | null = null
  #gain: GainNode | null = null
  #ring: OscillatorNode | null = null
  #volume = readSound().volume
  #device = readSound().ringDevice
  #lastToneAt = Number.NEGATIVE_INFINITY

  constructor(blocked: (isBlocked: boolean) => void) {
    this.#blocked = blocked
  }

  /** Unlock sound; must run in a click or key press to be sure to work. */
  async unlock(): Promise<void> {
    if (typeof AudioContext === 'undefined') return
    if (this.#context === null) {
      this.#context = new AudioContext()
      void this.#useDevice()
    }
    // Without a gesture `resume` may wait for ever, so its promise is not what is asked.
    void this.#context.resume()
    const context = this.#context
    const say = (): void => this.#blocked(context.state !== 'running')
    context.onstatechange = say
    setTimeout(say, STARTS_WITHIN_MS)
  }

  /** Without a gesture sound stays off after a reload: the next one, wherever it is, turns it on. */
  unlockWithNextGesture(): void {
    const unlock = (): void => {
      if (this.#context !== null && this.#context.state !== 'running') void this.unlock()
    }
    window.addEventListener('pointerdown', unlock)
    window.addEventListener('keydown', unlock)
  }

  setVolume(volume: number): void {
    this.#volume = volume
    if (this.#gain !== null) this.#gain.gain.value = volume
  }

  /** Ring on this device from now on; where a browser cannot choose, its own choice stays. */
  setDevice(device: string): void {
    this.#device = device
    void this.#useDevice()
  }

  async #useDevice(): Promise<void> {
    const context = this.#context as (AudioContext & { setSinkId?: (device: string) => Promise<void> }) | null
    // A device that is gone leaves the ring on the computer's own choice.
    await context?.setSinkId?.(this.#device).catch(() => context.setSinkId?.('').catch(() => undefined))
  }

  /** Ring for a moment, to be heard; a ring that begins meanwhile goes on. */
  ringOnce(): void {
    this.start()
    const ring = this.#ring
    setTimeout(() => {
      if (this.#ring === ring) this.stop()
    }, ONCE_MS)
  }

  start(): void {
    this.stop()
    const context = this.#context
    if (context === null) {
      this.#blocked(true)
      return
    }
    if (context.state !== 'running') void this.unlock()
    const { ring, gain, beat } = this.#voice(context)
    const begin = context.currentTime
    for (let period = 0; period < RING_S; period += PERIOD_S) {
      for (const [start, hertz] of BURSTS) {
        const at = begin + period + start
        ring.frequency.setValueAtTime(hertz, at)
        beat.gain.setValueAtTime(0.0001, at)
        beat.gain.exponentialRampToValueAtTime(0.9, at + 0.02)
        beat.gain.exponentialRampToValueAtTime(0.0001, at + BURST_S)
      }
    }
    ring.start(begin)
    ring.stop(begin + RING_S)
    this.#ring = ring
    this.#gain = gain
  }

  stop(): void {
    this.#ring?.stop()
    this.#ring?.disconnect()
    this.#gain?.disconnect()
    this.#ring = null
    this.#gain = null
  }

  /**
   * One short quiet tone, if this is the moment for one.
   *
   * @returns whether it was played
   */
  tone(urgency: Urgency, isInCall: boolean): boolean {
    const context = this.#context
    const now = performance.now()
    if (context === null || context.state !== 'running' || !mayTone(urgency, isInCall, now - this.#lastToneAt)) return false
    this.#lastToneAt = now
    const { ring, beat } = this.#voice(context)
    beat.gain.setValueAtTime(isInCall ? IN_CALL_GAIN : 0.5, context.currentTime)
    beat.gain.exponentialRampToValueAtTime(0.0001, context.currentTime + 0.3)
    ring.frequency.value = 440
    ring.start()
    ring.stop(context.currentTime + 0.3)
    return true
  }

  #voice(context: AudioContext): { ring: OscillatorNode; gain: GainNode; beat: GainNode } {
    const ring = context.createOscillator()
    const beat = context.createGain()
    const gain = context.createGain()
    beat.gain.value = 0.0001
    gain.gain.value = this.#volume
    ring.connect(beat).connect(gain).connect(context.destination)
    return { ring, gain, beat }
  }
}
