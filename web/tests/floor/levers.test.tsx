import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import type { QueueRow } from '@/api/schema'
import { applyChange } from '@/live/store'

import { begin, end, open, sent, world } from '../reports/server'
import { aDesk, anAgent, aPerson } from '../world'

const BOSS = aPerson('supervisor', { permissions: ['live.read', 'live.force', 'reports.read'] })

const aQueue = (change: Partial<QueueRow> = {}): QueueRow => ({
  id: 'sales', name: '售前', name_en: 'Sales', waiting: 0, longest_since: null, ready: 0, talking: 0, acw: 0, signed_in: 2,
  answer_within_ms: 20_000, unstaffed_since: null, expected_wait_ms: null, wrap_up_limit_ms: 45_000, wrap_up_limited: null, ...change,
})

const put = (topic: string, rows: object[]): void =>
  act(() =>
    applyChange({ topic, whole: true, set: Object.fromEntries(rows.map((row) => [(row as { id: string }).id, row as Record<string, unknown>])), del: [] }),
  )

beforeEach(() => {
  begin()
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(720)
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(900)
  world.here = {
    'GET /api/reasons': [], 'GET /api/monitors': [], 'GET /api/groups': [], 'GET /api/callbacks': [],
    'GET /api/queues/sales/levels': [{ agent: { id: '8002', no: '8002', name: '王五', team: '一组' }, level: null, signed_in: true }],
    'POST /api/queues/sales/wrap-up-limit': {}, 'POST /api/desk-messages': {},
    'GET /api/reports/today': { metrics: [{ id: 'service_level', name: '服务水平', name_en: 'Service level', unit: 'ratio', value: 0.7, target: 0.8, formula: 'sl', formula_text: '' }] },
  }
})
afterEach(end)

async function floor(path: string, queues: QueueRow[], agents = [anAgent({ id: '8007', no: '8007', name: '李四' })]): Promise<void> {
  open(path, BOSS)
  await screen.findByTestId('kpi-waiting')
  put('me', [{ id: 'me', ...aDesk() }])
  put('agents', agents)
  put('contacts', [])
  put('queues', queues)
}

const value = (share: number): object => ({ service_level: { value: share, unit: 'ratio', formula: 'sl' } })

it('after-call work gets another limit for half an hour, and the floor counts down to the end of it', async () => {
  await floor('/live?open=queue:sales', [aQueue()])
  // When a supervisor gives 20 seconds and says why
  const panel = await screen.findByTestId('wrap-up-limit')
  expect(panel.textContent).toContain('45 秒')
  fireEvent.click(within(panel).getByTestId('limit-change'))
  fireEvent.change(within(panel).getByTestId('limit-seconds'), { target: { value: '20' } })
  fireEvent.change(within(panel).getByTestId('reason'), { target: { value: '排队过多' } })
  fireEvent.click(within(panel).getByTestId('reason-submit'))
  await waitFor(() => expect(sent('POST', '/api/queues/sales/wrap-up-limit')).toEqual([{ limit_s: 20, minutes: 30, reason: '排队过多' }]))
  // Then the row shows it with the time left, and it can be taken back at once
  put('queues', [aQueue({ wrap_up_limit_ms: 20_000, wrap_up_limited: { limit_ms: 20_000, until: Date.now() + 1_800_000 } })])
  expect((await screen.findByTestId('wrap-up-limited-sales')).textContent).toMatch(/话后 20 秒 (29:5\d|30:00)/)
  fireEvent.click(await screen.findByTestId('limit-back'))
  fireEvent.change(screen.getByTestId('reason'), { target: { value: '好了' } })
  fireEvent.click(screen.getByTestId('reason-submit'))
  await waitFor(() => expect(sent('POST', '/api/queues/sales/wrap-up-limit')).toHaveLength(2))
  expect(sent('POST', '/api/queues/sales/wrap-up-limit')[1]).toMatchObject({ limit_s: null, reason: '好了' })
})

it('a queue whose after-call work has no limit offers none', async () => {
  await floor('/live?open=queue:sales', [aQueue({ wrap_up_limit_ms: null })])
  await screen.findByTestId('queue-drawer-sales')
  expect(screen.queryByTestId('wrap-up-limit')).toBeNull()
})

it('who overstays is reminded with one click, once', async () => {
  await floor('/live', [aQueue()], [anAgent({ id: '8007', no: '8007', name: '李四', state: 'not_ready', overstayed: true, since: Date.now() - 18 * 60_000 })])
  const alert = await screen.findByTestId('alert-overstayed')
  fireEvent.click(within(alert).getByTestId('remind-8007'))
  await waitFor(() => expect(sent('POST', '/api/desk-messages')).toEqual([{ agent: '8007', words: '您已示忙 18 分钟,超过允许时长,请示闲或联系班长。' }]))
  await waitFor(() => expect(within(alert).getByTestId<HTMLButtonElement>('remind-8007').disabled).toBe(true))
})

it('words go to one desk from the panel of an agent', async () => {
  await floor('/live?open=agent:8007', [aQueue()])
  const panel = await screen.findByTestId('agent-drawer-8007')
  fireEvent.change(within(panel).getByTestId('message-words'), { target: { value: ' 请来一下 ' } })
  fireEvent.click(within(panel).getByTestId('message-send'))
  await waitFor(() => expect(sent('POST', '/api/desk-messages')).toEqual([{ agent: '8007', words: '请来一下' }]))
})

it('an alert of a queue leads straight to the choice of people', async () => {
  await floor('/live', [aQueue({ waiting: 3, longest_since: Date.now() - 90_000 })])
  fireEvent.click(await screen.findByTestId('alert-move-sales'))
  const choice = within(await screen.findByTestId('queue-drawer-sales')).findByTestId('levels-agents')
  expect((await choice).contains(document.activeElement)).toBe(true)
})

it('a figure that misses its target narrows the queues to those that do', async () => {
  await floor('/live', [aQueue(), aQueue({ id: 'service', name: '售后' })])
  put('metrics', [{ id: 'sales', ...value(0.9) }, { id: 'service', ...value(0.61) }])
  fireEvent.click(await screen.findByTestId('kpi-service_level'))
  await waitFor(() => expect(screen.queryByTestId('board-queue-sales')).toBeNull())
  expect(screen.getByTestId('board-queue-service')).toBeTruthy()
})

it('the trend of a queue is the registry figure of each five minutes', async () => {
  await floor('/live', [aQueue()])
  put('metrics', [{ id: 'sales', offered_trend: { value: 4, unit: 'count', formula: 'offered', points: [1, 0, 2, 5, 3, 4] } }])
  const trend = await screen.findByTestId('trend-sales')
  expect(trend.dataset['points']).toBe('1 0 2 5 3 4')
  expect(trend.querySelectorAll('rect')).toHaveLength(6)
  expect(trend.getAttribute('aria-label')).toContain('1 · 0 · 2 · 5 · 3 · 4')
})
