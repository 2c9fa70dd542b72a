import { expect, it } from 'vitest'

import { misses } from '@/features/live/targets'
import { byTrouble, byWaiting, isUnstaffed } from '@/features/live/severity'
import type { QueueRow } from '@/api/schema'

import { anAgent } from '../world'

const NOW = 10_000_000

it('trouble comes first, then the overlong, then by agent number', () => {
  const rows = [
    anAgent({ id: 'idle', no: '8004', state: 'ready', since: NOW }),
    anAgent({ id: 'long', no: '8003', state: 'talking', since: NOW - 11 * 60_000 }),
    anAgent({ id: 'talk', no: '8002', state: 'talking', since: NOW - 60_000 }),
    anAgent({ id: 'missed', no: '8005', state: 'not_responding', since: NOW }),
    anAgent({ id: 'talk-too', no: '8001', state: 'talking', since: NOW }),
  ]
  expect(byTrouble(rows.map((row) => [row.id, row]), NOW)).toEqual(['missed', 'long', 'talk-too', 'talk', 'idle'])
})

it('a customer who is forgotten on hold comes before whoever is merely slow', () => {
  const rows = [
    anAgent({ id: 'slow', no: '8001', state: 'talking', since: NOW - 60 * 60_000 }),
    anAgent({ id: 'holds', no: '8002', state: 'hold', since: NOW - 10 * 60_000 }),
    anAgent({ id: 'forgets', no: '8003', state: 'hold', since: NOW, hold_alarmed: true }),
    anAgent({ id: 'away', no: '8005', state: 'not_ready', since: NOW, overstayed: true }),
    anAgent({ id: 'lost', no: '8004', state: 'recovering', since: NOW }),
  ]
  expect(byTrouble(rows.map((row) => [row.id, row]), NOW)).toEqual(['lost', 'forgets', 'away', 'slow', 'holds'])
})

const queue = (id: string, longest_since: number | null): [string, QueueRow] => [
  id,
  { id, name: id, name_en: id, waiting: 0, longest_since, ready: 0, talking: 0, acw: 0, signed_in: 0, answer_within_ms: 20_000, unstaffed_since: null, expected_wait_ms: null, wrap_up_limit_ms: null, wrap_up_limited: null },
]

it('the longest waiting queue comes first', () => {
  expect(byWaiting([queue('none', null), queue('new', 500), queue('old', 100)])).toEqual(['old', 'new', 'none'])
})

it('a queue in which people wait for nobody is marked, an empty one at night is not', () => {
  expect(isUnstaffed({ unstaffed_since: NOW })).toBe(true)
  expect(isUnstaffed({ unstaffed_since: null })).toBe(false)
})

it('a target is missed from below, or from above where less is better', () => {
  expect(misses('service_level', 0.74, 0.8)).toBe(true)
  expect(misses('abandon_rate', 0.03, 0.05)).toBe(false)
  expect(misses('service_level', null, 0.8)).toBeNull()
})
