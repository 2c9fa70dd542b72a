/** `step(state, event)`: the next state and what to do about it. Pure. */
import { AT_REST, type PhoneEffect, type PhoneEvent, type PhoneState, type ServerView } from './state'

export interface Stepped {
  state: PhoneState
  effects: PhoneEffect[]
}

const same = (state: PhoneState): Stepped => ({ state, effects: [] })
const holdsPhone = (state: PhoneState): boolean => state.device === 'browser' && state.leadership === 'here'

/** May SIP be sent? Anything sent while the transport is down would end the call in JsSIP. */
export const canSignal = (state: PhoneState): boolean => state.signalling === 'up'

function openUp(state: PhoneState): PhoneEffect[] {
  if (!holdsPhone(state)) return []
  if (state.microphone === 'ready') return state.signalling === 'off' ? [{ do: 'connect' }] : []
  return state.microphone === 'off' ? [{ do: 'open_microphone' }] : []
}

function closeDown(state: PhoneState): PhoneEffect[] {
  const effects: PhoneEffect[] = [{ do: 'stop_ringing' }]
  if (state.signalling !== 'off') effects.push({ do: 'disconnect' })
  if (state.microphone !== 'off') effects.push({ do: 'close_microphone' })
  return effects
}

function withLeadership(state: PhoneState, leadership: PhoneState['leadership']): Stepped {
  const next = { ...state, leadership }
  if (leadership === 'here') return { state: next, effects: openUp(next) }
  const rest = { ...AT_REST, device: state.device, leadership }
  return { state: rest, effects: closeDown(state) }
}

function withMicrophone(state: PhoneState, microphone: PhoneState['microphone']): Stepped {
  const next = { ...state, microphone }
  const effects = openUp(next)
  if (microphone === 'lost' && state.session?.phase === 'up') effects.push({ do: 'warn_microphone' })
  // A restored microphone keeps the silence the person asked for.
  if (microphone === 'ready' && state.isMuted) effects.push({ do: 'mute', muted: true })
  return { state: next, effects }
}

function invited(state: PhoneState, event: Extract<PhoneEvent, { kind: 'invited' }>): Stepped {
  if (state.session !== null && !event.isRecovery) {
    return { state, effects: [{ do: 'decline', session: event.id }] }
  }
  const effects: PhoneEffect[] = []
  if (state.isMuted && !event.isRecovery) effects.push({ do: 'mute', muted: false })
  // The new leg replaces whatever is left of the old one.
  if (state.session !== null) effects.push({ do: 'end', session: state.session.id })
  const session = {
    id: event.id,
    offer: event.offer,
    phase: event.isRecovery ? ('answering' as const) : ('ringing' as const),
    isKnown: event.isRecovery,
    isSilent: false,
  }
  effects.push(event.isRecovery ? { do: 'answer', session: event.id } : { do: 'ring' })
  return { state: { ...state, session, isMuted: event.isRecovery && state.isMuted }, effects }
}

function ended(state: PhoneState, id: string): Stepped {
  if (state.session?.id !== id) return same(state)
  const next = { ...state, session: null, isMuted: false }
  const effects: PhoneEffect[] = [{ do: 'stop_ringing' }]
  if (state.isMuted) effects.push({ do: 'mute', muted: false })
  return { state: next, effects }
}

/** Ask for a new leg when the server keeps a call for this desk and this phone has none of it. */
function recovery(state: PhoneState, view: ServerView): Stepped {
  const isWanted = view.isHere && view.isRecovering && holdsPhone(state)
  if (!isWanted) return same(view.isRecovering ? state : { ...state, legAskedFor: null })
  const isAble = canSignal(state) && state.registration === 'registered' && state.microphone === 'ready'
  if (!isAble || state.session !== null || state.legAskedFor === view.contact) return same(state)
  return { state: { ...state, legAskedFor: view.contact }, effects: [{ do: 'ask_for_leg' }] }
}

function endHere(state: PhoneState): Stepped {
  if (state.session === null || !canSignal(state)) return same(state)
  const gone = ended(state, state.session.id)
  return { state: gone.state, effects: [...gone.effects, { do: 'end', session: state.session.id }] }
}

/** End a leg that another will replace: whoever had muted stays muted. */
function giveUp(state: PhoneState): Stepped {
  if (state.session === null || !canSignal(state)) return same(state)
  return {
    state: { ...state, session: null },
    effects: [{ do: 'stop_ringing' }, { do: 'end', session: state.session.id }],
  }
}

function replaced(state: PhoneState, view: ServerView): Stepped {
  const cleared = giveUp(state)
  const again = recovery(cleared.state, view)
  return { state: again.state, effects: [...cleared.effects, ...again.effects] }
}

/** A leg that carries no sound is given up once, where the server then keeps the customer and gives a new one. */
const isToRenew = (state: PhoneState, view: ServerView): boolean =>
  state.session?.isSilent === true && view.isKept && view.contact !== null && state.renewed !== view.contact

function renew(state: PhoneState, contact: string | null): Stepped {
  const gone = giveUp(state)
  return gone.state === state ? gone : { ...gone, state: { ...gone.state, renewed: contact } }
}

function silence(state: PhoneState, event: Extract<PhoneEvent, { kind: 'silence' }>): Stepped {
  if (state.session?.id !== event.id || state.session.isSilent === event.isSilent) return same(state)
  const next = { ...state, session: { ...state.session, isSilent: event.isSilent } }
  return { state: next, effects: event.isSilent ? [{ do: 'fetch_view' }] : [] }
}

