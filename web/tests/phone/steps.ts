/** The phone of an agent, step by step: signed in, with a call offered, in a call. */
import { step } from '@/phone/reducer'
import { AT_REST, type PhoneEffect, type PhoneEvent, type PhoneState, type ServerView } from '@/phone/state'

export const IDLE: ServerView = { isHere: true, state: 'ready', offer: null, contact: null, isRecovering: false, isKept: false }
export const OFFERED: ServerView = { ...IDLE, state: 'ringing', offer: 'offer-1' }
export const TALKING: ServerView = { ...IDLE, state: 'talking', contact: 'c1', isKept: true }
export const RECOVERING: ServerView = { ...TALKING, state: 'recovering', isRecovering: true, isKept: false }

export function run(events: PhoneEvent[], from: PhoneState = AT_REST): { state: PhoneState; effects: PhoneEffect[] } {
  let state = from
  const effects: PhoneEffect[] = []
  for (const event of events) {
    const stepped = step(state, event)
    state = stepped.state
    effects.push(...stepped.effects)
  }
  return { state, effects }
}

export const done = (effects: PhoneEffect[]): string[] => effects.map((effect) => effect.do)

export const SIGNED_IN: PhoneEvent[] = [
  { kind: 'leadership', leadership: 'here' },
  { kind: 'signed_in', device: 'browser' },
  { kind: 'microphone', microphone: 'asking' },
  { kind: 'microphone', microphone: 'ready' },
  { kind: 'connecting' },
  { kind: 'connected' },
  { kind: 'registered' },
  { kind: 'view_fetched', view: IDLE },
]
export const INVITE: PhoneEvent = { kind: 'invited', id: 's1', offer: 'offer-1', isRecovery: false }
export const IN_CALL: PhoneEvent[] = [
  ...SIGNED_IN,
  INVITE,
  { kind: 'view_pushed', view: OFFERED },
  { kind: 'answer_asked' },
  { kind: 'confirmed', id: 's1' },
  { kind: 'view_pushed', view: TALKING },
]
