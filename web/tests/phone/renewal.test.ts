import { describe, expect, it } from 'vitest'

import { problemOf, type PhoneEvent } from '@/phone/state'

import { done, IN_CALL, RECOVERING, run, TALKING } from './steps'

describe('a call without sound', () => {
  const SILENT: PhoneEvent = { kind: 'silence', id: 's1', isSilent: true }
  const silent = run([SILENT], run(IN_CALL).state)
  const givenUp = run([{ kind: 'view_fetched', view: TALKING }], silent.state)
  const NEW_LEG: PhoneEvent[] = [
    { kind: 'view_pushed', view: RECOVERING },
    { kind: 'invited', id: 's2', offer: null, isRecovery: true },
    { kind: 'confirmed', id: 's2' },
    { kind: 'view_pushed', view: TALKING },
  ]

  it('asks what the server has, and says so', () => {
    expect(done(silent.effects)).toEqual(['fetch_view'])
    expect(problemOf(silent.state, false)).toBe('call_silent')
  })

  it('gives the leg up when the server keeps the customer, and takes a new one', () => {
    expect(givenUp.effects).toEqual([{ do: 'stop_ringing' }, { do: 'end', session: 's1' }])
    const asked = run(NEW_LEG.slice(0, 1), givenUp.state)
    expect(done(asked.effects)).toEqual(['ask_for_leg'])
    expect(problemOf(asked.state, false)).toBe('call_renewing')
    const again = run(NEW_LEG, givenUp.state)
    expect(again.state.session).toMatchObject({ id: 's2', phase: 'up', isSilent: false })
    expect(problemOf(again.state, false)).toBeNull()
  })

  it('does so once for a contact; then the agent asks for it', () => {
    const again = run([...NEW_LEG, { ...SILENT, id: 's2' }, { kind: 'view_fetched', view: TALKING }], givenUp.state)
    expect(done(again.effects)).toEqual(['ask_for_leg', 'answer', 'fetch_view'])
    expect(problemOf(again.state, false)).toBe('call_silent')
    expect(run([{ kind: 'renew_asked' }], again.state).effects).toEqual([
      { do: 'stop_ringing' },
      { do: 'end', session: 's2' },
    ])
  })

  it('is not given up where the customer would be lost with it, until the conversation is kept', () => {
    const dialling = { ...TALKING, isKept: false }
    const waits = run([{ kind: 'view_fetched', view: dialling }, { kind: 'view_pushed', view: dialling }], silent.state)
    expect(waits.effects).toEqual([])
    expect(done(run([{ kind: 'view_pushed', view: TALKING }], waits.state).effects)).toEqual(['stop_ringing', 'end'])
  })

  it('is left alone once it carries sound again, and of another session nothing is believed', () => {
    const back = run([{ kind: 'silence', id: 's1', isSilent: false }, { kind: 'view_fetched', view: TALKING }], silent.state)
    expect(back.effects).toEqual([])
    expect(problemOf(back.state, false)).toBeNull()
    expect(run([{ ...SILENT, id: 's0' }], run(IN_CALL).state).effects).toEqual([])
  })

  it('sends nothing while signalling is down; what the server has then decides', () => {
    const down = run([{ kind: 'disconnected' }, SILENT, { kind: 'view_pushed', view: TALKING }], run(IN_CALL).state)
    expect(done(down.effects)).toEqual(['fetch_view'])
    const back = run([{ kind: 'connected' }, { kind: 'registered' }, { kind: 'view_fetched', view: TALKING }], down.state)
    expect(done(back.effects)).toEqual(['fetch_view', 'stop_ringing', 'end'])
  })

  it('stays muted on the new leg, and the next caller finds an open microphone', () => {
    const muted = run([{ kind: 'mute_asked', muted: true }, SILENT, { kind: 'view_fetched', view: TALKING }], run(IN_CALL).state)
    expect(done(muted.effects)).toEqual(['mute', 'fetch_view', 'stop_ringing', 'end'])
    expect(run(NEW_LEG, muted.state).state.isMuted).toBe(true)
    const next = run([{ kind: 'invited', id: 's3', offer: 'offer-3', isRecovery: false }], muted.state)
    expect(next.effects).toEqual([{ do: 'mute', muted: false }, { do: 'ring' }])
    expect(next.state.isMuted).toBe(false)
  })
})
