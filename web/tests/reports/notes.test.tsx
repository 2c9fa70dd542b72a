import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { placesOf } from '@/features/reports/notes'
import { broken, svgOf } from '@/features/reports/picture'

import { aChart, aNote } from './centre'
import { begin, end, open, sent, world } from './server'

beforeEach(begin)
afterEach(end)

const ZONE = 'Asia/Shanghai'

it('a note stands at the point whose stretch of time holds its day', () => {
  const chart = aChart()
  expect([...placesOf([aNote(), aNote({ day: '2026-11-21' }), aNote()], chart, ZONE)]).toEqual([
    [10, [0, 2]],
    [19, [1]],
  ])
  const weeks = aChart({ points: chart.points.slice(0, 1).map((point) => ({ ...point, ends_at: point.begins_at + 7 * 86_400_000 })) })
  expect([...placesOf([aNote({ day: '2026-11-08' }), aNote({ day: '2026-11-09' })], weeks, ZONE)]).toEqual([[0, [0]]])
})

it('notes are numbered marks on the chart and lines below it, with their author and what they are about', async () => {
  world.notes = [aNote(), aNote({ id: 4, day: '2026-11-20', text: '系统故障', queue: 'sales' })]
  open('/reports/service_level?queue=sales')
  const line = await screen.findByTestId('note-4')
  expect(line.textContent).toContain('注22026-11-20系统故障售前 · 王强 2026-11-21 周六 10:40')
  const chart = screen.getByTestId('control-chart')
  expect([...chart.querySelectorAll('[data-note]')].map((mark) => mark.textContent)).toEqual(['注1', '注2'])
  fireEvent.keyDown(chart, { key: 'ArrowLeft' })
  expect(chart.getAttribute('aria-valuetext')).toContain('注2 系统故障')
})

it('A writes a note at the day that is looked at, on what the page is about', async () => {
  open('/reports/service_level?agent=8007')
  const chart = await screen.findByTestId('control-chart')
  await screen.findByTestId('note-add')
  fireEvent.keyDown(chart, { key: 'Home' })
  fireEvent.keyDown(document.body, { key: 'a' })
  const text = await screen.findByTestId('note-text')
  fireEvent.change(text, { target: { value: ' 新人第一天 ' } })
  fireEvent.click(screen.getByTestId('note-save'))
  await waitFor(() => expect(sent('POST', '/api/metrics/service_level/notes')).toHaveLength(1))
  expect(sent('POST', '/api/metrics/service_level/notes')[0]).toEqual({ day: '2026-11-02', text: '新人第一天', queue: null, team: null, agent: '8007', number: null })
  await waitFor(() => expect(screen.queryByTestId('note-form')).toBeNull())
})

it('a note is changed as it was read; of others, who may not has no buttons', async () => {
  world.notes = [aNote({ revision: 2 }), aNote({ id: 4, may_change: false })]
  open('/reports/service_level')
  fireEvent.click(await screen.findByTestId('note-change-3'))
  fireEvent.change(screen.getByTestId('note-text'), { target: { value: '大促次日' } })
  fireEvent.click(screen.getByTestId('note-save'))
  await waitFor(() => expect(sent('PUT', '/api/metrics/service_level/notes/3')).toEqual([{ day: '2026-11-12', text: '大促次日', revision: 2 }]))
  expect(within(screen.getByTestId('note-4')).queryByRole('button')).toBeNull()
})

it('a note is withdrawn after a question', async () => {
  world.notes = [aNote()]
  open('/reports/service_level')
  fireEvent.click(await screen.findByTestId('note-withdraw-3'))
  const asked = await screen.findByText('撤回后图上不再显示,审计日志中保留原文。')
  const okay = within(asked.closest('.ant-popover') as HTMLElement).getByRole('button', { name: '撤回' })
  fireEvent.click(okay)
  await waitFor(() => expect(sent('POST', '/api/metrics/service_level/notes/3/withdraw')).toEqual([{ revision: 1 }]))
})

