/** The pages of complaint warnings with a server that answers as a test wants. */
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'

import { barOf, shapeAt } from '@/features/warnings/deadline'
import { roundsOf } from '@/features/warnings/chain'
import { limitsOf, draftOf, wishOf } from '@/features/warnings/limits'

import { aHop, aWarning, begin, end, LINE, MINUTE, NINE, open, sent, urlsOf, world } from './server'

beforeEach(begin)
afterEach(end)

const ONE = `/warnings/${LINE.number}`
const EVENTS = '/api/warnings/ew-1/events'

it('tells by its shape how much of a deadline is left', () => {
  const hop = aHop({ limit: 60 * MINUTE })
  expect([-1, 0, 30, 48, 61].map((minutes) => shapeAt(hop, NINE + minutes * MINUTE))).toEqual(['ahead', 'calm', 'half', 'near', 'over'])
  expect(shapeAt(aHop({ limit: null }), NINE)).toBe('none')
})

it('draws a bar as long as what took longest, with its marks', () => {
  expect(barOf(30, 60, [{ percent: 50 }])).toEqual({ used: 0.5, limit: 1, marks: [{ percent: 50, at: 0.5 }] })
  expect(barOf(120, 60, [{ percent: 100 }])).toEqual({ used: 1, limit: 0.5, marks: [{ percent: 100, at: 0.5 }] })
})

it('sets what ran at the same time beside the hop in which it began', () => {
  const rounds = roundsOf([
    aHop({ number: 1 }),
    aHop({ number: 2, since: NINE + 10, clock: 'ew.guide' }),
    aHop({ number: 3, since: NINE + 20, round: 2, clock: 'ew.daily_report' }),
    aHop({ number: 4, since: NINE + 10, clock: 'ew.store', is_parallel: true }),
    aHop({ number: 5, since: NINE + 99, round: 2, clock: 'ew.daily_handle', is_parallel: true }),
  ])
  expect(rounds.map(({ round, rungs }) => [round, rungs.map(({ hop, beside }) => [hop.number, beside.map((each) => each.number)])])).toEqual([
    [1, [[1, []], [2, [4]]]],
    [2, [[3, [5]]]],
  ])
})

it('begins with what waits for me, and asks the server for what the address says', async () => {
  open('/warnings?level=store&store=%E6%9C%9D%E9%98%B3')
  const row = await screen.findByTestId(`row-${LINE.number}`)
  expect(row.textContent).toContain('店处理中')
  expect(row.textContent).toContain('店长')
  // The nearer of the two that run at the same time stands first: twenty minutes are left
  expect(row.textContent).toMatch(/店内处理.*剩 20:00.*店长意见/)
  const asked = Object.fromEntries(urlsOf('GET', '/api/warnings')[0]?.searchParams ?? [])
  expect(asked).toEqual({ mine: 'true', open: 'true', level: 'store', store: '朝阳', sort: 'due' })
  await waitFor(() => expect(screen.getByTestId('view-mine').textContent).toBe('待我处理 1'))
  fireEvent.click(screen.getByTestId('view-all'))
  await waitFor(() => expect(window.location.search).toBe('?view=all'))
})

it('shows the whole chain: whose it was, who has it, what runs at the same time', async () => {
  open(ONE)
  const ladder = await screen.findByTestId('warning-ladder')
  expect(within(ladder).getByTestId('hop-2').textContent).toMatch(/主管审核.*热线主管 赵主管.*超时 10 分/)
  expect(within(ladder).getByTestId('hop-3').textContent).toContain('店长 孙店长')
  const beside = within(ladder).getByRole('group', { name: '并行' })
  expect(within(beside).getByTestId('hop-4').textContent).toContain('店客服中心 钱客服')
  // What is due next ticks by the server's clock
  expect((await screen.findByTestId('due-ew.store')).dataset['shape']).toBe('half')
  expect(screen.getByTestId('next-ew.store').textContent).toContain('剩 20:00')
  // A step of another post says whose it is
  expect(screen.getByTestId('act-handle').textContent).toContain('店客服中心、店长')
})

it('lets a step happen with the revision that was read', async () => {
  world.here[`POST ${EVENTS}`] = aWarning({ state: 'opined', revision: 5, possible: [] })
  open(ONE)
  fireEvent.click(await screen.findByTestId('act-guide'))
  const go = await screen.findByTestId('composer-go')
  expect(go.hasAttribute('disabled')).toBe(true)
  fireEvent.change(screen.getByTestId('composer-text'), { target: { value: '同意退机' } })
  fireEvent.click(go)
  await waitFor(() => expect(screen.getByTestId('warning-state').dataset['state']).toBe('opined'))
  expect(sent('POST', EVENTS)).toEqual([{ event: 'guide', text: '同意退机', answers: {}, satisfied: null, revision: 4 }])
  expect(localStorage.getItem('lianxi-draft-warning-ew-1-guide')).toBeNull()
})

