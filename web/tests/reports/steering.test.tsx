import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'

import { minuteOf } from '@/features/reports/saved'

import { aPerson } from '../world'
import { anEntry, METRICS } from './centre'
import { begin, end, open, sent, world } from './server'

beforeEach(begin)
afterEach(end)

it('an entry says the figure, its limit, and what was looked for in the facts', async () => {
  world.sheet = [anEntry()]
  open('/control-sheet')
  const entry = await screen.findByTestId('control-entry-7')
  await waitFor(() => expect(entry.textContent).toContain('售后'))
  expect(entry.textContent).toContain('K09 平均应答速度')
  expect(entry.textContent).toContain('■ 74.5 s')
  expect(entry.textContent).toContain('高于界限 41.2 s')
  expect(within(entry).getByTestId('cause-acw').textContent).toBe('■ 话后超目标 · 是 · 59.0 s 与目标 45.0 s 差 ↑14.0 s')
  expect(within(entry).getByTestId('cause-hold').dataset['found']).toBe('no')
  expect(within(entry).getByTestId('cause-plan').textContent).toBe('○ 排班不足 · 尚无数据来源')
  expect(within(entry).getByRole('link').getAttribute('href')).toBe('/reports/asa?from=2026-09-22&to=2026-11-20&queue=service&formula=K09.a')
})

it('who takes an entry on says what is done until when; a suggestion can be taken over', async () => {
  world.sheet = [anEntry()]
  open('/control-sheet')
  fireEvent.click(await screen.findByText('溢出到合大组'))
  fireEvent.change(screen.getByTestId('control-due-7'), { target: { value: '2026-11-25' } })
  fireEvent.click(screen.getByTestId('control-assign-7'))
  await waitFor(() =>
    expect(sent('POST', '/api/control-sheet/7')).toEqual([
      { step: 'assign', revision: 3, owner: 'u1', action: '溢出到合大组', due: '2026-11-25' },
    ]),
  )
})

it('without an action and a day nobody takes it on', async () => {
  world.sheet = [anEntry()]
  open('/control-sheet')
  fireEvent.click(await screen.findByTestId('control-assign-7'))
  expect(await screen.findByText('请写明措施')).toBeTruthy()
  expect(sent('POST', '/api/control-sheet/7')).toEqual([])
})

it('what is done is checked by the chart; a held effect closes the entry and is said', async () => {
  world.sheet = [
    anEntry({ state: 'acting', owner: 'u1', owner_name: '张三', action: '加人', due: '2026-11-19', is_overdue: true }),
    anEntry({ id: 8, state: 'closed', closed_at: Date.UTC(2026, 10, 21), effect: { is_held: true, points: 5, mean: 22, before: 74.5, seen_on: '2026-11-21' } }),
  ]
  open('/control-sheet?state=all')
  expect((await screen.findByTestId('control-entry-7')).textContent).toContain('已过期限 2026-11-19')
  expect(screen.getByTestId('effect-8').textContent).toBe('● 有效:其后 5 点均在范围内,均值 22.0 s(当时 74.5 s),截至 2026-11-21')
  fireEvent.click(screen.getByTestId('control-done-7'))
  await waitFor(() => expect(sent('POST', '/api/control-sheet/7')).toEqual([{ step: 'done', revision: 3 }]))
})

it('a figure that was corrected stands beside the one the entry was opened by', async () => {
  const seen_at = Date.UTC(2026, 10, 22)
  world.sheet = [
    anEntry({
      corrections: [
        { day: '2026-11-20', old: 90, new: 74.5, is_out: true, seen_at },
        { day: '2026-11-20', old: 74.5, new: null, is_out: false, seen_at: seen_at + 1 },
      ],
    }),
  ]
  open('/control-sheet')
  const corrections = await screen.findByTestId('corrections-7')
  expect([...corrections.children].map((line) => line.textContent)).toEqual([
    '✎ 值已更正(2026-11-20):90.0 s → 74.5 s · 仍超出范围',
    '✎ 值已更正(2026-11-20):74.5 s → — · 已不超出范围',
  ])
})

