import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import type { AgentRow } from '@/api/schema'
import { applyChange, useLive } from '@/live/store'

import { begin, end, open, sent, world } from '../reports/server'
import { aDesk, anAgent, aPerson } from '../world'

const OWN = { id: '7001', no: '7001', name: '王班长', team: '一组' }
const BOSS = aPerson('supervisor', { permissions: ['desk.use', 'live.read', 'live.force'], agent: OWN })
const MONITOR = { id: 'm1', by: OWN, agent: { id: '8007', no: '8007', name: '李四', team: '一组' }, contact: 'c1', follows: 'agent', mode: 'listen', now: 'listen', up: true, since: 0 }

const put = (topic: string, rows: object[], whole = true): void =>
  act(() =>
    applyChange({
      topic,
      whole,
      set: Object.fromEntries(rows.map((row) => [(row as { id: string }).id, row as Record<string, unknown>])),
      del: [],
    }),
  )

const names = (): string[] => [...document.querySelectorAll<HTMLElement>('[data-testid^="board-agent-"]')].map((row) => row.dataset['testid'] ?? '')

const lisi = (change: Partial<AgentRow> = {}): AgentRow => anAgent({ id: '8007', no: '8007', name: '李四', state: 'talking', contact: 'c1', ...change })

beforeEach(() => {
  begin()
  // jsdom lays nothing out: the list is as high as it would be on a screen.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(720)
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(900)
  world.here = { 'GET /api/reasons': [], 'GET /api/monitors': [], 'POST /api/monitors': MONITOR, 'POST /api/monitors/m1/mode': {}, 'DELETE /api/monitors/m1': {} }
})
afterEach(end)

async function floor(rows: AgentRow[] = [lisi(), anAgent({ id: '7001', no: '7001', name: '王班长' })], path = '/live'): Promise<void> {
  open(path, BOSS)
  await screen.findByTestId('kpi-waiting')
  put('me', [{ id: 'me', ...aDesk() }])
  put('agents', rows)
  put('queues', [])
  await screen.findByTestId(`board-agent-${rows[0]?.id ?? ''}`)
}

it('T6: one listens to an agent with two actions, and whispers with one more', async () => {
  await floor()
  // When the agent is opened and L is pressed
  fireEvent.click(screen.getByText('李四'))
  await screen.findByTestId('agent-drawer-8007')
  world.here['GET /api/monitors'] = [MONITOR]
  fireEvent.keyDown(window, { key: 'l', code: 'KeyL' })
  await screen.findByTestId('monitor-bar')
  expect(sent('POST', '/api/monitors')).toEqual([{ agent: '8007', mode: 'listen' }])
  expect(screen.getByTestId('monitor-bar').textContent).toContain('你正在监听 李四')
  // Then W changes it, without beginning anew
  world.here['GET /api/monitors'] = [{ ...MONITOR, mode: 'whisper', now: 'whisper' }]
  fireEvent.keyDown(window, { key: 'w', code: 'KeyW' })
  await waitFor(() => expect(screen.getByTestId('monitor-bar').dataset['mode']).toBe('whisper'))
  expect(sent('POST', '/api/monitors/m1/mode')).toEqual([{ mode: 'whisper' }])
  expect(sent('POST', '/api/monitors')).toHaveLength(1)
  // And Esc ends it; the panel stays
  world.here['GET /api/monitors'] = []
  fireEvent.keyDown(window, { key: 'Escape', code: 'Escape' })
  await waitFor(() => expect(screen.queryByTestId('monitor-bar')).toBeNull())
  expect(screen.getByTestId('agent-drawer-8007')).toBeTruthy()
  fireEvent.keyDown(window, { key: 'Escape', code: 'Escape' })
  await waitFor(() => expect(screen.queryByTestId('agent-drawer-8007')).toBeNull())
})

it('who has no desk of their own reads why they cannot listen', async () => {
  open('/live?open=agent:8007', { ...BOSS, agent: null, permissions: ['live.read', 'live.force'] })
  await screen.findByTestId('kpi-waiting')
  put('agents', [lisi()])
  const panel = await screen.findByTestId('agent-drawer-8007')
  expect(panel.textContent).toContain('您的账号没有座席')
  expect(within(panel).getByTestId<HTMLInputElement>('hear-listen').closest('label')?.className).toContain('disabled')
})