it('keeps what is written when somebody else was quicker', async () => {
  world.refused[`POST ${EVENTS}`] = { status: 412, code: 'warning_changed' }
  open(ONE)
  fireEvent.click(await screen.findByTestId('act-guide'))
  fireEvent.change(await screen.findByTestId('composer-text'), { target: { value: '同意退机' } })
  world.here[`GET /api${ONE}`] = aWarning({ revision: 5 })
  fireEvent.click(screen.getByTestId('composer-go'))
  // Then it says so, the words are there, and they go on with the newer revision
  fireEvent.click(await screen.findByTestId('composer-go-on'))
  expect((screen.getByTestId('composer-text') as HTMLTextAreaElement).value).toBe('同意退机')
  delete world.refused[`POST ${EVENTS}`]
  world.here[`POST ${EVENTS}`] = aWarning({ state: 'opined', revision: 6 })
  fireEvent.click(screen.getByTestId('composer-go'))
  await waitFor(() => expect(sent('POST', EVENTS).at(-1)?.['revision']).toBe(5))
})

it('marks what of the six contents is missing before it asks the server', async () => {
  world.here[`GET /api${ONE}`] = aWarning({ state: 'classified', possible: [{ event: 'submit', allowed: true, posts: ['hotline_agent'] }] })
  open(ONE)
  fireEvent.click(await screen.findByTestId('act-submit'))
  expect(((await screen.findByTestId('answer-phone')) as HTMLInputElement).value).toBe('138****8000')
  fireEvent.click(screen.getByTestId('composer-go'))
  expect((await screen.findByTestId('item-difficulty')).textContent).toContain('■')
  expect(sent('POST', EVENTS)).toEqual([])
})

it('asks why the customer is not satisfied, and not why they are', async () => {
  world.here[`GET /api${ONE}`] = aWarning({ state: 'recontact', possible: [{ event: 'recontact', allowed: true, posts: ['hotline_supervisor'] }] })
  open(ONE)
  fireEvent.click(await screen.findByTestId('act-recontact'))
  const go = await screen.findByTestId('composer-go')
  expect(go.hasAttribute('disabled')).toBe(true)
  fireEvent.click(screen.getByTestId('recontact-unsatisfied'))
  expect(go.hasAttribute('disabled')).toBe(true)
  fireEvent.click(screen.getByTestId('recontact-satisfied'))
  expect(go.hasAttribute('disabled')).toBe(false)
})

it('raises a warning from a work order, and says when there is one already', async () => {
  world.here['GET /api/cases/wo-1'] = { id: 'wo-1', number: 'GD-1', title: '洗衣机漏水' }
  world.here['GET /api/warnings'] = { items: [], next: null }
  world.here['POST /api/warnings'] = aWarning()
  open('/warnings?case=wo-1')
  fireEvent.change(await screen.findByTestId('warning-reason'), { target: { value: '客户要求退机' } })
  const go = screen.getByTestId('warning-start-go')
  await waitFor(() => expect(go.hasAttribute('disabled')).toBe(false))
  fireEvent.click(go)
  await waitFor(() => expect(window.location.pathname).toBe(ONE))
  expect(sent('POST', '/api/warnings')).toEqual([{ case: 'wo-1', store: '', reason: '客户要求退机' }])
})

const rule = (version: number, effective_at: number, minutes: number) => ({
  code: 'ew.submit', kind: '', area_class: '', version, effective_at, target: minutes * MINUTE, unit: 'wall' as const, calendar: '', note: '', set_by: '', set_at: 0,
  marks: [{ action: 'warn', percent: 50, offset: null, repeat: null }, { action: 'breach', percent: 100, offset: null, repeat: null }],
})

it('sets a deadline from now on over the version that was read', () => {
  const [limit] = limitsOf([rule(1, 0, 30), rule(2, NINE + 1, 15)], NINE)
  if (limit === undefined) throw new Error('no limit')
  expect([limit.now?.version, limit.next?.version, limit.latest]).toEqual([1, 2, 2])
  expect(wishOf(limit, { ...draftOf(limit), minutes: 20 })).toMatchObject({ code: 'ew.submit', target: 20 * MINUTE, after: 2, marks: [{ action: 'warn', percent: 50 }], effective_at: null })
})
