/** Sounds as the browser gives them become WAV, which the server brings into the form of the line. */

const HEADER = 44
const BITS = 16
const LOUDEST = 0x7fff

/** One channel of samples (-1..1) as a WAV file of 16 bits. */
export function wavBytes(samples: Float32Array, rate: number): ArrayBuffer {
  const bytes = new DataView(new ArrayBuffer(HEADER + samples.length * 2))
  const text = (at: number, letters: string): void => [...letters].forEach((letter, index) => bytes.setUint8(at + index, letter.charCodeAt(0)))
  text(0, 'RIFF')
  bytes.setUint32(4, HEADER - 8 + samples.length * 2, true)
  text(8, 'WAVEfmt ')
  bytes.setUint32(16, 16, true)
  bytes.setUint16(20, 1, true)
  bytes.setUint16(22, 1, true)
  bytes.setUint32(24, rate, true)
  bytes.setUint32(28, rate * 2, true)
  bytes.setUint16(32, 2, true)
  bytes.setUint16(34, BITS, true)
  text(36, 'data')
  bytes.setUint32(40, samples.length * 2, true)
  samples.forEach((sample, index) => bytes.setInt16(HEADER + index * 2, Math.round(Math.max(-1, Math.min(1, sample)) * LOUDEST), true))
  return bytes.buffer as ArrayBuffer
}

/** The mean of all channels. */
export function mixed(channels: readonly Float32Array[]): Float32Array {
  const first = channels[0] ?? new Float32Array()
  if (channels.length < 2) return first
  return first.map((_, index) => channels.reduce((sum, channel) => sum + (channel[index] ?? 0), 0) / channels.length)
}

/** Twice what the line carries: the server brings it down without loss, and little is sent. */
const RATE = 16_000
/** The server takes no longer prompt. */
export const LONGEST_MS = 300_000
/** Five minutes of the largest usual form take less. */
const LARGEST = 120_000_000

/** Longer than a prompt may be. */
export class SoundTooLong extends Error {
  readonly code = 'sound_too_long'
  readonly facts = {}
}

/** The browser cannot read this file as sound. */
export class SoundUnreadable extends Error {
  readonly code = 'sound_unreadable'
  readonly facts = {}
}

/**
 * Any sound that the browser can play, as WAV.
 *
 * @throws SoundUnreadable, SoundTooLong
 */
export async function toWav(sound: Blob): Promise<Blob> {
  if (sound.size > LARGEST) throw new SoundTooLong()
  const heard = await decoded(sound)
  if (heard.duration * 1000 > LONGEST_MS) throw new SoundTooLong()
  const channels = Array.from({ length: heard.numberOfChannels }, (_, index) => heard.getChannelData(index))
  return new Blob([wavBytes(mixed(channels), heard.sampleRate)], { type: 'audio/wav' })
}

async function decoded(sound: Blob): Promise<AudioBuffer> {
  try {
    return await new OfflineAudioContext(1, 1, RATE).decodeAudioData(await sound.arrayBuffer())
  } catch {
    throw new SoundUnreadable()
  }
}

export interface Recording {
  /** Stop, and hand over what was said. */
  stop(): Promise<Blob>
  cancel(): void
}

/** Record from the microphone; rejects when there is none, or it is not allowed. */
export async function record(): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
  const recorder = new MediaRecorder(stream)
  const parts: Blob[] = []
  const release = (): void => stream.getTracks().forEach((track) => track.stop())
  recorder.ondataavailable = ({ data }) => parts.push(data)
  const ended = new Promise<Blob>((resolve) => {
    recorder.onstop = () => {
      release()
      resolve(new Blob(parts, { type: recorder.mimeType }))
    }
  })
  recorder.start()
  return {
    stop: () => {
      recorder.stop()
      return ended
    },
    cancel: () => {
      if (recorder.state !== 'inactive') recorder.stop()
      release()
    },
  }
}
