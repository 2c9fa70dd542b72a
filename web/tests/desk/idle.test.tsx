/** Between contacts and when it rings: calls out, things to do, who rings, the allowance of a break. */
import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'

import { onAnnouncement } from '@/ui/announce'
import { useHelp } from '@/ui/help'
import { usePhone } from '@/phone/store'

import { aDesk, aRingingDesk, aTalkingDesk } from '../world'
import { aQueue, aTarget, begin, end, open, press, push, sent, world } from './centre'

beforeEach(begin)
afterEach(end)

const IDLE = { ...aDesk().allowed, call: true }

it('F2 calls out when nothing rings: a number is typed and Enter dials it, once', async () => {
  world.targets = [aTarget({ kind: 'number', id: '13900139000', name: '13900139000', no: '' }), aQueue()]
  open(aDesk({ allowed: IDLE }))
  await screen.findByTestId('todos')
  press('F2')
  const field = await screen.findByTestId('hand-search')
  fireEvent.change(field, { target: { value: '13900139000' } })
  await screen.findByTestId('target-number-13900139000')
  expect(screen.queryByTestId('target-queue-sales')).toBeNull()
  fireEvent.keyDown(field, { key: 'Enter' })
  fireEvent.keyDown(field, { key: 'Enter' })
  await waitFor(() => expect(sent('POST', '/api/desk/calls')).toHaveLength(1))
  expect(sent('POST', '/api/desk/calls')[0]?.body).toEqual({ number: '13900139000' })
})

it('a colleague is called from the same panel', async () => {
  world.targets = [aTarget()]
  open(aDesk({ allowed: IDLE }))
  await screen.findByTestId('todos')
  press('F2')
  await screen.findByTestId('target-agent-8001')
  fireEvent.click(screen.getByTestId('hand-do-call'))
  await waitFor(() => expect(sent('POST', '/api/desk/calls/colleague')[0]?.body).toEqual({ agent: '8001' }))
})

it('T3: F2 answers what rings and never opens the panel then', async () => {
  open(aRingingDesk())
  act(() => usePhone.setState({ session: { id: 's1', offer: 'offer-1', phase: 'ringing', isKnown: true, isSilent: false } }))
  await screen.findByTestId('offer-strip')
  press('F2')
  expect(usePhone.getState().session?.phase).toBe('answering')
  expect(screen.queryByTestId('hand-search')).toBeNull()
})

it('A6: an incoming call is told at once, with who, where and how long', () => {
  const said: string[] = []
  const stop = onAnnouncement((urgency, text) => said.push(`${urgency}: ${text}`))
  open(aDesk())
  push(aRingingDesk())
  expect(said).toContain('assertive: 来电 新客户 售后 等待 00:42,按 F2 接听')
  stop()
})

it('A6: clocks are silent until Alt+L asks for them', async () => {
  const said: string[] = []
  open(aTalkingDesk())
  await screen.findByTestId('repeat-calls')
  const stop = onAnnouncement((urgency, text) => said.push(`${urgency}: ${text}`))
  press('l', { altKey: true })
  expect(said).toEqual([expect.stringMatching(/^polite: 通话中 00:0\d, 138\*{4}1234, 售后 等待 3$/)])
  stop()
})

it('a customer who calls again within a week is marked before the call is answered', async () => {
  open(aRingingDesk())
  const marks = await screen.findAllByTestId('repeat-calls')
  expect(marks[0]?.textContent).toContain('7 天内第 3 次来电')
})

it('former contacts that cannot be read leave the call alone', async () => {
  world.here['GET /api/desk/contacts/c1/history'] = Response.json({ code: 'database_away' }, { status: 503 })
  open(aTalkingDesk())
  expect(await screen.findByText('联系记录暂不可用,不影响通话。')).toBeTruthy()
  expect(screen.getByTestId('call-hold').getAttribute('aria-disabled')).toBe('false')
})

it('a colleague who rings is named, and why', async () => {
  open(aDesk({ state: 'ringing', invited: { contact: 'c9', name: '李四', no: '8001', why: 'consult', since: 0 } }))
  expect((await screen.findByTestId('offer-strip')).textContent).toContain('8001 李四 请您加入与客户的通话')
})

it('messages and callbacks wait on the idle desk; what is done is done on the server', async () => {
  world.here['GET /api/voicemails'] = [
    { contact: 'v1', left_at: 0, number: '138****1234', name: '', queue: 'service', duration_ms: 12_000, transcript: '请回电' },
  ]
  world.here['GET /api/desk/callbacks'] = [
    { id: 'b1', number: '139****0001', queue: { id: 'service', name: '售后', name_en: 'Service' }, since: 0, due: null, phase: 'waiting', do_not_call: { reason: '不要再打来', until: null } },
  ]
  world.here['PATCH /api/voicemails/v1'] = new Response(null, { status: 204 })
  open(aDesk())
  expect((await screen.findByTestId('message-v1')).textContent).toContain('请回电')
  expect((await screen.findByTestId('callback-b1')).textContent).toContain('139****0001 · 售后排队')
  expect(screen.getByTestId('not-called').textContent).toContain('不可拨打:不要再打来')
  fireEvent.click(screen.getByTestId('message-heard-v1'))
  await waitFor(() => expect(sent('PATCH', '/api/voicemails/v1')[0]?.body).toEqual({ heard: true }))
})

it('a break says what is left of it, and then by how much it is overdrawn', async () => {
  const now = Date.now()
  const reasons = [{ code: 'break', name: '小休', name_en: 'Break', allowance_ms: 900_000 }]
  open(aDesk({ state: 'not_ready', reason: 'break', since: now, overstays_at: now + 720_000, reasons }))
  expect((await screen.findByTestId('allowance')).textContent).toMatch(/剩 (12:00|11:5\d)/)
  push(aDesk({ state: 'not_ready', reason: 'break', since: now - 960_000, overstays_at: null, reasons }))
  await waitFor(() => expect(screen.getByTestId('allowance').dataset['over']).toBe('true'))
  expect(screen.getByTestId('allowance').textContent).toMatch(/▲ 已超 01:0\d/)
})

it('every key of the desk stands in the help sheet', async () => {
  open(aDesk())
  await screen.findByTestId('todos')
  const keys = Object.values(useHelp.getState().keys).flat().map((each) => each.keys)
  const wanted = ['F2', 'F4', 'F8', 'F9', 'Alt+w', 'Alt+z', 'Alt+x', 'Alt+s', 'Alt+p', 'Alt+h', 'Alt+c', 'Alt+l', '$mod+s', '$mod+Enter']
  expect(wanted.filter((key) => !keys.includes(key))).toEqual([])
})
