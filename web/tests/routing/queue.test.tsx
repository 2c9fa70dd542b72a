import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'

import { changeLanguage } from '@/app/i18n'
import { written } from '@/features/routing/spec'
import { changesOf, mineOver } from '@/ui/versions'

import { aQueue, begin, end, open, sent, world } from './server'

const CHANGE = 'PATCH /api/queues/service'
const PAGE = '/admin/routing/queues/service'

beforeEach(begin)
afterEach(end)

async function type(field: string, value: string): Promise<void> {
  const input = await screen.findByTestId(field)
  fireEvent.change(input, { target: { value } })
  fireEvent.blur(input)
}

it('each queue stands with what it does in one sentence', async () => {
  open('/admin/routing')
  const row = await screen.findByTestId('queue-service')
  await waitFor(() => expect(row.textContent).toContain('工作日 9:00–18:00'))
  expect(row.textContent).toContain('20 秒')
  expect(screen.getByTestId('queue-sales').textContent).toContain('售前')
})

it('only what was changed is sent, with the revision that was read', async () => {
  world.here[CHANGE] = aQueue('service', { priority: 5, revision: 'r2' })
  open(PAGE)
  await type('queue-priority', '5')
  await type('queue-ring', '15')
  fireEvent.click(screen.getByTestId('edit-save'))
  await waitFor(() => expect(sent(CHANGE)).toHaveLength(1))
  expect(sent(CHANGE)[0]).toMatchObject({ body: { priority: 5, ring: 15_000 }, match: '"r1"' })
  await waitFor(() => expect(screen.queryByTestId('edit-dirty')).toBeNull())
  // The list may still be the older one for a moment: what was saved stays on the page.
  expect((screen.getByTestId('queue-priority') as HTMLInputElement).value).toBe('5')
})

it('a draft is there again after a reload, and gone when put away', async () => {
  open(PAGE)
  await type('queue-priority', '7')
  await end()
  begin()
  open(PAGE)
  expect(((await screen.findByTestId('queue-priority')) as HTMLInputElement).value).toBe('7')
  fireEvent.click(screen.getByTestId('edit-discard'))
  expect((screen.getByTestId('queue-priority') as HTMLInputElement).value).toBe('0')
  expect(localStorage.getItem('lianxi-draft-routing-queue-service')).toBeNull()
})

it('when somebody was quicker both versions stand side by side, and the choice is saved over theirs', async () => {
  open(PAGE)
  await type('queue-priority', '5')
  world.refused[CHANGE] = { status: 412, code: 'changed_meanwhile' }
  world.here['GET /api/queues'] = [aQueue('service', { priority: 2, ring: 30_000, revision: 'r2' })]
  fireEvent.click(screen.getByTestId('edit-save'))
  const conflict = await screen.findByTestId('conflict')
  expect(within(conflict).getByText('优先级')).toBeTruthy()
  // What only they changed is not a conflict: it stays theirs.
  expect(within(conflict).queryByText('振铃时长')).toBeNull()
  delete world.refused[CHANGE]
  world.here[CHANGE] = aQueue('service', { priority: 5, ring: 30_000, revision: 'r3' })
  fireEvent.click(screen.getByTestId('conflict-merge'))
  await waitFor(() => expect(sent(CHANGE)).toHaveLength(2))
  expect(sent(CHANGE)[1]).toMatchObject({ body: { priority: 5 }, match: '"r2"' })
})

it('what the server refuses stands at its field', async () => {
  world.refused[CHANGE] = { status: 422, code: 'queue_rule_invalid', facts: { field: 'caller_number', why_zh: '外显号码只用数字', why: 'Digits only' } }
  open(PAGE)
  await type('queue-caller_number', 'sip:me')
  fireEvent.click(screen.getByTestId('edit-save'))
  expect((await screen.findByTestId('edit-refusal')).textContent).toContain('外显号码只用数字')
  expect(document.getElementById('queue-caller_number-about')?.textContent).toContain('外显号码只用数字')
})

it('the target of the service level is a target of reports, from today on', async () => {
  const goal = { target: 0.8, alarm_low: 0.7, alarm_high: null }
  world.here['GET /api/metrics/service_level/targets'] = { metric: 'service_level', default: goal, scopes: [{ queue: 'service', number: 4, in_force: goal, versions: [] }] }
  world.here['PUT /api/metrics/service_level/targets'] = {}
  open(PAGE)
  await type('queue-target', '90')
  fireEvent.click(await screen.findByTestId('queue-sla-save'))
  await waitFor(() => expect(sent('PUT /api/metrics/service_level/targets')).toHaveLength(1))
  expect(sent('PUT /api/metrics/service_level/targets')[0]?.body).toMatchObject({ target: 0.9, alarm_low: 0.7, queue: 'service', seen: 4 })
})

it('who would get a call is shown with why the others would not', async () => {
  open(PAGE)
  expect((await screen.findByTestId('who-first')).textContent).toContain('会振铃:8001 座席8001')
  expect(screen.getByTestId('who-8002').textContent).toContain('不服务本队列')
})

it('a queue that is in use says where, and stays', async () => {
  world.refused['DELETE /api/queues/service'] = { status: 409, code: 'still_in_use', facts: { where: 'queue:service', used_by: 'flow:welcome number:4001', count: 2 } }
  open(PAGE)
  fireEvent.click(await screen.findByTestId('queue-delete'))
  fireEvent.click(await screen.findByTestId('remove-confirm'))
  const refused = await screen.findByTestId('remove-refused')
  await waitFor(() => expect(refused.textContent).toContain('流程 欢迎'))
  expect(refused.textContent).toContain('号码 4001')
})

it('the page reads in English', async () => {
  await changeLanguage('en')
  open(PAGE)
  await screen.findByTestId('who-8001')
  expect(screen.getByTestId('effective-rule').textContent).toContain('Mon–Fri')
})

it('mine is laid over theirs by field', () => {
  const [base, mine, theirs] = [aQueue('a'), aQueue('a', { priority: 1 }), aQueue('a', { ring: 1_000, revision: 'r2' })]
  expect(mineOver(theirs, base, mine)).toEqual(aQueue('a', { priority: 1, ring: 1_000, revision: 'r2' }))
  expect(changesOf(base, written(base, 'wrap_up.limit', 9))).toEqual({ wrap_up: { ...base.wrap_up, limit: 9 } })
})