it('a chart of an agent is asked for by the agent; what a figure is not told apart by has no chart', async () => {
  open('/reports/service_level?agent=8007&number=4001')
  expect((await screen.findByTestId('chart-about')).textContent).toBe('座席 8007 · 被叫号码 4001')
  expect(world.asked.some((each) => /\/chart\?.*agent=8007&number=4001/.test(each.url))).toBe(true)
  expect(screen.queryByTestId('baseline-open')).toBeNull()
  await end()
  begin()
  open('/reports/blocked?team=t1')
  expect(await screen.findByText('该指标不能按班组区分')).toBeTruthy()
  expect(world.asked.some((each) => each.url.includes('/chart?'))).toBe(false)
})

it('damaged files of closed days are said, and that the figures are right', async () => {
  world.answer = { faults: [{ day: '2026-11-19', table: 'fact_contact', what: 'damaged' }, { day: '2026-11-18', table: '', what: 'missing' }] }
  world.chart = aChart({ faults: [{ day: '2026-11-19', table: 'fact_contact', what: 'damaged' }] })
  open('/reports/service_level')
  const strip = await screen.findByTestId('strip-faults')
  expect(strip.className).toContain('strip-amber')
  expect(strip.textContent).toContain('2 天的归档文件有缺损(2026-11-18, 2026-11-19),这些天的数字改从数据库读取')
  expect(within(strip).getAllByRole('listitem', { hidden: true }).map((each) => each.textContent)).toEqual(['2026-11-18 missing', '2026-11-19 fact_contact damaged'])
})

it('a figure on its way is neither a dash nor a zero; one that could not be had can be asked for again', async () => {
  const answered = globalThis.fetch
  let isBroken = true
  const waiting: (() => void)[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    if (!url.startsWith('/api/metrics/query') || !isBroken) return answered(url, init)
    await new Promise<void>((resolve) => waiting.push(resolve))
    return Response.json({ code: 'internal_error' }, { status: 500 })
  })
  open('/reports')
  const tile = await screen.findByTestId('report-tile-service_level')
  expect([tile.getAttribute('aria-busy'), tile.textContent]).toEqual(['true', 'K21 服务水平K21.SL4'])
  await waitFor(() => expect(waiting).toHaveLength(3))
  for (const release of waiting) release()
  const again = await screen.findByRole('button', { name: '重试' })
  await waitFor(() => expect(tile.textContent).toBe('K21 服务水平未能读取K21.SL4'))
  isBroken = false
  fireEvent.click(again)
  await waitFor(() => expect(tile.textContent).toContain('61.20%'))
})

it('long lines are broken to the width: Chinese anywhere, other words at spaces', () => {
  expect(broken('大促首日大促首日', 50, 12)).toEqual(['大促首日', '大促首日'])
  expect(broken('the promotion began', 100, 12)).toEqual(['the promotion', 'began'])
  expect(broken('', 100)).toEqual([])
})

it('the picture of a chart stands alone: white ground, title, words, no cursor, colours of its own', async () => {
  world.notes = [aNote()]
  open('/reports/service_level')
  await screen.findByTestId('note-3')
  const drawn = screen.getByTestId('control-chart').querySelector('svg') as SVGSVGElement
  const text = svgOf(drawn, { title: 'K21 <服务水平>', about: '全中心', below: ['注1 大促首日'], foot: '截至 10:40 · K21.SL4 · Asia/Shanghai' })
  const file = new DOMParser().parseFromString(text, 'image/svg+xml')
  expect(file.querySelector('parsererror')).toBeNull()
  expect(file.querySelector('rect')?.getAttribute('fill')).toBe('#fff')
  const texts = [...file.querySelectorAll('svg > text')].map((each) => each.textContent)
  expect(texts).toEqual(['K21 <服务水平>', '全中心', '注1 大促首日', '截至 10:40 · K21.SL4 · Asia/Shanghai'])
  expect(file.querySelector('style')?.textContent).toContain('.chart-line { fill: none; stroke: #0958d9;')
  expect(file.querySelector('style')?.textContent).not.toContain('var(')
  expect(file.querySelector('.chart-cursor')).toBeNull()
  expect(file.querySelector('[data-line="value"]')).not.toBeNull()
})
