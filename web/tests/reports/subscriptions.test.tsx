import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import axe from 'axe-core'
import { afterEach, beforeEach, expect, it } from 'vitest'

import type { ReportRun, SavedReport } from '@/api/figures'

import { NOW } from './centre'
import { begin, end, LEAD, open, sent, world } from './server'

const RUN: ReportRun = {
  id: 9,
  due_at: NOW,
  asked_by: null,
  state: 'partly',
  attempts: 2,
  next_try_at: null,
  outcomes: { u1: 'sent', u2: 'no_address' },
  error: 'mail_away',
  error_text: '451 try again later',
  ended_at: NOW,
}
const WEEKLY: SavedReport = {
  id: 'r-1',
  owner: 'u1',
  title: '服务周报',
  form: null,
  question: { metrics: ['service_level'], width: 'day', by: [], only: { queue: ['service'], team: ['t1'] }, formulas: { service_level: 'K21.SL3' } },
  queues: [],
  recipients: ['u1'],
  cadence: 'weekly',
  on_day: 1,
  at_minute: 450,
  format: 'xlsx',
  language: 'zh',
  due_at: NOW + 86_400_000,
  paused: false,
  version: 4,
  changed_at: NOW,
  last_run: RUN,
}
const OWN = '/api/reports/saved/r-1'
const KEPT = (({ id: _id, owner: _owner, due_at: _due, changed_at: _at, last_run: _run, ...kept }) => kept)(WEEKLY)
const ADMIN = { ...LEAD, permissions: [...LEAD.permissions, 'users.edit' as const] }

beforeEach(() => {
  begin()
  world.here['GET /api/reports/saved'] = [WEEKLY]
  world.here[`PUT ${OWN}`] = WEEKLY
  world.here['GET /api/profile'] = { email: 'own@example.com' }
})
afterEach(end)

const press = async (what: string): Promise<void> => {
  fireEvent.click(await screen.findByTestId(what))
}

it('an opened subscription shows what it is, and only what was changed is another', async () => {
  open('/reports')
  await press('subscription-edit-r-1')
  const at = await screen.findByTestId<HTMLInputElement>('subscription-at')
  expect(at.value).toBe('07:30')
  fireEvent.change(at, { target: { value: '08:15' } })
  fireEvent.change(screen.getByTestId('subscription-title'), { target: { value: '服务周报 2' } })
  await press('subscription-save')
  await waitFor(() => expect(sent('PUT', OWN)).toEqual([{ ...KEPT, title: '服务周报 2', at_minute: 495 }]))
})

it('it is paused, keeps its times, and goes on', async () => {
  open('/reports')
  await press('subscription-pause-r-1')
  await waitFor(() => expect(sent('PUT', OWN)).toEqual([{ ...KEPT, paused: true }]))
  await end()
  begin()
  world.here['GET /api/reports/saved'] = [{ ...WEEKLY, paused: true, due_at: null }]
  open('/reports')
  expect((await screen.findByTestId('subscription-paused-r-1')).textContent).toContain('已暂停')
  expect(screen.getByTestId('subscription-pause-r-1').textContent).toBe('继续')
  await press('subscription-pause-r-1')
  await waitFor(() => expect(sent('PUT', OWN)[0]).toMatchObject({ paused: false, version: 4 }))
})

it('it is taken away only after one was asked again', async () => {
  open('/reports')
  await press('subscription-remove-r-1')
  expect(await screen.findByText('取消订阅“服务周报”?')).toBeTruthy()
  expect(sent('DELETE', OWN)).toEqual([])
  await press('subscription-remove-sure')
  await waitFor(() => expect(sent('DELETE', OWN)).toHaveLength(1))
})

it('each sending says for whom it was what, and why', async () => {
  world.here[`GET ${OWN}/runs`] = [RUN]
  open('/reports')
  await press('subscription-runs-r-1')
  const run = await screen.findByTestId('run-9')
  await waitFor(() => expect(run.textContent).toContain('张三: 已发出'))
  expect(run.textContent).toContain('王强: 没有邮箱地址')
  expect(run.textContent).toContain('451 try again later')
  expect(run.textContent).toContain('按时发送 · 尝试 2 次')
})

it('sending without a mail server says what is missing', async () => {
  world.refused[`POST ${OWN}/send`] = { status: 409, code: 'mail_not_set_up' }
  open('/reports')
  await press('subscription-send-r-1')
  await waitFor(() => expect(document.body.textContent).toContain('LIANXI_SMTP_HOST'))
})

it('who has no address is told so, and sets one where it is needed', async () => {
  world.here['GET /api/profile'] = { email: '' }
  world.here['PUT /api/profile'] = { email: 'a@example.com' }
  open('/reports')
  expect((await screen.findByTestId('address-missing')).textContent).toContain('还没有邮箱地址')
  await press('address-set')
  const field = await screen.findByTestId('address-own')
  fireEvent.change(field, { target: { value: 'nowhere' } })
  await press('address-save-own')
  expect(await screen.findByText(/请填写一个邮箱地址/)).toBeTruthy()
  expect(sent('PUT', '/api/profile')).toEqual([])
  fireEvent.change(field, { target: { value: 'a@example.com' } })
  await press('address-save-own')
  await waitFor(() => expect(sent('PUT', '/api/profile')).toEqual([{ email: 'a@example.com' }]))
})

it('an administrator sets the address of others; nobody else sees them', async () => {
  const others = [{ id: 'u2', username: '8001', name: '王强', role: 'agent', team: null, agent: '8001', disabled_at: null, created_at: 0, email: '' }]
  world.here['GET /api/users'] = others
  world.here['PATCH /api/users/u2'] = others[0]
  open('/reports', ADMIN)
  await press('addresses')
  const field = await screen.findByTestId('address-u2')
  expect(within(field.closest('.ant-form-item') as HTMLElement).getByText('王强 · 8001')).toBeTruthy()
  fireEvent.change(field, { target: { value: 'w@example.com' } })
  await press('address-save-u2')
  await waitFor(() => expect(sent('PATCH', '/api/users/u2')).toEqual([{ email: 'w@example.com' }]))
  await end()
  begin()
  open('/reports')
  await press('addresses')
  await screen.findByRole('dialog')
  expect(world.asked.some((each) => each.url === '/api/users')).toBe(false)
})

it('the list and an opened subscription are accessible', async () => {
  open('/reports')
  await press('subscription-edit-r-1')
  await screen.findByTestId('subscription-at')
  const found = await axe.run(screen.getByTestId('subscriptions'), { rules: { 'color-contrast': { enabled: false } } })
  expect(found.violations.map((each) => each.id)).toEqual([])
})
