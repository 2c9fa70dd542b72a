/**
 * The words of the phone: what it can be in, what can happen to it, what it then does. Nothing here
 * knows a browser, so every sequence of events can be tried in a test.
 *
 * The server owns the call. The phone answers a SIP session, reports nothing, and follows: while
 * signalling is down it sends no SIP at all, and when it comes back the server's word decides
 * whether the local session lives on.
 */

export type Device = 'browser' | 'phone'
/** Which tab of this browser holds the phone. */
export type Leadership = 'unknown' | 'here' | 'elsewhere'
export type Microphone = 'off' | 'asking' | 'ready' | 'none' | 'denied' | 'busy' | 'insecure' | 'lost'
export type Signalling = 'off' | 'connecting' | 'up' | 'down'
export type Registration = 'off' | 'registering' | 'registered' | 'refused'
export type SessionPhase = 'ringing' | 'answering' | 'up'

export interface PhoneSession {
  id: string
  /** The offer it rings for (header `X-Offer`), or `null` for a restored leg. */
  offer: string | null
  phase: SessionPhase
  /** The server has spoken of this call since the session began. */
  isKnown: boolean
  /** It is connected, and no sound comes through in either direction. */
  isSilent: boolean
}

export interface PhoneState {
  device: Device | null
  leadership: Leadership
  microphone: Microphone
  signalling: Signalling
  /** Tries since the phone was opened, as long as none has come up. */
  failures: number
  hasBeenUp: boolean
  registration: Registration
  session: PhoneSession | null
  isMuted: boolean
  /** The browser refuses to play sound until the person clicks. */
  isSoundBlocked: boolean
  /** The contact for which a new leg has been asked. */
  legAskedFor: string | null
  /** The contact whose silent leg this phone has given up by itself: done once, then the agent decides. */
  renewed: string | null
  /** Was signalling lost, and has the server's view not been fetched since? */
  mustReconcile: boolean
  /** The call that was there when signalling was lost: its end may never have reached this browser. */
  survivor: string | null
  /** The server has said that this browser holds the desk. */
  wasHere: boolean
}

/** What the phone needs to know of the server's view of the desk. */
export interface ServerView {
  isHere: boolean
  state: string
  offer: string | null
  contact: string | null
  isRecovering: boolean
  /** When this phone's leg ends, the server keeps the customer: the conversation is the desk's own. */
  isKept: boolean
}

export type PhoneEvent =
  | { kind: 'signed_in'; device: Device }
  | { kind: 'signed_out' }
  | { kind: 'leadership'; leadership: Leadership }
  | { kind: 'microphone'; microphone: Microphone }
  | { kind: 'connecting' }
  | { kind: 'connected' }
  | { kind: 'disconnected' }
  | { kind: 'registered' }
  | { kind: 'unregistered' }
  | { kind: 'registration_refused' }
  | { kind: 'invited'; id: string; offer: string | null; isRecovery: boolean }
  | { kind: 'answer_asked' }
  | { kind: 'confirmed'; id: string }
  | { kind: 'ended'; id: string }
  /** No sound comes through although the call is connected, or it does again. */
  | { kind: 'silence'; id: string; isSilent: boolean }
  | { kind: 'renew_asked' }
  | { kind: 'mute_asked'; muted: boolean }
  | { kind: 'sound'; isBlocked: boolean }
  /** The server's view as pushed; may be older than what the phone has just seen. */
  | { kind: 'view_pushed'; view: ServerView }
  /** The server's view fetched after signalling came back: it decides. */
  | { kind: 'view_fetched'; view: ServerView }
  | { kind: 'leg_refused' }
  | { kind: 'woke' }

export type PhoneEffect =
  | { do: 'connect' }
  | { do: 'disconnect' }
  | { do: 'reconnect' }
  | { do: 'answer'; session: string }
  | { do: 'decline'; session: string }
  | { do: 'end'; session: string }
  | { do: 'mute'; muted: boolean }
  | { do: 'ring' }
  | { do: 'stop_ringing' }
  | { do: 'ask_for_leg' }
  | { do: 'fetch_view' }
  | { do: 'warn_microphone' }
  | { do: 'open_microphone' }
  | { do: 'close_microphone' }
  /** Another device has the desk: this tab is no longer its presence. */
  | { do: 'let_go' }

export const AT_REST: PhoneState = {
  device: null,
  leadership: 'unknown',
  microphone: 'off',
  signalling: 'off',
  failures: 0,
  hasBeenUp: false,
  registration: 'off',
  session: null,
  isMuted: false,
  isSoundBlocked: false,
  legAskedFor: null,
  renewed: null,
  mustReconcile: false,
  survivor: null,
  wasHere: false,
}

/** Why the phone cannot take a call, worst first; `null` when it can. */
export type PhoneProblem =
  | 'elsewhere_in_browser'
  | 'microphone_insecure'
  | 'microphone_none'
  | 'microphone_denied'
  | 'microphone_busy'
  | 'microphone_lost'
  | 'certificate_untrusted'
  | 'signalling_down'
  | 'unregistered'
  | 'sound_blocked'
  | 'call_silent'
  | 'call_renewing'

const TRIES_BEFORE_BLAMING_THE_CERTIFICATE = 3

export function problemOf(state: PhoneState, isSecurePage: boolean): PhoneProblem | null {
  if (state.device !== 'browser') return null
  if (state.leadership === 'elsewhere') return 'elsewhere_in_browser'
  switch (state.microphone) {
    case 'insecure':
    case 'none':
    case 'denied':
    case 'busy':
    case 'lost':
      return `microphone_${state.microphone}`
    default:
      break
  }
  if (state.signalling === 'down') {
    const isNeverUp = !state.hasBeenUp && state.failures >= TRIES_BEFORE_BLAMING_THE_CERTIFICATE
    return isNeverUp && isSecurePage ? 'certificate_untrusted' : 'signalling_down'
  }
  if (state.signalling === 'up' && state.registration === 'refused') return 'unregistered'
  if (state.signalling === 'up' && state.registration === 'off') return 'unregistered'
  if (state.isSoundBlocked) return 'sound_blocked'
  if (state.session?.isSilent === true) return 'call_silent'
  return state.renewed !== null && state.renewed === state.legAskedFor ? 'call_renewing' : null
}
