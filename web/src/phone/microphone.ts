/** The microphone: opened once at sign-in, watched, and reopened when it comes back. */
import type { Microphone as MicrophoneState } from './state'

const WISHES: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true }

/** What a failed request for the microphone means. */
export function whyNot(error: unknown): MicrophoneState {
  const name = error instanceof Error || error instanceof DOMException ? error.name : ''
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied'
    case 'NotReadableError':
    case 'AbortError':
      return 'busy'
    default:
      return 'none'
  }
}

export class Microphone {
  readonly #tell: (state: MicrophoneState) => void
  readonly #changed: (track: MediaStreamTrack) => void
  #isWanted = false
  #isMuted = false
  stream: MediaStream | null = null

  /** `changed` is called with the new track when another device took the place of a lost one. */
  constructor(tell: (state: MicrophoneState) => void, changed: (track: MediaStreamTrack) => void) {
    this.#tell = tell
    this.#changed = changed
  }

  async open(): Promise<void> {
    const devices = navigator.mediaDevices as MediaDevices | undefined
    if (devices === undefined) {
      this.#tell('insecure')
      return
    }
    if (!this.#isWanted) devices.addEventListener('devicechange', this.#onDevices)
    this.#isWanted = true
    this.#tell('asking')
    try {
      const stream = await devices.getUserMedia({ audio: WISHES })
      if (!this.#isWanted) {
        for (const track of stream.getTracks()) track.stop()
        return
      }
      this.#take(stream)
    } catch (error) {
      this.#tell(whyNot(error))
    }
  }

  close(): void {
    this.#isWanted = false
    navigator.mediaDevices?.removeEventListener('devicechange', this.#onDevices)
    for (const track of this.stream?.getTracks() ?? []) track.stop()
    this.stream = null
    this.#tell('off')
  }

  mute(isMuted: boolean): void {
    this.#isMuted = isMuted
    for (const track of this.stream?.getAudioTracks() ?? []) track.enabled = !isMuted
  }

  #take(stream: MediaStream): void {
    const isReplacement = this.stream !== null
    this.stream = stream
    this.mute(this.#isMuted)
    const track = stream.getAudioTracks()[0]
    if (track !== undefined) {
      track.addEventListener('ended', () => {
        if (this.stream === stream && this.#isWanted) this.#tell('lost')
      })
      if (isReplacement) this.#changed(track)
    }
    this.#tell('ready')
  }

  /** A device came or went: try again when there is none at work. */
  readonly #onDevices = (): void => {
    const isAlive = this.stream?.getAudioTracks().some((track) => track.readyState === 'live') ?? false
    if (this.#isWanted && !isAlive) void this.open()
  }
}
