import { expect, it } from 'vitest'

import { minorOf, money, perDay, within } from '@/features/reports/ledger'

import { STAFF } from './costs'

const day = (of: string): number => within(STAFF, of, of)

it.each([
  ['180000', 18_000_000],
  ['180,000.5', 18_000_050],
  ['180 000.05', 18_000_005],
  ['0.01', 1],
  ['0', null],
  ['1.005', null],
  ['-5', null],
  ['1e5', null],
  ['', null],
  ['99999999999999', null],
])('an amount as it is typed, %s, is %s hundredths', (text, minor) => {
  expect(minorOf(text)).toBe(minor)
})

it('hundredths are printed with two decimals, and a day has its share', () => {
  expect(money(18_000_050)).toBe('180,000.50')
  expect(perDay(1000, '2026-11-01', '2026-11-03')).toBe(333)
})

it('10.00 over three days are 3.34, 3.33 and 3.33, as the server spreads them', () => {
  expect(['2026-10-31', '2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04'].map(day)).toEqual([0, 334, 333, 333, 0])
  expect(within(STAFF, '2026-11-02', '2026-12-31')).toBe(666)
  expect(within(STAFF, '2026-01-01', '2026-12-31')).toBe(1000)
  expect(within({ ...STAFF, cancelled_at: 1 }, '2026-01-01', '2026-12-31')).toBe(0)
})
