/** How loud it rings and where, and into what one speaks: chosen once on each computer. */

export interface SoundChoice {
  /** 0..1 */
  volume: number
  /** The device that rings; empty = the computer's own choice. Voice stays on the headset. */
  ringDevice: string
  /** Into which the agent speaks; empty = the computer's own choice. */
  microphone: string
}

const KEY = 'lianxi-sound'
export const FIRST_CHOICE: SoundChoice = { volume: 0.5, ringDevice: '', microphone: '' }

const named = (name: unknown): string => (typeof name === 'string' ? name : '')

export function readSound(): SoundChoice {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<SoundChoice>
    const volume = typeof kept.volume === 'number' ? Math.min(1, Math.max(0, kept.volume)) : FIRST_CHOICE.volume
    return { volume, ringDevice: named(kept.ringDevice), microphone: named(kept.microphone) }
  } catch {
    return FIRST_CHOICE
  }
}

export const keepSound = (choice: SoundChoice): void => localStorage.setItem(KEY, JSON.stringify(choice))

/** How pressing something is: a call that rings or is lost; a question that waits; everything else. */
export type Urgency = 'P1' | 'P2' | 'P3'

const BETWEEN_TONES_MS = 1_500

/** May a tone be played now? Not two within a second and a half; in a live call only what is most pressing. */
export function mayTone(urgency: Urgency, isInCall: boolean, sinceLastMs: number): boolean {
  if (urgency === 'P3' || (isInCall && urgency !== 'P1')) return false
  return sinceLastMs >= BETWEEN_TONES_MS
}

/** Of a tone in the ear of somebody who talks: -12 dB. */
export const IN_CALL_GAIN = 10 ** (-12 / 20)
