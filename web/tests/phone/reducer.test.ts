import { describe, expect, it } from 'vitest'

import { problemOf, type PhoneEvent, type PhoneState } from '@/phone/state'

import { done, IDLE, IN_CALL, INVITE, OFFERED, RECOVERING, run, SIGNED_IN, TALKING } from './steps'

describe('signing in', () => {
  it('opens the microphone first and connects only when it is there', () => {
    const { effects } = run(SIGNED_IN)
    expect(done(effects)).toEqual(['open_microphone', 'connect', 'fetch_view'])
  })

  it('with a desk phone touches neither microphone nor SIP', () => {
    const { effects } = run([{ kind: 'leadership', leadership: 'here' }, { kind: 'signed_in', device: 'phone' }])
    expect(effects).toEqual([])
  })

  it('does not fetch the view again for each refresh of the registration', () => {
    const { effects } = run([{ kind: 'registered' }], run(SIGNED_IN).state)
    expect(effects).toEqual([])
  })
})

describe('an offer', () => {
  it('rings until it is answered, and is answered once', () => {
    const { effects } = run([INVITE, { kind: 'answer_asked' }, { kind: 'answer_asked' }], run(SIGNED_IN).state)
    expect(done(effects)).toEqual(['ring', 'stop_ringing', 'answer'])
  })

  it('that is withdrawn stops the ring', () => {
    const { state, effects } = run([INVITE, { kind: 'ended', id: 's1' }], run(SIGNED_IN).state)
    expect(done(effects)).toEqual(['ring', 'stop_ringing'])
    expect(state.session).toBeNull()
  })

  it('is declined while another call is up', () => {
    const { effects } = run([{ kind: 'invited', id: 's2', offer: 'offer-2', isRecovery: false }], run(IN_CALL).state)
    expect(effects).toEqual([{ do: 'decline', session: 's2' }])
  })

  it('is not ended by a view older than itself', () => {
    const { state, effects } = run(
      [INVITE, { kind: 'answer_asked' }, { kind: 'confirmed', id: 's1' }, { kind: 'view_pushed', view: IDLE }],
      run(SIGNED_IN).state,
    )
    expect(state.session?.phase).toBe('up')
    expect(done(effects)).not.toContain('end')
  })

  it('cannot be answered while signalling is down', () => {
    const { state } = run([INVITE, { kind: 'disconnected' }, { kind: 'answer_asked' }], run(SIGNED_IN).state)
    expect(state.session).toBeNull()
  })
})

describe('a call', () => {
  it('ends here when the server says the talk is over', () => {
    const { state, effects } = run([{ kind: 'view_pushed', view: { ...IDLE, state: 'acw' } }], run(IN_CALL).state)
    expect(done(effects)).toEqual(['stop_ringing', 'end'])
    expect(state.session).toBeNull()
  })

  it('is muted here alone, and the next one begins unmuted', () => {
    const muted = run([{ kind: 'mute_asked', muted: true }], run(IN_CALL).state)
    expect(muted.effects).toEqual([{ do: 'mute', muted: true }])
    const over = run([{ kind: 'ended', id: 's1' }], muted.state)
    expect(over.state.isMuted).toBe(false)
    expect(over.effects).toContainEqual({ do: 'mute', muted: false })
  })

  it('warns when the microphone goes, and keeps the silence when it comes back', () => {
    const lost = run([{ kind: 'mute_asked', muted: true }, { kind: 'microphone', microphone: 'lost' }], run(IN_CALL).state)
    expect(done(lost.effects)).toEqual(['mute', 'warn_microphone'])
    expect(problemOf(lost.state, false)).toBe('microphone_lost')
    const back = run([{ kind: 'microphone', microphone: 'ready' }], lost.state)
    expect(back.effects).toEqual([{ do: 'mute', muted: true }])
  })
})

describe('signalling lost during a call', () => {
  const lost = run([{ kind: 'disconnected' }], run(IN_CALL).state)

  it('sends no SIP and keeps the session', () => {
    expect(lost.effects).toEqual([])
    expect(lost.state.session?.phase).toBe('up')
    const pushed = run([{ kind: 'view_pushed', view: IDLE }], lost.state)
    expect(pushed.effects).toEqual([])
  })

  it('on return goes on when the server still has the talk', () => {
    const back = run([{ kind: 'connected' }, { kind: 'registered' }, { kind: 'view_fetched', view: TALKING }], lost.state)
    expect(done(back.effects)).toEqual(['fetch_view'])
    expect(back.state.session?.phase).toBe('up')
  })

  it('on return ends here when the server says the talk is over', () => {
    const back = run([{ kind: 'connected' }, { kind: 'registered' }, { kind: 'view_fetched', view: IDLE }], lost.state)
    expect(done(back.effects)).toEqual(['fetch_view', 'stop_ringing', 'end'])
    expect(back.state.session).toBeNull()
  })

  it('on return takes a new leg when the server kept the customer', () => {
    const back = run([{ kind: 'connected' }, { kind: 'registered' }, { kind: 'view_fetched', view: RECOVERING }], lost.state)
    expect(done(back.effects)).toEqual(['fetch_view', 'stop_ringing', 'end', 'ask_for_leg'])
  })
})

