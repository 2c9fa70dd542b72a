/** Alarm rules on the floor and by the bell: whose they are, from when on, and when not. */
import { act, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'

import type { AlarmRule } from '@/api/alarms'
import type { QueueRow } from '@/api/schema'
import { clockIn, isQuietAt, tellsMe } from '@/features/live/alarmRules'
import { alertsOf } from '@/features/live/alerts'
import { isOverlong } from '@/features/live/severity'
import { applyChange } from '@/live/store'

import { begin, end, open, world } from '../reports/server'
import { anAgent, aPerson } from '../world'

const NOW = Date.UTC(2026, 10, 20, 15, 0)

const aQueue = (change: Partial<QueueRow>): QueueRow => ({ id: 'q', name: '售后', name_en: 'Service', waiting: 0, longest_since: null, ready: 0, talking: 0, acw: 0, signed_in: 0, answer_within_ms: 20_000, unstaffed_since: null, expected_wait_ms: null, ...change }) as QueueRow
const aRule = (change: Partial<AlarmRule>): AlarmRule => ({ kind: 'long_wait', queue: null, is_on: true, limit: null, ways: ['bell'], roles: [], teams: [], mails: [], quiet: [], mine: true, ...change })
const kindsOf = (rules: AlarmRule[], queue = aQueue({ id: 'q', waiting: 6, longest_since: NOW - 50_000 })): string[] => alertsOf([], [queue], [], NOW, rules).map((alert) => alert.kind)

it('a queue waits too long by its own rule, else by the centre\'s, else after twice what it promises', () => {
  expect(kindsOf([])).toEqual(['long_wait'])
  expect(kindsOf([aRule({ limit: 60_000 })])).toEqual([])
  expect(kindsOf([aRule({ limit: 60_000 }), aRule({ queue: 'q', limit: 30_000 })])).toEqual(['long_wait'])
  expect(kindsOf([aRule({ is_on: false, limit: 10_000 })])).toEqual([])
})

it('so many waiting is one trouble for as long as it lasts, and off unless somebody sets it', () => {
  const off = aRule({ is_on: false, limit: 60_000 })
  expect(kindsOf([off, aRule({ kind: 'many_waiting', limit: 6 })])).toEqual(['many_waiting'])
  expect(kindsOf([off, aRule({ kind: 'many_waiting', limit: 7 })])).toEqual([])
  const [one] = alertsOf([], [aQueue({ id: 'q', waiting: 6, longest_since: NOW - 1 })], [], NOW, [aRule({ kind: 'many_waiting', limit: 6 })])
  const [later] = alertsOf([], [aQueue({ id: 'q', waiting: 8, longest_since: NOW - 2 })], [], NOW, [aRule({ kind: 'many_waiting', limit: 6 })])
  expect(later?.id).toBe(one?.id)
})

it('a threshold marks who is overlong, whether somebody is told or not', () => {
  const agent = anAgent({ state: 'acw', since: NOW - 45_000, queue: 'q' })
  const rule = aRule({ kind: 'long_wrap_up', queue: 'q', limit: 40_000, is_on: false })
  expect(isOverlong(agent, NOW)).toBe(false)
  expect(isOverlong(agent, NOW, [rule])).toBe(true)
  expect(alertsOf([agent], [], [], NOW, [rule])).toEqual([])
  expect(alertsOf([agent], [], [], NOW, [{ ...rule, is_on: true }]).map((alert) => alert.kind)).toEqual(['long_wrap_up'])
})

it('in quiet hours, over midnight too, nobody is told; nor is who is not meant', () => {
  const night = aRule({ quiet: [{ since: '22:00', until: '07:00' }] })
  expect(clockIn('Asia/Shanghai', NOW)).toBe('23:00')
  expect([isQuietAt(night, '23:00'), isQuietAt(night, '06:59'), isQuietAt(night, '07:00')]).toEqual([true, true, false])
  expect(tellsMe(night, 'bell', '12:00')).toBe(true)
  expect(tellsMe(night, 'banner', '12:00')).toBe(false)
  expect(tellsMe(night, 'bell', '23:00')).toBe(false)
  expect(tellsMe({ ...night, mine: false }, 'bell', '12:00')).toBe(false)
})

const put = (topic: string, rows: object[]): void =>
  act(() => applyChange({ topic, whole: true, set: Object.fromEntries(rows.map((row) => [(row as { id: string }).id, row as Record<string, unknown>])), del: [] }))

beforeEach(begin)
afterEach(end)

it('a supervisor reads of it on any page: a banner that can be put off, and the bell', async () => {
  world.here = { 'GET /api/alarm-rules': { revision: '1', changed_at: null, changed_by: '', kinds: [], rules: [aRule({ kind: 'unstaffed', ways: ['bell', 'banner'] })] } }
  open('/records', aPerson('supervisor', { permissions: ['live.read', 'records.read'] }))
  await screen.findByTestId('bell')
  put('agents', [])
  put('contacts', [])
  put('queues', [aQueue({ id: 'q', name: '售后', unstaffed_since: Date.now() - 1_000 })])
  const banner = await screen.findByTestId('strip-alarm-unstaffed')
  expect(banner.textContent).toContain('售后 有人等待,无人签入')
  await waitFor(() => expect(screen.getByTestId('bell').dataset['fresh']).toBe('1'))
  act(() => banner.querySelector('button')?.click())
  expect(screen.queryByTestId('strip-alarm-unstaffed')).toBeNull()
})
