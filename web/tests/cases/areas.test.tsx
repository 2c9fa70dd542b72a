/** How work areas did, as supervisors see it. */
import { screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'

import { aPerson } from '../world'
import { begin, end, open, urlsOf, world } from './server'

beforeEach(begin)
afterEach(end)

const DAY_MS = 86_400_000
const SUPERVISOR = aPerson('supervisor', { permissions: ['cases.read', 'cases.supervise'], agent: null })

it('tells what each area was given, kept and missed in the days of the address', async () => {
  world.here['GET /api/work-areas/appraisal'] = [
    { area: 'north', zh: '城北工区', en: 'North', given: 3, returned: 1, done: 1, used_ms: 120_000, kept: { 'wo.accept': 1, 'wo.resolve': 1 }, missed: { 'wo.arrive': 2 }, kept_share: 0.5, unsatisfied: 1, open: 2, late: 1 },
  ]
  open('/cases?view=areas&since=2026-11-01&until=2026-11-20', SUPERVISOR)
  const row = await screen.findByTestId('area-north')
  expect([...row.children].map((cell) => cell.textContent)).toEqual(['城北工区', '3', '1', '1', '02:00', '2', '2', '50.0%', '1', '2', '■ 1'])
  const asked = urlsOf('GET', '/api/work-areas/appraisal')[0]?.searchParams
  expect(Number(asked?.get('to')) - Number(asked?.get('from'))).toBe(20 * DAY_MS)
})

it('has no such view for who may not supervise', async () => {
  open('/cases?view=areas')
  expect(await screen.findByTestId('view-board')).toBeTruthy()
  expect(screen.queryByTestId('view-areas')).toBeNull()
})