it('P3: of a thousand agents only those in sight are drawn, and only a changed one anew', async () => {
  // Given rows that count how often a page reads the figure that only the row itself shows
  const reads = new Map<string, number>()
  const counted = (at: number): AgentRow => {
    const row = anAgent({ id: `a${at}`, no: String(1000 + at), name: `座席 ${at}` })
    Object.defineProperty(row, 'answered_today', {
      enumerable: true,
      get: () => {
        reads.set(row.id, (reads.get(row.id) ?? 0) + 1)
        return 7
      },
    })
    return row
  }
  await floor(Array.from({ length: 1000 }, (_, at) => counted(at)), '/live?sort=number')
  const drawn = document.querySelectorAll('[data-testid^="board-agent-"]').length
  expect(drawn).toBeGreaterThan(10)
  expect(drawn).toBeLessThan(60)
  expect(screen.getByText('1000 人')).toBeTruthy()
  // When one in sight and one far below change
  reads.clear()
  put('agents', [{ ...anAgent({ id: 'a3', no: '1003', name: '座席 3', state: 'talking' }) }, anAgent({ id: 'a900', no: '1900', name: '座席 900', state: 'acw' })], false)
  await waitFor(() => expect(screen.getByTestId('board-agent-a3').dataset['state']).toBe('talking'))
  // Then no other row was drawn: these two were read to be compared with what came
  expect([...reads.keys()].sort()).toEqual(['a3', 'a900'])
})

it('the order stands still while it is frozen', async () => {
  await floor([anAgent({ id: 'a', no: '1' }), anAgent({ id: 'b', no: '2' })])
  expect(names()).toEqual(['board-agent-a', 'board-agent-b'])
  fireEvent.keyDown(window, { key: 'p', code: 'KeyP' })
  await waitFor(() => expect(screen.getByTestId('freeze').getAttribute('aria-pressed')).toBe('true'))
  put('agents', [anAgent({ id: 'b', no: '2', state: 'not_responding' })], false)
  expect(names()).toEqual(['board-agent-a', 'board-agent-b'])
  fireEvent.keyDown(window, { key: 'p', code: 'KeyP' })
  await waitFor(() => expect(names()).toEqual(['board-agent-b', 'board-agent-a']))
})

it('figures older than three seconds are grey and say since when; status has a shape and a word', async () => {
  await floor([lisi({ state: 'not_responding' })])
  act(() => useLive.setState({ heard: Date.now() - 3_500, tick: Date.now() - 3_500 }))
  await screen.findByTestId('board-stale')
  expect(document.querySelector('.live-main')?.className).toContain('stale')
  // A3: the state is a shape and a word, not a colour
  expect(screen.getByTestId('board-agent-8007').textContent).toContain('!未应答')
})

it('a figure narrows the lists, and the address says so; nothing found says how to get back', async () => {
  await floor()
  fireEvent.click(screen.getByTestId('kpi-ready'))
  await waitFor(() => expect(screen.queryByTestId('board-agent-8007')).toBeNull())
  expect(window.location.search).toContain('state=ready')
  fireEvent.change(screen.getByTestId('live-find'), { target: { value: 'nobody' } })
  expect(await screen.findByText('没有符合筛选的座席')).toBeTruthy()
  fireEvent.click(screen.getByText('清除筛选'))
  await screen.findByTestId('board-agent-8007')
})

it('a call for help is an alert with the act at hand', async () => {
  world.here['POST /api/agents/8007/help/take'] = MONITOR
  await floor([lisi({ help: { contact: 'c1', words: '退款', since: Date.now(), taken_by: null } }), anAgent({ id: '7001', no: '7001', name: '王班长' })])
  const alert = await screen.findByTestId('alert-help')
  expect(alert.textContent).toContain('退款')
  fireEvent.click(within(alert).getByText('去听'))
  await waitFor(() => expect(sent('POST', '/api/agents/8007/help/take')).toHaveLength(1))
})
