import { expect, it } from 'vitest'

import type { Key } from '@/api/figures'
import { askedFor, into, levelsOf, nextLevel, ordered, out } from '@/features/reports/drill'
import { founding, grouped } from '@/features/reports/groups'
import { bucketName, change, printed } from '@/features/reports/printed'
import { whereBroken, type Stretch } from '@/features/reports/residual'
import { isBetter } from '@/features/reports/standing'
import { changed, daysOf, moved, presetOf, questionOf, viewOf, widthsFor } from '@/features/reports/view'

import { aMetric, METRICS, NOW } from './centre'

const ZONE = 'Asia/Shanghai'
const view = (address = '') => viewOf(new URLSearchParams(address), NOW, ZONE)

it('an address that says nothing means the last thirty days by day, beside the thirty before', () => {
  expect(view()).toMatchObject({ from: '2026-10-23', to: '2026-11-21', width: 'day', isCompared: true, queue: null, at: null })
  expect(moved(view(), -1)).toEqual({ from: '2026-09-23', to: '2026-10-22' })
})

it('days that make no sense are as if they were not said', () => {
  expect(view('from=2026-11-20&to=2026-11-01')).toMatchObject({ from: '2026-10-23', to: '2026-11-21' })
  expect(view('from=yesterday&to=2026-11-01').from).toBe('2026-10-23')
})

it('presets are days in the zone of the centre, also over the ends of months and years', () => {
  expect(daysOf('last_month', '2026-03-31')).toEqual({ from: '2026-02-01', to: '2026-02-28' })
  expect(daysOf('last_month', '2026-01-05')).toEqual({ from: '2025-12-01', to: '2025-12-31' })
  expect(daysOf('yesterday', '2026-01-01')).toEqual({ from: '2025-12-31', to: '2025-12-31' })
  expect(presetOf(view(), '2026-11-21')).toBe('days_30')
  // 23:30 UTC is the next morning in Shanghai.
  expect(viewOf(new URLSearchParams(), Date.UTC(2026, 10, 20, 23, 30), ZONE).to).toBe('2026-11-21')
})

it('a width that would draw thousands of points is not taken', () => {
  expect(widthsFor(1)).toEqual(['hour', '30min', '15min'])
  expect(view('width=15min').width).toBe('day')
  expect(view('from=2026-11-21&to=2026-11-21&width=15min').width).toBe('15min')
})

it('the question is what the address says', () => {
  expect(questionOf(view('queue=service&from=2026-11-01&to=2026-11-02'), ['asa'], { by: ['agent'] })).toEqual({
    metrics: ['asa'],
    from: '2026-11-01',
    to: '2026-11-03',
    width: 'whole',
    by: ['agent'],
    only: { queue: ['service'] },
    formulas: {},
  })
  expect(questionOf(view('at=1000-3000'), ['asa'], { steps: -1 })).toMatchObject({ begins_at: -1000, ends_at: 1000 })
})

const WAY = ['queue', 'interval', 'agent'] as const

it('the way down is queue, stretch, agent, then the calls; up again the same way', () => {
  const row = { begins_at: 5, ends_at: 9, keys: { queue: 'service', agent: '8001' }, values: {}, standings: {} }
  let search = new URLSearchParams()
  for (const level of WAY) {
    expect(nextLevel(viewOf(search, NOW, ZONE), WAY)).toBe(level)
    search = changed(search, into(level, row))
  }
  expect(search.toString()).toBe('queue=service&at=5-9&agent=8001')
  expect(nextLevel(viewOf(search, NOW, ZONE), WAY)).toBeNull()
  for (const left of ['queue=service&at=5-9', 'queue=service', '']) {
    search = changed(search, out(viewOf(search, NOW, ZONE)) ?? {})
    expect(search.toString()).toBe(left)
  }
  expect(out(viewOf(search, NOW, ZONE))).toBeNull()
})

