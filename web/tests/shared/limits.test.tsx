/** Deadlines of work orders: shape, what is left, and how time passes between two answers of the server. */
import { expect, it } from 'vitest'

import type { CaseClock } from '@/api/cases'
import { isOver, leftAt, nearest, shapeAt, spanOf, usedAt } from '@/shared/cases/limits'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NOW = Date.UTC(2026, 10, 20, 4, 0)

const clock = (change: Partial<CaseClock> = {}): CaseClock => ({
  code: 'wo.resolve', round: 1, owner: 'area:north', state: 'running', unit: 'wall', target: 100 * MINUTE, spent: 0, read_at: NOW, counts: true,
  stretches: [{ since: NOW, until: null }], started_at: NOW, due_at: NOW + 100 * MINUTE, is_provisional: false, breached_at: null, ended_at: null,
  outcome: null, calendar: '', ...change,
})

it.each([
  [0, 'calm'],
  [49, 'calm'],
  [50, 'half'],
  [80, 'near'],
  [100, 'near'],
  [101, 'over'],
])('after %d of a hundred minutes it looks %s', (minutes, shape) => {
  expect(shapeAt(clock(), NOW + minutes * MINUTE)).toBe(shape)
})

it('says by how much it is over, from the moment it was due', () => {
  const late = clock({ breached_at: NOW - 14 * MINUTE, due_at: NOW - 14 * MINUTE })
  expect(isOver(late, NOW)).toBe(true)
  expect(leftAt(late, NOW)).toBe(-14 * MINUTE)
})

it('stands still while the calendar is closed, and while it rests', () => {
  const closed = clock({ unit: 'work_time', counts: false, spent: 30 * MINUTE, due_at: NOW + 20 * HOUR })
  expect(usedAt(closed, NOW + HOUR)).toBe(30 * MINUTE)
  expect(leftAt(closed, NOW + HOUR)).toBe(70 * MINUTE)
  const resting = clock({ state: 'paused', counts: false, spent: 90 * MINUTE, due_at: null })
  expect(shapeAt(resting, NOW + HOUR)).toBe('rests')
  expect(leftAt(resting, NOW + HOUR)).toBe(10 * MINUTE)
})

it('keeps how it ended', () => {
  expect(shapeAt(clock({ state: 'ended', outcome: 'met', ended_at: NOW }), NOW + 10 * HOUR)).toBe('met')
  expect(shapeAt(clock({ state: 'ended', outcome: 'handed_up', ended_at: NOW }), NOW)).toBe('gone')
})

it('puts the one that is due first in front', () => {
  const soon = clock({ code: 'wo.accept', due_at: NOW + MINUTE })
  expect(nearest([clock(), clock({ state: 'paused', due_at: null }), soon])).toBe(soon)
  expect(nearest([clock({ state: 'ended', outcome: 'met' })])).toBeNull()
})

it('says how long as people do', () => {
  expect(spanOf(-14 * MINUTE - 5_000)).toEqual({ key: 'minutes', values: { minutes: '14', seconds: '05' } })
  expect(spanOf(112 * MINUTE)).toEqual({ key: 'hours', values: { hours: 1, minutes: '52' } })
  expect(spanOf(51 * HOUR)).toEqual({ key: 'days', values: { days: 2, hours: 3 } })
})
