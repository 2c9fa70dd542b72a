/** The microphone: opened once at sign-in, watched, and reopened when it comes back. */

import { readSound } from './sound'
import type { Microphone as MicrophoneState } from './state'

const WISHES: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true }

/** The chosen device if it is there; another one is better than none. */
function wishes(): MediaTrackConstraints {
  const { microphone } = readSound()
  return microphone === '' ? WISHES : { ...WISHES, deviceId: { ideal: microphone } }
}

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
      const stream = await devices.getUserMedia({ audio: wishes() })
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
    const former = this.stream
    const isReplacement = former !== null
    this.stream = stream
    // The device that was spoken into before is let go.
    if (former !== stream) for (const each of former?.getTracks() ?? []) each.stop()
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

  /** A device came or went: try again when there is none at work, or when the chosen one is back. */
  readonly #onDevices = (): void => {
    if (!this.#isWanted) return
    const isAlive = this.stream?.getAudioTracks().some((track) => track.readyState === 'live') ?? false
    if (!isAlive) void this.open()
    else void this.#backToChosen()
  }

  async #backToChosen(): Promise<void> {
    const chosen = readSound().microphone
    const inUse = this.stream?.getAudioTracks()[0]?.getSettings().deviceId
    if (chosen === '' || inUse === chosen) return
    const found = await navigator.mediaDevices.enumerateDevices()
    if (this.#isWanted && found.some((each) => each.kind === 'audioinput' && each.deviceId === chosen)) await this.open()
  }
}