/** Another browser has taken the desk: this one lets go of everything. */
function takenElsewhere(state: PhoneState): Stepped {
  return { state: { ...AT_REST, leadership: state.leadership }, effects: [...closeDown(state), { do: 'let_go' }] }
}

function viewPushed(before: PhoneState, view: ServerView): Stepped {
  if (before.wasHere && !view.isHere) return takenElsewhere(before)
  const state = view.isHere && !before.wasHere ? { ...before, wasHere: true } : before
  if (state.session === null) return recovery(state, view)
  const speaks = view.contact !== null || (view.offer !== null && view.offer === state.session.offer)
  if (speaks) {
    const known = state.session.isKnown ? state : { ...state, session: { ...state.session, isKnown: true } }
    // A dead leg whose end never reached this browser: the server asks for a new one.
    const isNew = state.legAskedFor !== null && state.legAskedFor === view.contact
    const isSettled = state.session.phase === 'up' && canSignal(state) && !state.mustReconcile
    if (view.isRecovering && isSettled && !isNew) return replaced(known, view)
    if (isToRenew(known, view)) return renew(known, view.contact)
    return same(view.isRecovering ? known : { ...known, legAskedFor: null })
  }
  // Only a call the server has spoken of can be said to be over; a push may be older than the call.
  if (state.session.isKnown && state.session.phase === 'up' && !state.mustReconcile) return endHere(state)
  return same(state)
}

function viewFetched(state: PhoneState, view: ServerView): Stepped {
  // Nothing can be done about it yet; the registration that follows fetches it again.
  if (!canSignal(state)) return same(state)
  const now = { ...state, mustReconcile: false, legAskedFor: null }
  if (now.session === null) return recovery(now, view)
  const isOver = view.contact === null && view.offer === null
  // Any other call may be younger than the view; its end comes by signalling.
  if (isOver && now.survivor !== now.session.id) return same(now)
  const isReplaced = view.isRecovering
  const known = { ...now, session: { ...now.session, isKnown: true } }
  if (isToRenew(known, view)) return renew(known, view.contact)
  if (!isOver && !isReplaced) return same(known)
  return isOver ? endHere(now) : replaced(now, view)
}

function disconnected(state: PhoneState): Stepped {
  const failures = state.signalling === 'up' ? 0 : state.failures + 1
  const next: PhoneState = {
    ...state,
    signalling: 'down',
    failures,
    registration: 'off',
    mustReconcile: true,
    legAskedFor: null,
  }
  // A ringing session cannot be answered now; a running one goes on without signalling.
  if (state.session?.phase === 'ringing') {
    return { state: { ...next, session: null }, effects: [{ do: 'stop_ringing' }] }
  }
  return same({ ...next, survivor: state.session?.id ?? null })
}

function answerAsked(state: PhoneState): Stepped {
  if (state.session?.phase !== 'ringing' || !canSignal(state) || state.microphone !== 'ready') return same(state)
  const session = { ...state.session, phase: 'answering' as const }
  return {
    state: { ...state, session },
    effects: [{ do: 'stop_ringing' }, { do: 'answer', session: session.id }],
  }
}

function signalling(state: PhoneState, event: PhoneEvent): Stepped {
  switch (event.kind) {
    case 'connecting':
      return same({ ...state, signalling: state.signalling === 'down' ? 'down' : 'connecting' })
    case 'connected':
      return same({ ...state, signalling: 'up', failures: 0, hasBeenUp: true, registration: 'registering' })
    case 'disconnected':
      return disconnected(state)
    case 'registered': {
      const effects: PhoneEffect[] = state.registration === 'registered' ? [] : [{ do: 'fetch_view' }]
      return { state: { ...state, registration: 'registered' }, effects }
    }
    case 'unregistered':
      return same({ ...state, registration: 'off' })
    case 'registration_refused':
      return same({ ...state, registration: 'refused' })
    default:
      return same(state)
  }
}

export function step(state: PhoneState, event: PhoneEvent): Stepped {
  switch (event.kind) {
    case 'signed_in': {
      const next = { ...state, device: event.device }
      // From now on a telephone on the desk rings: this browser's own is put away.
      if (event.device === 'phone' && state.device === 'browser') {
        return { state: { ...AT_REST, device: 'phone', leadership: state.leadership, wasHere: state.wasHere }, effects: closeDown(state) }
      }
      return { state: next, effects: openUp(next) }
    }
    case 'signed_out':
      return { state: { ...AT_REST, leadership: state.leadership }, effects: closeDown(state) }
    case 'leadership':
      return event.leadership === state.leadership ? same(state) : withLeadership(state, event.leadership)
    case 'microphone':
      return withMicrophone(state, event.microphone)
    case 'invited':
      return invited(state, event)
    case 'answer_asked':
      return answerAsked(state)
    case 'confirmed':
      if (state.session?.id !== event.id) return same(state)
      return same({ ...state, session: { ...state.session, phase: 'up' } })
    case 'ended':
      return ended(state, event.id)
    case 'silence':
      return silence(state, event)
    case 'renew_asked':
      return renew(state, state.renewed)
    case 'mute_asked':
      return { state: { ...state, isMuted: event.muted }, effects: [{ do: 'mute', muted: event.muted }] }
    case 'sound':
      return same({ ...state, isSoundBlocked: event.isBlocked })
    case 'view_pushed':
      return viewPushed(state, event.view)
    case 'view_fetched':
      return viewFetched(state, event.view)
    case 'leg_refused':
      return same({ ...state, legAskedFor: null })
    case 'woke':
      return holdsPhone(state) && state.signalling !== 'off' ? { state, effects: [{ do: 'reconnect' }] } : same(state)
    default:
      return signalling(state, event)
  }
}
