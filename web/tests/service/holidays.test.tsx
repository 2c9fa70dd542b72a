/** Public holidays as a proposal: what it brings, what it leaves alone, and a year nobody knows. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import type { Calendar, PublicDay } from '@/api/service'
import { loadWords } from '@/app/i18n'
import { HolidayProposal } from '@/shared/holidays/HolidayProposal'
import { byHoliday, firstChosen, proposals, taken } from '@/shared/holidays/holidays'

import { over, play } from '../opened'

const NEW_YEAR = { name: '元旦', name_en: "New Year's Day" }
const DAYS: PublicDay[] = [
  { day: '2026-01-01', kind: 'off', ...NEW_YEAR },
  { day: '2026-01-03', kind: 'weekend', ...NEW_YEAR },
  { day: '2026-01-04', kind: 'work', ...NEW_YEAR },
  { day: '2026-05-01', kind: 'off', name: '劳动节', name_en: 'Labour Day' },
]
const OFFICE: Calendar = {
  id: 'office', name: '工作时间', name_en: 'Office hours', always: false, revision: 'r1',
  weekly: { 0: [[540, 720], [810, 1_080]] },
  special: { '2026-01-01': [], '2026-05-01': [[600, 960]] },
}

beforeEach(async () => {
  await loadWords('holidays')
  vi.setSystemTime(new Date('2026-03-01T00:00:00Z'))
  play(async (asked) => {
    const year = Number(String(asked).split('/').at(-1))
    return Response.json({ year, announced: year === 2026, days: year === 2026 ? DAYS : [] })
  })
})
afterEach(async () => {
  cleanup()
  await over()
})

function open(onTake = vi.fn()): typeof onTake {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  client.setQueryData(['session'], null)
  render(
    <QueryClientProvider client={client}>
      <HolidayProposal calendar={OFFICE} onClose={vi.fn()} onTake={onTake} />
    </QueryClientProvider>,
  )
  return onTake
}

it('worked weekends have the hours of a weekday, days off have none', () => {
  const all = proposals(OFFICE, DAYS)
  expect(all.map(({ spans }) => spans)).toEqual([[], [], [[540, 720], [810, 1_080]], []])
  expect(all.map(({ there }) => there)).toEqual(['same', 'new', 'new', 'other'])
  expect(byHoliday(all).map(({ name, days }) => [name, days.length])).toEqual([['元旦', 3], ['劳动节', 1]])
})

it('hours that somebody set for a day stay, unless one says otherwise', () => {
  const all = proposals(OFFICE, DAYS)
  expect(taken(OFFICE, all, firstChosen(all))).toEqual({
    '2026-01-01': [], '2026-01-03': [], '2026-01-04': [[540, 720], [810, 1_080]], '2026-05-01': [[600, 960]],
  })
  expect(taken(OFFICE, all, ['2026-05-01'])['2026-05-01']).toEqual([])
})

it('a calendar that is always open has no weekends to work', () => {
  expect(proposals({ ...OFFICE, always: true }, DAYS).map(({ day }) => day.kind)).toEqual(['off', 'weekend', 'off'])
})

it('a person leaves a day out and takes the others', async () => {
  const onTake = open()
  fireEvent.click(await screen.findByTestId('day-2026-01-03'))
  fireEvent.click(screen.getByTestId('holidays-take'))
  expect(Object.keys(onTake.mock.calls[0]?.[0] as object).sort()).toEqual(['2026-01-01', '2026-01-04', '2026-05-01'])
})

it('a year that is not announced proposes nothing and says so', async () => {
  open()
  fireEvent.click(await screen.findByText('建议 2027 年'))
  expect(await screen.findByText('2027 年的安排还不知道')).toBeTruthy()
  expect(screen.queryByTestId('holidays-take')).toBeNull()
})