it('a figure goes down by what it is told apart by, and by time', () => {
  const told = (...keys: Key[]) => levelsOf(view(), { formulas: [{ id: 'a', text: '', in_english: '', keys }] })
  expect(told('queue', 'agent', 'team')).toEqual(WAY)
  expect(told('deadline', 'post')).toEqual(['deadline', 'post', 'interval'])
  expect(told('case_type', 'post')).toEqual(['case_type', 'post', 'interval'])
  expect(told()).toEqual(['interval'])
  expect(nextLevel(view('at=5-9'), told('deadline', 'post'))).toBe('deadline')
})

it('within a day the stretches are half-hours, within a half-hour quarters', () => {
  const day = 24 * 3_600_000
  expect(askedFor('interval', view()).width).toBe('day')
  expect(askedFor('interval', view(`at=0-${day}`)).width).toBe('30min')
  expect(askedFor('interval', view('at=0-1800000')).width).toBe('15min')
})

const of = (queue: string, value: number | null) => ({ begins_at: 0, ends_at: 1, keys: { queue }, values: { asa: value }, standings: {} })

it('the worst stands first, what has no figure last', () => {
  const rows = [of('a', 10), of('b', null), of('c', 30)]
  const names = (direction: 'up' | 'down') => ordered(rows, 'queue', { id: 'asa', direction }).map((row) => row.keys.queue)
  expect(names('down')).toEqual(['c', 'a', 'b'])
  expect(names('up')).toEqual(['a', 'c', 'b'])
  expect(ordered(rows, 'interval', { id: 'asa', direction: 'down' })).toBe(rows)
})

it('figures have the digits of the exports', () => {
  expect(printed(0.57142857, 'ratio')).toBe('57.14%')
  expect(printed(1, 'ratio')).toBe('100.00%')
  expect(printed(0.12345, 'ratio')).toBe('12.35%')
  expect(printed(10.25, 's')).toBe('10.3 s')
  expect(printed(1_234_567, 'count')).toBe('1234567')
  expect(printed(null, 'ratio')).toBe('—')
})

it('a change of a share is said in points of percent, others in their unit', () => {
  expect(change(0.784, 0.812, 'ratio')).toBe('↓2.80pp')
  expect(change(23.5, 20, 's')).toBe('↑3.5 s')
  expect(change(5, 5, 'count')).toBe('=0')
})

it('a stretch shorter than a day is named with its time', () => {
  const at = Date.UTC(2026, 10, 21, 2)
  expect(bucketName(at, at + 1_800_000, 'zh-CN', ZONE)).toBe('11-21 周六 10:00–10:30')
  expect(bucketName(at - 10 * 3_600_000, at + 14 * 3_600_000, 'zh-CN', ZONE)).toBe('11-21 周六')
})

it('what is better follows from the direction; a figure that is watched has none', () => {
  expect(isBetter(25, 20, 'down')).toBe(false)
  expect(isBetter(25, 20, 'watch')).toBeNull()
})

const beside = (id: string) => grouped([aMetric({ no: '', formulas: [{ id, text: '', in_english: '', keys: [] }] })])[0]?.id

it('the founding metrics stand by their numbers, every other one in a group', () => {
  expect(founding(METRICS).map((metric) => metric.no)).toEqual(['K09', 'K16', 'K21', 'K23'])
  expect(grouped(METRICS).map((group) => [group.id, group.metrics.length])).toEqual([
    ['counts', 1],
    ['time', 1],
    ['complaints', 1],
  ])
  expect([beside('L10.b'), beside('K06.c'), beside('C.handled')]).toEqual(['quality', 'time', 'counts'])
  expect(grouped([aMetric({ no: 'L999' })])[0]?.id).toBe('other')
})

it('the moment of a residual is found by halving, within a second, in few questions', async () => {
  const at = 1_234_567_890
  let asked = 0
  const residualIn = async ({ begins, ends }: Stretch): Promise<number> => {
    asked += 1
    return begins <= at && at < ends ? 1 : 0
  }
  const found = await whereBroken({ begins: 0, ends: 30 * 86_400_000 }, residualIn)
  expect(found.begins <= at && at < found.ends && found.ends - found.begins <= 1_000).toBe(true)
  expect(asked).toBeLessThan(25)
})
