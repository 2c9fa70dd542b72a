/**
 * The echo: a call to the switch that gives back what is spoken. It tells, before any customer
 * calls, whether sound goes out and comes back at all, and how well.
 */
import type { PhoneState } from './state'

/** What is dialled for it, here and on a telephone on the desk. */
export const ECHO = '*43'
/** A delay the ear and a verdict can be built on: this long the call lasts. */
export const ECHO_MS = 6_000

/** What the browser counted of a connection. Times in milliseconds. */
export interface Counted {
  received: number
  lost: number
  /** Energy of what was played, as WebRTC sums it up. */
  energy: number
  jitter_ms: number
  /** Both ways, as the switch's receipts tell; null before the first one. */
  round_trip_ms: number | null
  /** How long a sound waits in this browser before it is played. */
  buffer_ms: number
}

export interface Heard {
  /** What was spoken came back. */
  isHeard: boolean
  /** From the mouth to the switch and back to the ear; null when the switch sent no receipt. */
  delay_ms: number | null
  /** Share of packets, 0 to 1. */
  loss: number
  /** 1 to 4.41. */
  mos: number
}

const SILENCE = 1e-6
const FEWEST = 50
/** A packet is spoken for so long before it is sent. */
const CODEC_MS = 20

/**
 * Mean opinion score by the E-model (ITU-T G.107), for G.711: the same estimate as the switchboard
 * makes of every call (`opinion` in `engine/acd/leg_quality.py`).
 */
export function opinion(loss: number, jitter_ms: number, round_trip_ms: number): number {
  const delay = round_trip_ms / 2 + 2 * jitter_ms + CODEC_MS
  const byDelay = 0.024 * delay + (delay > 177.3 ? 0.11 * (delay - 177.3) : 0)
  const byLoss = (95 * 100 * loss) / (100 * loss + 4.3)
  const r = 93.2 - byDelay - byLoss
  return r <= 0 ? 1 : Math.max(1, 1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r))
}

/** What was heard, from the counters at the end of the call. */
export function judged(counted: Counted): Heard {
  const all = counted.received + counted.lost
  const loss = all === 0 ? 1 : Math.max(0, counted.lost) / all
  const trip = counted.round_trip_ms ?? 0
  return {
    isHeard: counted.received >= FEWEST && counted.energy > SILENCE,
    delay_ms: counted.round_trip_ms === null ? null : Math.round(trip + counted.buffer_ms + CODEC_MS),
    loss,
    mos: opinion(loss, counted.jitter_ms, trip),
  }
}

interface Rtp {
  type: string
  kind?: string
  packetsReceived?: number
  packetsLost?: number
  totalAudioEnergy?: number
  jitter?: number
  roundTripTime?: number
  jitterBufferDelay?: number
  jitterBufferEmittedCount?: number
}

/** Read the counters of a connection. */
export async function count(connection: RTCPeerConnection): Promise<Counted> {
  const counted: Counted = { received: 0, lost: 0, energy: 0, jitter_ms: 0, round_trip_ms: null, buffer_ms: 0 }
  const report = await connection.getStats()
  report.forEach((each: Rtp) => {
    if (each.type === 'inbound-rtp' && each.kind === 'audio') {
      counted.received += each.packetsReceived ?? 0
      counted.lost += each.packetsLost ?? 0
      counted.energy += each.totalAudioEnergy ?? 0
      counted.jitter_ms = (each.jitter ?? 0) * 1_000
      counted.buffer_ms = ((each.jitterBufferDelay ?? 0) / Math.max(1, each.jitterBufferEmittedCount ?? 1)) * 1_000
    }
    if (each.type === 'remote-inbound-rtp' && each.kind === 'audio' && each.roundTripTime !== undefined) counted.round_trip_ms = each.roundTripTime * 1_000
  })
  return counted
}

interface CallsEcho {
  echo(microphone: MediaStream): Promise<Heard | null>
}

/** Call the echo, if the phone is registered, has a microphone and nobody speaks on it. */
export async function echoed(state: PhoneState, microphone: MediaStream | null, softphone: CallsEcho): Promise<Heard | null> {
  if (state.registration !== 'registered' || state.session !== null || microphone === null) return null
  return softphone.echo(microphone)
}
