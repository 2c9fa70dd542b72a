import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import axe from 'axe-core'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { changeLanguage } from '@/app/i18n'
import type { Question } from '@/api/figures'
import { onAnnouncement } from '@/ui/announce'

import { aPerson } from '../world'
import { aChart, anEntry } from './centre'
import { begin, end, open, sent, world } from './server'

const questions = () => sent('POST', '/api/metrics/query') as unknown as Question[]
const address = (): string => window.location.pathname + window.location.search
const tile = async (id: string): Promise<HTMLElement> => {
  const found = await screen.findByTestId(`report-tile-${id}`)
  await waitFor(() => expect(found.getAttribute('aria-busy')).toBe('false'))
  return found
}

beforeEach(begin)
afterEach(end)

it('a tile says the value, the target, how they stand, and by which formula', async () => {
  open('/reports')
  const found = await tile('service_level')
  expect(found.dataset['standing']).toBe('missed')
  expect(found.textContent).toContain('61.20%')
  expect(found.textContent).toContain('▲ 未达 · 目标 ≥ 80.00%')
  expect(found.textContent).toContain('K21.SL4')
  expect(screen.getByTestId('as-of').textContent).toBe('截至 2026-11-21 周六 10:40')
})

it('a metric without facts is said to have none, and is not asked for', async () => {
  open('/reports')
  await tile('service_level')
  const found = screen.getByTestId('report-tile-turnover')
  expect(found.textContent).toContain('尚无数据来源')
  expect(found.textContent).not.toContain('0')
  expect(questions().every((question) => !question.metrics.includes('turnover'))).toBe(true)
})

it('where there is nothing to divide by there were no calls, not zero percent', async () => {
  open('/reports')
  await tile('service_level')
  await waitFor(() => expect(screen.getByTestId('report-tile-asa').textContent).toContain('该时段无通话'))
})

it('a residual of an identity is red and alarms; figures that add up only say so', async () => {
  world.answer = { identities: { I1: 2, I2: 0 } }
  open('/reports')
  const found = await screen.findByTestId('identities')
  expect(found.getAttribute('role')).toBe('alert')
  expect(within(found).getByTestId('identity-I1').textContent).toContain('残差 2')
  expect(within(found).queryByTestId('identity-I2')).toBeNull()
  fireEvent.click(within(found).getByTestId('identity-search-I1'))
  const cause = await screen.findByTestId('identity-cause-I1')
  expect(within(cause).getByRole('link').getAttribute('href')).toBe('/records/c-1')
})

it('an open entry of the control sheet marks its tile', async () => {
  world.sheet = [anEntry({ metric: 'service_level' })]
  open('/reports')
  await tile('service_level')
  expect((await screen.findByTestId('tile-signal-service_level')).textContent).toBe('■ 1 个信号')
})

it('the filters stand in the address, and the address is what is asked', async () => {
  open('/reports?from=2026-11-20&to=2026-11-20&queue=service&compare=none')
  await tile('service_level')
  expect(questions().every((question) => question.from === '2026-11-20' && question.only?.queue?.[0] === 'service')).toBe(true)
  expect(questions().map((question) => question.width).sort()).toEqual(['hour', 'whole'])
  fireEvent.click(screen.getByTestId('report-tile-service_level'))
  await waitFor(() => expect(address()).toBe('/reports/service_level?from=2026-11-20&to=2026-11-20&queue=service&compare=none'))
})

it('from a missed target to the calls behind it: two clicks', async () => {
  open('/reports')
  fireEvent.click(await tile('service_level'))
  const contact = await screen.findByTestId('figure-contact-c-1')
  const link = within(contact).getByRole('link')
  expect(link.getAttribute('href')).toBe('/records/c-1')
  expect(link.textContent).toBe('11-20 10:03:00')
})

it('queue, stretch, agent, calls: three clicks down, and U goes up again', async () => {
  open('/reports/service_level')
  for (const row of ['drill-queue-service', /^drill-interval-/, 'drill-agent-8007']) {
    const rows = await screen.findAllByTestId(row)
    fireEvent.click(within(rows[0] as HTMLElement).getByRole('link'))
  }
  await waitFor(() => expect(address()).toContain('agent=8007'))
  await screen.findByText('已到最细一级,见下方原始记录。')
  const last = world.asked.findLast((each) => each.url.includes('/contacts?'))
  expect(last?.url).toMatch(/begins_at=\d+&ends_at=\d+&queue=service&agent=8007/)
  expect(screen.getByTestId('trail').textContent).toMatch(/全中心售后11-\d\d 周.8007/)
  fireEvent.keyDown(document.body, { key: 'u' })
  await waitFor(() => expect(address()).not.toContain('agent='))
})

