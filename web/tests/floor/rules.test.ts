import { expect, it } from 'vitest'

import type { QueueRow } from '@/api/schema'
import type { Server } from '@/api/floor'
import { alertsOf, loud, QUIET_MS } from '@/features/live/alerts'
import { neighbour } from '@/features/live/keys'
import { effectOf } from '@/features/live/LevelsPanel'
import { heldOrder } from '@/features/live/order'
import { readViews } from '@/features/live/savedViews'
import { byNeed, queueMark } from '@/features/live/severity'
import { ALL, searchOf, showsAgent, showsQueue, viewOf } from '@/features/live/view'

import { anAgent } from '../world'

const NOW = 10_000_000

const server = (id: string, level: number | null, signed_in = true): Server => ({ agent: { id, no: id, name: id, team: '' }, level, signed_in })

const aQueue = (change: Partial<QueueRow> = {}): QueueRow => ({
  id: 'service',
  name: '售后',
  name_en: 'Service',
  waiting: 0,
  longest_since: null,
  ready: 0,
  talking: 0,
  acw: 0,
  signed_in: 1,
  answer_within_ms: 20_000,
  unstaffed_since: null,
  expected_wait_ms: null,
  wrap_up_limit_ms: null,
  wrap_up_limited: null,
  ...change,
})

it('what the page shows stands in its address, and what is usual does not', () => {
  const view = { ...ALL, team: '一组', state: 'talking' as const, waiting: true, look: 'cards' as const }
  const search = searchOf(view, new URLSearchParams('open=agent:8001'))
  expect(viewOf(search)).toEqual(view)
  expect(search.get('open')).toBe('agent:8001')
  expect(searchOf(ALL).toString()).toBe('')
})

it('agents are found by team, state, queue, and part of a name or number', () => {
  const row = anAgent({ no: '8007', name: '李四', team: '二组', state: 'talking', queue: 'service' })
  expect(showsAgent({ ...ALL, find: '07', team: '二组', state: 'talking', queue: 'service' }, row)).toBe(true)
  expect(showsAgent({ ...ALL, find: '李' }, row)).toBe(true)
  expect(showsAgent({ ...ALL, team: '一组' }, row)).toBe(false)
  expect(showsAgent({ ...ALL, state: 'ready' }, row)).toBe(false)
  expect(showsQueue({ ...ALL, waiting: true }, aQueue())).toBe(false)
  expect(showsQueue({ ...ALL, waiting: true }, aQueue({ waiting: 1 }))).toBe(true)
})

it('a queue is urgent when nobody is there or the wait is twice what was promised', () => {
  expect(queueMark(aQueue(), NOW)).toBe('good')
  expect(queueMark(aQueue({ longest_since: NOW - 30_000 }), NOW)).toBe('near')
  expect(queueMark(aQueue({ longest_since: NOW - 41_000 }), NOW)).toBe('bad')
  expect(queueMark(aQueue({ unstaffed_since: NOW }), NOW)).toBe('bad')
})

it('urgent queues come first, and among equals the longest wait', () => {
  const rows: [string, QueueRow][] = [
    aQueue({ id: 'calm' }),
    aQueue({ id: 'slow', longest_since: NOW - 30_000, answer_within_ms: 20_000 }),
    aQueue({ id: 'long-but-promised', longest_since: NOW - 90_000, answer_within_ms: 120_000 }),
    aQueue({ id: 'alone', unstaffed_since: NOW, longest_since: NOW - 1_000 }),
  ].map((row) => [row.id, row])
  expect(byNeed(rows, NOW)).toEqual(['alone', 'slow', 'long-but-promised', 'calm'])
})

it('a frozen order keeps its places; who is gone goes, who is new comes last', () => {
  expect(heldOrder(['c', 'a', 'b'], ['a', 'b', 'd'])).toEqual(['a', 'b', 'd'])
  expect(heldOrder(['b', 'a'], ['a', 'b'])).toEqual(['b', 'a'])
})

it('alerts: help first, then queues without people; each trouble once, put off for ten minutes', () => {
  const help = { contact: 'c1', words: '客户要退款', since: NOW - 5, taken_by: null }
  const agents = [
    anAgent({ id: 'a', overstayed: true, state: 'not_ready', since: 1 }),
    anAgent({ id: 'b', state: 'talking', help }),
    anAgent({ id: 'c', state: 'talking', help: { ...help, taken_by: '王班长' } }),
    anAgent({ id: 'd', state: 'not_responding', since: 2 }),
  ]
  const queues = [aQueue({ unstaffed_since: NOW - 100 }), aQueue({ id: 'sales', longest_since: NOW - 50_000 })]
  const found = alertsOf(agents, queues, [], NOW)
  expect(found.map((alert) => alert.kind)).toEqual(['help', 'unstaffed', 'not_responding', 'long_wait', 'overstayed'])
  expect(found[0]?.words).toBe('客户要退款')
  const quiet = { [found[1]?.id ?? '']: NOW + QUIET_MS }
  expect(loud(found, quiet, NOW)).toHaveLength(4)
  expect(loud(found, quiet, NOW + QUIET_MS)).toHaveLength(5)
})

it('the effect of moving people is said before it is done', () => {
  const servers = [server('a', 10), server('b', null), server('c', null), server('away', null, false)]
  expect(effectOf(servers, ['b', 'c', 'away'], 5)).toEqual({ now: 1, then: 3 })
  expect(effectOf(servers, ['a'], null)).toEqual({ now: 1, then: 0 })
})

it('the arrows go along the list and stay at its ends', () => {
  expect(neighbour(['a', 'b'], 'a', 1)).toBe('b')
  expect(neighbour(['a', 'b'], 'b', 1)).toBe('b')
  expect(neighbour(['a', 'b'], '', 1)).toBe('a')
  expect(neighbour([], '', 1)).toBeUndefined()
})

it('views that cannot be read are none', () => {
  localStorage.setItem('lianxi-floor-views-u1', '{')
  expect(readViews('u1')).toEqual([])
})