it('beside the occupancy of all stands the mean of the agents, each counting once', async () => {
  const [any] = METRICS
  const formulas = any?.formulas.slice(0, 1).map((one) => ({ ...one, id: 'K13.a', keys: ['agent' as const, 'team' as const] }))
  world.here['GET /api/metrics'] = [{ ...any, id: 'occupancy', no: 'K13', formulas }]
  world.here['GET /api/metrics/occupancy/agents-mean'] = {
    metric: 'occupancy',
    formula: 'K13.b',
    formula_text: '各坐席的平均',
    formula_text_en: 'mean of agents',
    value: 0.5,
    agents: 2,
    of_sums: 0.714,
    of_sums_formula: 'K13.a',
    as_of: 0,
  }
  open('/reports/occupancy?from=2026-11-19&to=2026-11-20&team=t1')
  expect((await screen.findByTestId('agents-mean')).textContent).toBe('各坐席占线率的平均: 50.00% 2 位坐席 K13.b 各坐席的平均')
  expect(world.asked.map((one) => one.url)).toContain('/api/metrics/occupancy/agents-mean?from=2026-11-19&to=2026-11-21&team=t1')
})

it('the sheet is for those who may work with it', async () => {
  open('/control-sheet', aPerson('qa'))
  expect(await screen.findByText('您没有此页面的权限')).toBeTruthy()
})

it('a target is set from a day on, as percent, with the version that was read', async () => {
  world.scopes = [
    {
      queue: 'service',
      number: 2,
      in_force: { target: 0.8, alarm_low: 0.7, alarm_high: null },
      versions: [{ number: 2, effective_from: '2026-10-01', set_by_name: '王强', at: Date.UTC(2026, 8, 30), target: 0.8, alarm_low: 0.7, alarm_high: null }],
    },
  ]
  open('/reports/service_level?queue=service')
  fireEvent.click(await screen.findByTestId('target-open'))
  expect(screen.getByTestId('target-version-2').textContent).toContain('80.00%70.00%—王强')
  fireEvent.change(screen.getByTestId('target-target'), { target: { value: '85' } })
  fireEvent.click(screen.getByTestId('target-save'))
  await waitFor(() =>
    expect(sent('PUT', '/api/metrics/service_level/targets')).toEqual([
      { target: 0.85, alarm_low: 0.7, alarm_high: null, queue: 'service', effective_from: '2026-11-21', seen: 2 },
    ]),
  )
})

it('a baseline is frozen for days that are over, with a reason', async () => {
  open('/reports/service_level')
  fireEvent.click(await screen.findByTestId('baseline-open'))
  fireEvent.change(await screen.findByTestId('reason'), { target: { value: '新班表后的平稳期' } })
  fireEvent.click(screen.getByTestId('reason-submit'))
  await waitFor(() =>
    expect(sent('POST', '/api/metrics/service_level/baseline')).toEqual([
      { queue: null, from: '2026-10-23', to: '2026-11-20', formula: 'K21.SL4', reason: '新班表后的平稳期' },
    ]),
  )
})

it('who may not set targets sees them only', async () => {
  open('/reports/service_level', aPerson('qa'))
  expect((await screen.findByTestId('steering')).textContent).toContain('没有人改过目标')
  expect(screen.queryByTestId('target-open')).toBeNull()
})

it('a report page is subscribed to with its question, at a time of the day', async () => {
  expect(minuteOf('07:30')).toBe(450)
  open('/reports/service_level?queue=service')
  fireEvent.click(await screen.findByTestId('subscribe'))
  fireEvent.click(await screen.findByTestId('subscription-save'))
  await waitFor(() =>
    expect(sent('POST', '/api/reports/saved')).toEqual([
      {
        title: 'K21 服务水平',
        form: null,
        question: { metrics: ['service_level'], width: 'day', by: [], only: { queue: ['service'] }, formulas: {} },
        queues: [],
        recipients: ['u1'],
        cadence: 'daily',
        on_day: 1,
        at_minute: 420,
        format: 'xlsx',
        language: 'zh',
        paused: false,
      },
    ]),
  )
})
