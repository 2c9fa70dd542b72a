/**
 * The SIP half of the phone: JsSIP behind a small face. It only reports what happened and does what
 * it is told; what follows is decided in `reducer.ts`.
 *
 * Session timers are off and the registration is short so that a dead contact is noticed. Nothing
 * here holds, transfers or refreshes a call by SIP: while the transport is down a request would end
 * the session in JsSIP although the far end still talks.
 */
import type { UA, WebSocketInterface } from 'jssip'
import type { RTCSession } from 'jssip/lib/RTCSession'
import type { IncomingRTCSessionEvent, OutgoingRTCSessionEvent } from 'jssip/lib/UA'

import { count, ECHO, ECHO_MS, judged, type Heard } from './echo'
import { watchSilence } from './silence'
import type { PhoneEvent } from './state'

export interface Account {
  path: string
  uri: string
  username: string
  password: string
  realm: string | null
}

const REGISTER_EXPIRES_S = 90
const FIRST_RETRY_S = 1
const LONGEST_RETRY_S = 8
/** After the first usable candidate the others of the machine follow within milliseconds. */
const AFTER_USABLE_MS = 60
const TONE_MS = 160

type IceCandidateEvent = { candidate: RTCIceCandidate; ready: () => void }

/**
 * Answer with the candidates at hand soon after the first one over UDP, and never before it: on a
 * busy machine those over TCP come at once and the first UDP socket a second later. An answer that
 * names no UDP address makes the switch give up the path, and the call is connected without sound.
 */
export function iceLimiter(wait: (run: () => void, ms: number) => unknown = setTimeout) {
  let isUsable = false
  return ({ candidate, ready }: IceCandidateEvent): void => {
    if (isUsable || candidate.protocol !== 'udp') return
    isUsable = true
    wait(ready, AFTER_USABLE_MS)
  }
}