describe('a reload during a call', () => {
  const asked = run([...SIGNED_IN.slice(0, -1), { kind: 'view_fetched', view: RECOVERING }])

  it('asks for a leg once, answers it by itself and does not ring', () => {
    const taken = run(
      [
        { kind: 'view_pushed', view: RECOVERING },
        { kind: 'invited', id: 's9', offer: null, isRecovery: true },
      ],
      asked.state,
    )
    expect(done(asked.effects).filter((effect) => effect === 'ask_for_leg')).toHaveLength(1)
    expect(taken.effects).toEqual([{ do: 'answer', session: 's9' }])
  })

  it('keeps the new leg while the server still says recovering', () => {
    const up = run(
      [
        { kind: 'invited', id: 's9', offer: null, isRecovery: true },
        { kind: 'confirmed', id: 's9' },
        { kind: 'view_pushed', view: RECOVERING },
        { kind: 'view_pushed', view: TALKING },
      ],
      asked.state,
    )
    expect(done(up.effects)).toEqual(['answer'])
    expect(up.state.session?.phase).toBe('up')
    expect(up.state.legAskedFor).toBeNull()
  })

  it('asks again after a leg that never came', () => {
    const again = run([{ kind: 'leg_refused' }, { kind: 'view_fetched', view: RECOVERING }], asked.state)
    expect(done(again.effects)).toEqual(['ask_for_leg'])
  })
})

describe('other places', () => {
  it('a tab that loses the phone closes everything and says where it is', () => {
    const { state, effects } = run([{ kind: 'leadership', leadership: 'elsewhere' }], run(IN_CALL).state)
    expect(done(effects)).toEqual(['stop_ringing', 'disconnect', 'close_microphone'])
    expect(problemOf(state, false)).toBe('elsewhere_in_browser')
  })

  it('a desk taken over elsewhere lets go of the phone', () => {
    const { effects } = run([{ kind: 'view_pushed', view: { ...IDLE, isHere: false } }], run(IN_CALL).state)
    expect(done(effects)).toEqual(['stop_ringing', 'disconnect', 'close_microphone', 'let_go'])
  })

  it('a view from before the sign-in does not let go', () => {
    const fresh = run(SIGNED_IN.slice(0, 2)).state
    expect(run([{ kind: 'view_pushed', view: { ...IDLE, isHere: false } }], fresh).effects).toEqual([])
  })
})

const idleWith = (change: Partial<PhoneState>): PhoneState => ({ ...run(SIGNED_IN).state, ...change })

describe('what is wrong', () => {
  it.each([
    [idleWith({}), null],
    [idleWith({ microphone: 'none' }), 'microphone_none'],
    [idleWith({ microphone: 'busy' }), 'microphone_busy'],
    [idleWith({ microphone: 'denied' }), 'microphone_denied'],
    [idleWith({ registration: 'refused' }), 'unregistered'],
    [idleWith({ signalling: 'down' }), 'signalling_down'],
    [idleWith({ signalling: 'down', failures: 3, hasBeenUp: false }), 'certificate_untrusted'],
    [idleWith({ isSoundBlocked: true }), 'sound_blocked'],
  ])('is named, case %#', (state, problem) => {
    expect(problemOf(state, true)).toBe(problem)
  })

  it('after sleep opens a new connection', () => {
    expect(run([{ kind: 'woke' }], run(IN_CALL).state).effects).toEqual([{ do: 'reconnect' }])
  })
})

it('a view asked for before it rang does not end the call that rings, even when it was pushed meanwhile', () => {
  const rung = run([...SIGNED_IN, INVITE, { kind: 'view_pushed', view: OFFERED }, { kind: 'view_fetched', view: IDLE }])

  expect(rung.state.session?.phase).toBe('ringing')
  expect(done(rung.effects)).not.toContain('end')
})

it('a call that was answered before the transport was lost ends with a view that has none', () => {
  const up: PhoneEvent[] = [{ kind: 'answer_asked' }, { kind: 'confirmed', id: 's1' }]
  const talking = run([...SIGNED_IN, INVITE, ...up])
  expect(talking.state.session?.isKnown).toBe(false)

  const back = run(
    [{ kind: 'disconnected' }, { kind: 'connected' }, { kind: 'registered' }, { kind: 'view_fetched', view: IDLE }],
    talking.state,
  )

  expect(back.state.session).toBeNull()
  expect(done(back.effects)).toContain('end')
})
