/** What a desk does when windows, links, microphones and builds come and go (R2 to R13). */
import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { ask } from '@/api/client'
import { applyChange, useLive } from '@/live/store'
import { Microphone } from '@/phone/microphone'
import { step } from '@/phone/reducer'
import { keepSound } from '@/phone/sound'
import { AT_REST, type PhoneState } from '@/phone/state'
import { usePhone } from '@/phone/store'

import { aDesk, aTalkingDesk } from '../world'
import { begin, end, open, press, push, sent, world } from './centre'

beforeEach(begin)
afterEach(end)

const IN_CALL = { id: 's1', offer: 'o1', phase: 'up' as const, isKnown: true, isSilent: false }
const build = (name: string): void =>
  act(() => applyChange({ topic: 'system', whole: true, set: { state: { build: name, problem: null } as never }, del: [] }))

const leaving = (): Event => {
  const event = new Event('beforeunload', { cancelable: true })
  window.dispatchEvent(event)
  return event
}
const track = (deviceId: string) => ({ readyState: 'live', enabled: true, stop: vi.fn(), getSettings: () => ({ deviceId }), addEventListener: () => undefined })
const streamOf = (one: unknown) => ({ getTracks: () => [one], getAudioTracks: () => [one] })

it('R2: closing the window in a call is asked about, and only then', () => {
  open(aTalkingDesk())
  expect(leaving().defaultPrevented).toBe(false)
  act(() => usePhone.setState({ session: IN_CALL }))
  expect(leaving().defaultPrevented).toBe(true)
})

it('R3: while the link is away the strip says that the call goes on, and commands go by HTTP', async () => {
  open(aTalkingDesk())
  await screen.findByTestId('repeat-calls')
  act(() => {
    usePhone.setState({ session: IN_CALL, signalling: 'down' })
    useLive.setState({ link: 'lost' })
  })
  expect((await screen.findByTestId('strip-link_lost')).textContent).toContain('通话仍在继续')
  press('F8')
  await waitFor(() => expect(sent('POST', '/api/desk/contacts/c1/hold')).toHaveLength(1))
})

it('R6: signed in at another computer this one reads only, and can take over', async () => {
  open(aTalkingDesk({ here: false }))
  expect((await screen.findByTestId('strip-signed_in_elsewhere')).textContent).toContain('只读')
  const named = ['call-hold', 'call-transfer', 'call-consult', 'call-help', 'call-hangup']
  expect(named.filter((each) => screen.getByTestId(each).getAttribute('aria-disabled') !== 'true')).toEqual([])
  expect(screen.getByTestId('take-over')).toBeTruthy()
})

it('R9: a microphone that goes is said at once, hold is offered, and one that comes back is taken', async () => {
  open(aTalkingDesk())
  act(() => usePhone.setState({ session: IN_CALL, microphone: 'lost' }))
  expect((await screen.findByTestId('strip-microphone_lost')).getAttribute('role')).toBe('alert')
  fireEvent.click(screen.getByTestId('strip-hold'))
  await waitFor(() => expect(sent('POST', '/api/desk/contacts/c1/hold')).toHaveLength(1))
  act(() => usePhone.setState({ microphone: 'ready' }))
  expect(screen.queryByTestId('strip-microphone_lost')).toBeNull()
})

it('R9: the chosen microphone is taken up again when it is plugged in', async () => {
  keepSound({ volume: 0.5, ringDevice: '', microphone: 'headset' })
  const asked: unknown[] = []
  const plugged: (() => void)[] = []
  const given = [track('built-in'), track('headset')]
  vi.stubGlobal('navigator', {
    mediaDevices: {
      addEventListener: (_: string, listener: () => void) => plugged.push(listener),
      removeEventListener: () => undefined,
      enumerateDevices: () => Promise.resolve([{ kind: 'audioinput', deviceId: 'headset' }]),
      getUserMedia: (wish: unknown) => {
        asked.push(wish)
        return Promise.resolve(streamOf(given[asked.length - 1]))
      },
    },
  })
  const changed = vi.fn()
  const microphone = new Microphone(() => undefined, changed)
  await microphone.open()
  plugged.forEach((tell) => tell())
  await waitFor(() => expect(changed).toHaveBeenCalledWith(given[1]))
  expect(asked.at(-1)).toMatchObject({ audio: { deviceId: { ideal: 'headset' } } })
  expect(given[0]?.stop).toHaveBeenCalled()
})

it('R10: a registration that is lost is named, and the desk phone is a way out', async () => {
  open(aDesk({ state: 'unregistered', registered: false }))
  act(() => usePhone.setState({ registration: 'refused' }))
  expect((await screen.findByTestId('strip-unregistered')).textContent).toContain('不会派来电')
  world.here['POST /api/desk/sign-in'] = { sip: null }
  fireEvent.click(screen.getByTestId('use-desk-phone'))
  await waitFor(() => expect(sent('POST', '/api/desk/sign-in')[0]?.body).toMatchObject({ device: 'phone', take_over: true }))
  await waitFor(() => expect(usePhone.getState().signalling).toBe('off'))
})

it('R10: who changes to a telephone on the desk lets go of the browser’s own', () => {
  const here: PhoneState = { ...AT_REST, device: 'browser', leadership: 'here', microphone: 'ready', signalling: 'up', registration: 'registered' }
  const { state, effects } = step(here, { kind: 'signed_in', device: 'phone' })
  expect([state.device, state.signalling, state.microphone]).toEqual(['phone', 'off', 'off'])
  expect(effects.map((effect) => effect.do)).toEqual(['stop_ringing', 'disconnect', 'close_microphone'])
})

it('R11: a new build waits for the end of the contact', async () => {
  open(aTalkingDesk())
  build('one')
  build('two')
  expect(screen.queryByTestId('strip-new_build')).toBeNull()
  push(aDesk())
  expect(await screen.findByTestId('strip-new_build')).toBeTruthy()
})

it('R13: a double click is one request, and one that is sent again carries the same key', async () => {
  open(aTalkingDesk())
  const hold = await screen.findByTestId('call-hold')
  fireEvent.click(hold)
  fireEvent.click(hold)
  await waitFor(() => expect(sent('POST', '/api/desk/contacts/c1/hold')).toHaveLength(1))
  const keys: string[] = []
  vi.stubGlobal('fetch', (_: unknown, init: RequestInit) => {
    keys.push(new Headers(init.headers).get('Idempotency-Key') ?? '')
    return keys.length === 1 ? Promise.reject(new TypeError('away')) : Promise.resolve(new Response(null, { status: 204 }))
  })
  await ask('POST', '/desk/contacts/c1/hold')
  expect(keys).toHaveLength(2)
  expect(keys[0]).toBe(keys[1])
})