/** Where SIP over WebSocket of this page's server is. */
export function sipUrl(path: string, location: Location = window.location): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${path}`
}

export class Softphone {
  readonly #tell: (event: PhoneEvent) => void
  readonly #hear: (stream: MediaStream) => void
  #agent: UA | null = null
  #socket: WebSocketInterface | null = null
  #sessions = new Map<string, RTCSession>()
  #echo: RTCSession | null = null
  /** The connection of the session last answered, for quality figures. */
  connection: RTCPeerConnection | null = null

  #refusals = 0
  #again: ReturnType<typeof setTimeout> | undefined

  constructor(tell: (event: PhoneEvent) => void, hear: (stream: MediaStream) => void) {
    this.#tell = tell
    this.#hear = hear
  }

  async connect(account: Account): Promise<void> {
    const { UA, WebSocketInterface } = await import('jssip')
    this.disconnect()
    const socket = new WebSocketInterface(sipUrl(account.path))
    const agent = new UA({
      sockets: [socket],
      uri: account.uri,
      authorization_user: account.username,
      password: account.password,
      ...(account.realm === null ? {} : { realm: account.realm }),
      register: true,
      register_expires: REGISTER_EXPIRES_S,
      session_timers: false,
      connection_recovery_min_interval: FIRST_RETRY_S,
      connection_recovery_max_interval: LONGEST_RETRY_S,
      user_agent: 'Lianxi',
    })
    this.#agent = agent
    this.#socket = socket
    const from = (event: PhoneEvent) => () => {
      if (this.#agent === agent) this.#tell(event)
    }
    agent.on('connecting', from({ kind: 'connecting' }))
    agent.on('connected', from({ kind: 'connected' }))
    agent.on('disconnected', from({ kind: 'disconnected' }))
    agent.on('registered', () => {
      this.#refusals = 0
    })
    agent.on('registered', from({ kind: 'registered' }))
    agent.on('unregistered', from({ kind: 'unregistered' }))
    agent.on('registrationFailed', from({ kind: 'registration_refused' }))
    agent.on('registrationFailed', () => this.#registerAgain(agent))
    agent.on('newRTCSession', (event: IncomingRTCSessionEvent | OutgoingRTCSessionEvent) => {
      if (event.originator !== 'remote' || this.#agent !== agent) return
      this.#incoming(event.session, {
        offer: event.request.getHeader('X-Offer') ?? null,
        isRecovery: event.request.getHeader('X-Recover') === '1',
      })
    })
    agent.start()
  }

  /** A switch that has just started refuses until it knows the device; JsSIP itself never asks again. */
  #registerAgain(agent: UA): void {
    const wait = Math.min(LONGEST_RETRY_S, FIRST_RETRY_S * 2 ** this.#refusals)
    this.#refusals += 1
    clearTimeout(this.#again)
    this.#again = setTimeout(() => {
      if (this.#agent === agent && agent.isConnected()) agent.register()
    }, wait * 1_000)
  }

  /** Unregister and close. Sessions still open are ended. */
  disconnect(): void {
    const agent = this.#agent
    clearTimeout(this.#again)
    this.#refusals = 0
    this.#agent = null
    this.#socket = null
    this.#echo = null
    this.#sessions.clear()
    agent?.stop()
  }

  /** Give up a socket that may be dead without knowing it; the agent opens a new one. */
  reconnect(): void {
    const socket = this.#socket
    if (socket === null) return
    socket.disconnect()
    socket.ondisconnect(true)
  }

  answer(id: string, microphone: MediaStream): void {
    this.#sessions.get(id)?.answer({ mediaStream: microphone, pcConfig: { iceServers: [] } })
  }

  /** End a session with what its phase asks for: BYE, or a refusal while it rings. */
  end(id: string): void {
    const session = this.#sessions.get(id)
    if (session !== undefined && !session.isEnded()) session.terminate()
  }

  /** Refuse as busy. */
  decline(id: string): void {
    const session = this.#sessions.get(id)
    if (session !== undefined && !session.isEnded()) session.terminate({ status_code: 486 })
  }

  /**
   * Call the echo of the switch and listen for a while; an incoming call ends it at once.
   *
   * @returns what was heard; `null` when the call did not last
   */
  echo(microphone: MediaStream): Promise<Heard | null> {
    const agent = this.#agent
    if (agent === null || this.#echo !== null) return Promise.resolve(null)
    return new Promise((done) => {
      let limit: ReturnType<typeof setTimeout> | undefined
      const over = (heard: Heard | null) => {
        clearTimeout(limit)
        this.#echo = null
        done(heard)
      }
      const session = agent.call(ECHO, {
        mediaStream: microphone,
        mediaConstraints: { audio: true, video: false },
        pcConfig: { iceServers: [] },
        eventHandlers: {
          peerconnection: ({ peerconnection }: { peerconnection: RTCPeerConnection }) => {
            peerconnection.addEventListener('track', (event) => {
              this.#hear(event.streams[0] ?? new MediaStream([event.track]))
            })
          },
          icecandidate: iceLimiter(),
          ended: () => over(null),
          failed: () => over(null),
        } as never,
      })
      this.#echo = session
      session.on('confirmed', () => {
        limit = setTimeout(() => {
          void count(session.connection).then((counted) => {
            over(judged(counted))
            if (!session.isEnded()) session.terminate()
          })
        }, ECHO_MS)
      })
    })
  }

  /** Send digits as RTP events (RFC 4733): no signalling is needed. */
  press(id: string, digits: string): void {
    const session = this.#sessions.get(id)
    if (session === undefined || !session.isEstablished()) return
    session.sendDTMF(digits, { duration: TONE_MS, transportType: 'RFC2833' as never })
  }

  /** Put another microphone into the running call. */
  async replaceMicrophone(track: MediaStreamTrack): Promise<void> {
    const sender = this.connection?.getSenders().find((each) => each.track === null || each.track.kind === 'audio')
    await sender?.replaceTrack(track)
  }

  #incoming(session: RTCSession, invitation: { offer: string | null; isRecovery: boolean }): void {
    const id = session.id
    if (this.#echo !== null && !this.#echo.isEnded()) this.#echo.terminate()
    this.#sessions.set(id, session)
    session.on('peerconnection', ({ peerconnection }) => {
      this.connection = peerconnection
      peerconnection.addEventListener('track', (event) => {
        this.#hear(event.streams[0] ?? new MediaStream([event.track]))
      })
      const confirmed = watchSilence(peerconnection, (isSilent) => this.#tell({ kind: 'silence', id, isSilent }))
      session.on('confirmed', confirmed)
    })
    session.on('icecandidate', iceLimiter() as never)
    session.on('confirmed', () => this.#tell({ kind: 'confirmed', id }))
    const over = () => {
      this.#sessions.delete(id)
      this.#tell({ kind: 'ended', id })
    }
    session.on('ended', over)
    session.on('failed', over)
    this.#tell({ kind: 'invited', id, ...invitation })
  }
}