it.each([
  ['service_level', ['服务水平', '进线量']],
  ['escalated_complaints', ['投诉升级率']],
])('how many calls there were stands beside a figure of calls, and of no other: %s', async (metric, columns) => {
  open(`/reports/${metric}`)
  const [row] = await screen.findAllByTestId(/^drill-(queue-service|interval-)/)
  const heads = [...(row?.closest('table')?.querySelectorAll('thead th') ?? [])].map((head) => head.textContent)
  expect(heads.slice(1)).toEqual(columns)
})

it('D goes into the worst row, the arrows change the period, never past today', async () => {
  open('/reports/service_level?from=2026-11-01&to=2026-11-02')
  await screen.findByTestId('drill-queue-service')
  fireEvent.keyDown(document.body, { key: 'd' })
  await waitFor(() => expect(address()).toContain('queue=service'))
  fireEvent.keyDown(document.body, { key: 'ArrowLeft' })
  await waitFor(() => expect(address()).toContain('from=2026-10-30&to=2026-10-31'))
  expect(screen.getByTestId('trail')).toBeTruthy()
})

it('another formula is asked for by its id, and said', async () => {
  open('/reports/service_level?formula=K21.SL3')
  await waitFor(() => expect(screen.getByTestId('formula').dataset['formula']).toBe('K21.SL3'))
  await waitFor(() => expect(questions().some((question) => question.formulas?.['service_level'] === 'K21.SL3')).toBe(true))
})

it('E opens the export, which takes the question of the page along and stores what comes', async () => {
  const said: string[] = []
  const stop = onAnnouncement((_, text) => said.push(text))
  const stored = vi.fn()
  // jsdom has neither.
  Object.assign(URL, { createObjectURL: () => 'blob:1', revokeObjectURL: stored })
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
  open('/reports/service_level?from=2026-11-01&to=2026-11-02&queue=service')
  await screen.findByTestId('control-chart')
  fireEvent.keyDown(document.body, { key: 'e' })
  fireEvent.click(await screen.findByTestId('export-csv'))
  await waitFor(() => expect(said).toEqual(['已导出 服务.csv']))
  expect(sent('POST', '/api/metrics/export')[0]).toMatchObject({
    metrics: ['service_level'],
    from: '2026-11-01',
    to: '2026-11-03',
    only: { queue: ['service'] },
    format: 'csv',
  })
  expect(stored).toHaveBeenCalled()
  stop()
})

it('the signals of the chart are explained below it, and its history says who froze it', async () => {
  world.chart = aChart({ baseline: { from: '2026-09-01', to: '2026-09-30', points: 30, centre: 0.8, formula: 'K21.SL4', frozen_by: '王强', at: Date.UTC(2026, 9, 1), reason: '新班表' } })
  open('/reports/service_level')
  expect((await screen.findByTestId('signal-WE1')).textContent).toBe('■ ① 11-21 周六 一点超出 3σ WE1')
  expect(screen.getByTestId('chart-baseline').textContent).toContain('由 王强 于 2026-10-01')
  expect(screen.getByTestId('figure-signals').textContent).toContain('1')
})

it('a metric without facts has a definition, no chart and no zero', async () => {
  open('/reports/turnover')
  expect((await screen.findAllByText('尚无数据来源')).length).toBeGreaterThan(0)
  expect(screen.queryByTestId('control-chart')).toBeNull()
  expect(questions()).toEqual([])
})

it('without the permission there is no way in', async () => {
  open('/reports', aPerson('supervisor'))
  expect(await screen.findByText('您没有此页面的权限')).toBeTruthy()
  expect(screen.queryByTestId('nav-reports')).toBeNull()
})

/** What axe finds. Colours need a real browser; names, roles and relations do not. */
async function untellable(): Promise<string[]> {
  const found = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })
  return found.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`)
}

it('a report can be told to everyone, and speaks both languages', async () => {
  open('/reports/service_level')
  await screen.findByTestId('figure-contact-c-1')
  await screen.findByTestId('control-chart')
  expect(await untellable()).toEqual([])
  await act(() => changeLanguage('en'))
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('K21 Service level')
  expect(screen.getByTestId('control-chart').getAttribute('aria-valuetext')).toContain('One point beyond 3σ')
}, 60_000)
