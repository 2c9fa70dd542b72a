import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import type { DeskCase } from '@/api/deskCases'

import { aPerson, aTalkingDesk } from '../world'
import { begin, end, open, press, sent, world } from './centre'

const HOUR = 3_600_000
const aType = { kind: 'repair', category: 'business', zh: '报修', en: '', form: '', callback_required: true, audit_mode: 'every', sample_percent: 10, priority: 3, is_active: true, position: 0, revision: 1, open: 0, rules: 0, deadlines: 0 }

function aCase(change: Partial<DeskCase> = {}): DeskCase {
  const now = Date.now()
  return {
    id: 'wo-1', number: 'GD-20261122-0001', kind: 'repair', category: 'business', title: '洗衣机漏水', customer: 'cu-1', customer_name: '王小双', phone: '138****1234', place: '', priority: 3, state: 'handling', round: 1,
    area: 'north', opened_at: now, due_at: now + HOUR, suspended: false, supervised: false, warned: false, confidential: false, misdispatches: 0, urges: 0, revision: 4, attached: false,
    clocks: [{ code: 'wo.resolve', round: 1, owner: 'area:north', state: 'running', unit: 'wall', target: 2 * HOUR, spent: HOUR, read_at: now, counts: true, stretches: [], started_at: now - HOUR, due_at: now + HOUR, is_provisional: false, breached_at: null, ended_at: null, outcome: null, calendar: '' }],
    ...change,
  }
}

const me = aPerson('agent', { permissions: ['desk.use', 'cases.read', 'cases.create'] })

beforeEach(() => {
  begin()
  localStorage.clear()
  Object.assign(world.here, {
    'GET /api/desk/contacts/c1/cases': { number: '138****1234', customer: 'cu-1', cases: [aCase()] },
    'GET /api/desk/contacts/c1/case-draft': { fields: null, saved_at: null },
    'GET /api/case-types': [aType],
    'GET /api/work-areas': [{ id: 'north', zh: '北城', en: '', area_class: '', workers: [], staff: [], is_active: true, revision: 1, open: 0, rules: 0 }],
    'GET /api/case-forms': [],
    'GET /api/customers/cu-1': { id: 'cu-1', profile: { name: '王小双' } },
  })
})
afterEach(async () => {
  vi.useRealTimers()
  await end()
})

it('what is open for the caller stands there with its clocks; this call is attached, and it is urged as it was read', async () => {
  open(aTalkingDesk(), me)
  const line = await screen.findByTestId('desk-case-wo-1')
  expect(line.textContent).toContain('洗衣机漏水')
  expect(within(line).getByTestId('limit-wo.resolve').dataset['shape']).toBe('half')
  fireEvent.click(screen.getByTestId('attach-wo-1'))
  await waitFor(() => expect(sent('POST', '/api/desk/contacts/c1/cases/wo-1/attach')).toHaveLength(1))
  fireEvent.click(screen.getByTestId('urge-wo-1'))
  fireEvent.change(screen.getByTestId('urge-reason'), { target: { value: '又来电' } })
  fireEvent.click(screen.getByTestId('urge-send'))
  await waitFor(() => expect(sent('POST', '/api/desk/contacts/c1/cases/wo-1/urge')[0]?.body).toEqual({ reason: '又来电', revision: 4 }))
})

it('a new one knows contact, customer, the last type of the queue and the remark; two actions make it', async () => {
  localStorage.setItem('lianxi-case-kind-service', 'repair')
  world.here['POST /api/desk/contacts/c1/cases'] = { id: 'wo-9', number: 'GD-20261122-0009' }
  const view = aTalkingDesk()
  open(view, me)
  await screen.findByTestId('desk-case-wo-1')
  press('k', { altKey: true })
  fireEvent.change(await screen.findByTestId('new-case-title'), { target: { value: '没有热水' } })
  fireEvent.change(screen.getByTestId('new-case-content'), { target: { value: '从昨天起' } })
  await waitFor(() => expect(sent('PUT', '/api/desk/contacts/c1/case-draft').at(-1)?.body).toMatchObject({ fields: { title: '没有热水', content: '从昨天起', contact: 'c1', customer: 'cu-1' } }), { timeout: 8_000 })
  press('s', { ctrlKey: true })
  expect((await screen.findByTestId('desk-case-made')).textContent).toContain('GD-20261122-0009')
  expect(sent('POST', '/api/desk/contacts/c1/cases')[0]?.body).toMatchObject({ kind: 'repair', customer: 'cu-1', contact: 'c1', phone: '' })
  expect(localStorage.getItem('lianxi-draft-desk-case-c1')).toBeNull()
})

it('what was written on another computer is gone on with; a draft that the server does not take is marked and kept here', async () => {
  world.here['GET /api/desk/contacts/c1/case-draft'] = { fields: { kind: 'repair', title: '写了一半' }, saved_at: 1 }
  world.here['PUT /api/desk/contacts/c1/case-draft'] = Response.json({ code: 'server_unreachable' }, { status: 503 })
  open(aTalkingDesk(), me)
  await screen.findByTestId('desk-case-wo-1')
  fireEvent.click(screen.getByTestId('desk-case-new'))
  const title = await screen.findByTestId<HTMLInputElement>('new-case-title')
  expect(title.value).toBe('写了一半')
  fireEvent.change(title, { target: { value: '写了一半,再写' } })
  await waitFor(() => expect(screen.getByTestId('case-saved').dataset['saved']).toBe('failed'), { timeout: 8_000 })
  expect(screen.getByTestId('case-saved').textContent).toContain('●')
  expect(JSON.parse(localStorage.getItem('lianxi-draft-desk-case-c1') ?? '{}')).toMatchObject({ title: '写了一半,再写' })
  fireEvent.click(screen.getByTestId('desk-case-forget'))
  // Put away, it is tried no more.
  expect(localStorage.getItem('lianxi-draft-desk-case-c1')).toBeNull()
})

it('is not there for who may not read work orders', async () => {
  open(aTalkingDesk(), aPerson('agent'))
  await waitFor(() => expect(sent('GET', '/api/desk/contacts/c1/scripts')).toHaveLength(1))
  expect(screen.queryByTestId('desk-cases')).toBeNull()
})
