import { fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'

import { begin, end, open, sent, world } from './server'

beforeEach(begin)
afterEach(end)

it('a trunk says how it stands, in words', async () => {
  open('/admin/routing?tab=trunks')
  const row = await screen.findByTestId('trunk-telco')
  expect(row.textContent).toContain('注册被拒')
  expect(row.textContent).toContain('✕ 未注册')
  expect(row.textContent).toContain('3 / 30')
})

it('a password that is not typed is not sent, and one that is is kept nowhere', async () => {
  open('/admin/routing?tab=trunks')
  fireEvent.click(await screen.findByText('电信'))
  fireEvent.change(await screen.findByTestId('trunk-channels'), { target: { value: '20' } })
  fireEvent.blur(screen.getByTestId('trunk-channels'))
  fireEvent.click(screen.getByTestId('edit-save'))
  await waitFor(() => expect(sent('PUT /api/trunks/telco')).toHaveLength(1))
  const first = sent('PUT /api/trunks/telco')[0]
  expect(first).toMatchObject({ body: { channels: 20, server: 'sip.carrier.example' }, match: '"t1"' })
  expect(first?.body).not.toHaveProperty('password')
  expect(first?.body).not.toHaveProperty('is_up')
})

it('a new password alone can be saved', async () => {
  open('/admin/routing?tab=trunks')
  fireEvent.click(await screen.findByText('电信'))
  fireEvent.change(await screen.findByTestId('trunk-password'), { target: { value: 'secret-words' } })
  expect(JSON.stringify({ ...localStorage })).not.toContain('secret-words')
  fireEvent.click(screen.getByTestId('trunk-save'))
  await waitFor(() => expect(sent('PUT /api/trunks/telco')[0]?.body['password']).toBe('secret-words'))
})

it('a number that is new must not be there yet', async () => {
  open('/admin/routing?tab=numbers')
  expect((await screen.findByTestId('number-4001')).textContent).toContain('4001')
  await waitFor(() => expect(screen.getByTestId('number-4001').textContent).toContain('流程 欢迎'))
  fireEvent.click(screen.getByTestId('number-new'))
  fireEvent.change(await screen.findByTestId('number-number'), { target: { value: '4002' } })
  fireEvent.mouseDown(screen.getByTestId('number-leads-to').querySelector('input') ?? screen.getByTestId('number-leads-to'))
  fireEvent.click(await screen.findByTitle('队列 售前'))
  fireEvent.click(screen.getByTestId('number-save'))
  await waitFor(() => expect(sent('PUT /api/numbers/4002')).toHaveLength(1))
  expect(sent('PUT /api/numbers/4002')[0]).toMatchObject({ body: { flow: null, queue: 'sales' }, match: '"new"' })
})

it('a test call is placed to the number with the keys', async () => {
  world.here['POST /api/test-call'] = { call: 'c-9' }
  open('/admin/routing?tab=numbers')
  fireEvent.click(await screen.findByTestId('number-test-4001'))
  fireEvent.change(await screen.findByTestId('test-press'), { target: { value: '2x' } })
  fireEvent.click(screen.getByTestId('test-start'))
  expect((await screen.findByTestId('test-call')).querySelector('a')?.getAttribute('href')).toBe('/records/c-9')
  expect(sent('POST /api/test-call')[0]?.body).toEqual({ number: '4001', press: '2' })
})

it('ways out are saved as a whole, in their order', async () => {
  world.here['PUT /api/routes'] = { items: [], revision: 'o2' }
  open('/admin/routing?tab=routes')
  fireEvent.click(await screen.findByTestId('routes-add'))
  fireEvent.change(screen.getByTestId('route-pattern-1'), { target: { value: '00.' } })
  fireEvent.click(screen.getByLabelText('第 2 项上移'))
  fireEvent.click(screen.getByTestId('edit-save'))
  await waitFor(() => expect(sent('PUT /api/routes')).toHaveLength(1))
  const items = sent('PUT /api/routes')[0]?.body['items'] as { pattern: string }[]
  expect(items.map((each) => each.pattern)).toEqual(['00.', 'X.'])
})

it('a skill is taken back from an agent on the newest version', async () => {
  world.here['PATCH /api/agents/8001'] = {}
  open('/admin/routing?tab=skills')
  fireEvent.click(await screen.findByLabelText(/收回 8001/))
  await waitFor(() => expect(sent('PATCH /api/agents/8001')).toHaveLength(1))
  expect(sent('PATCH /api/agents/8001')[0]).toMatchObject({ body: { skills: [] }, match: '"a8001"' })
})

it('what cannot be read says so', async () => {
  world.refused['GET /api/trunks'] = { status: 503, code: 'database_away' }
  open('/admin/routing?tab=trunks')
  expect(await screen.findByText('database_away')).toBeTruthy()
})

it('a number that somebody else bound meanwhile shows both ways', async () => {
  open('/admin/routing?tab=numbers')
  fireEvent.click(await screen.findByTestId('number-edit-4001'))
  world.refused['PUT /api/numbers/4001'] = { status: 412, code: 'changed_meanwhile' }
  world.here['GET /api/numbers'] = [{ number: '4001', flow: null, queue: 'sales', revision: 'n9' }]
  fireEvent.click(await screen.findByTestId('number-save'))
  const conflict = await screen.findByTestId('conflict')
  expect(conflict.textContent).toContain('流程 欢迎')
  expect(conflict.textContent).toContain('队列 售前')
  delete world.refused['PUT /api/numbers/4001']
  world.here['PUT /api/numbers/4001'] = {}
  fireEvent.click(screen.getByTestId('conflict-mine'))
  await waitFor(() => expect(sent('PUT /api/numbers/4001')).toHaveLength(2))
  expect(sent('PUT /api/numbers/4001')[1]).toMatchObject({ body: { flow: 'welcome', queue: null }, match: '"n9"' })
})

it('an id that is taken is said to be taken, not to have changed', async () => {
  world.refused['PUT /api/trunks/telco'] = { status: 412, code: 'changed_meanwhile' }
  open('/admin/routing?tab=trunks')
  fireEvent.click(await screen.findByTestId('trunk-new'))
  fireEvent.change(await screen.findByTestId('trunk-id'), { target: { value: 'telco' } })
  fireEvent.click(screen.getByTestId('trunk-save'))
  expect(await screen.findByText(/已经有这个编号/)).toBeTruthy()
})
