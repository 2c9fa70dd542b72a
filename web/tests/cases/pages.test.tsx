/** The pages of work orders with a server that answers as a test wants. */
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'

import { applyChange } from '@/live/store'

import { aDesk, aPerson } from '../world'
import { aCase, aClock, aDispatch, aLine, begin, DISPATCHER, end, NOW, open, sent, urlsOf, world } from './server'

beforeEach(begin)
afterEach(end)

const HOUR = 3_600_000

it('asks for the list and the filters of the address, and shows how long each list is', async () => {
  open('/cases?list=to_dispatch&phone_tail=8000&due=2h&sort=due')
  const row = await screen.findByTestId('row-wo-1')
  const asked = urlsOf('GET', '/api/cases')[0]?.searchParams
  expect(Object.fromEntries(asked ?? [])).toEqual({ list: 'to_dispatch', phone_tail: '8000', due_before: String(NOW + 2 * HOUR), sort: 'due' })
  for (const words of ['GD-20261120-0001', '洗衣机漏水', '商品质量投诉', '王女士 138****8000', '调度', '剩 23小时00分']) expect(row.textContent).toContain(words)
  await waitFor(() => expect(screen.getByTestId('list-to_dispatch').textContent).toBe('调度 1'))
})

it('has the list exported as it is narrowed', async () => {
  world.here['POST /api/exports'] = { id: 'x1', state: 'waiting', rows_done: 0 }
  world.here['GET /api/exports/x1'] = { id: 'x1', state: 'ready', rows_done: 1 }
  open('/cases?list=to_dispatch&phone_tail=8000&due=2h', { ...DISPATCHER, permissions: [...DISPATCHER.permissions, 'records.export'] })
  fireEvent.click(await screen.findByTestId('export'))
  fireEvent.click(await screen.findByTestId('export-xlsx'))
  expect((await screen.findByTestId('export-file')).getAttribute('href')).toBe('/api/exports/x1/file')
  expect(sent('POST', '/api/exports')).toEqual([
    { kind: 'cases', format: 'xlsx', language: 'zh', filter: { list: 'to_dispatch', phone_tail: '8000', due_before: NOW + 2 * HOUR } },
  ])
})

it('dispatches several, each to the area of the catalogue; what was refused stays chosen with its reason', async () => {
  world.here['GET /api/cases'] = { items: [aLine(), aLine({ id: 'wo-2', number: 'GD-2' })], next: null }
  world.here['POST /api/cases/wo-1/events'] = aCase({ state: 'handling' })
  world.refused['POST /api/cases/wo-2/events'] = { status: 412, code: 'case_changed' }
  open('/cases?list=to_dispatch')
  fireEvent.click(await screen.findByTestId('pick-all'))
  fireEvent.click(await screen.findByTestId('batch-go'))
  const failures = await screen.findByTestId('batch-failures')
  expect(failures.textContent).toContain('GD-2: 工单刚被别人改过')
  expect(sent('POST', '/api/cases/wo-1/events')).toEqual([{ event: 'dispatch', reason: '', facts: { area: 'north' }, revision: 3 }])
})

it('shows what may be done in its place, and why the rest may not', async () => {
  world.here['GET /api/cases/wo-1'] = aCase({ possible: [{ event: 'dispatch', allowed: true, why_not: '' }, { event: 'suspend', allowed: false, why_not: 'permission' }] })
  open('/cases/wo-1')
  const bar = await screen.findByTestId('case-actions')
  expect(within(bar).getByTestId('act-dispatch').getAttribute('aria-disabled')).toBe('false')
  expect(within(bar).getByTestId('act-suspend').textContent).toContain('您的角色不能做这一步')
  expect(within(bar).getByTestId('act-accept').textContent).toContain('当前状态（调度）不能做这一步')
})

it('dispatches by keyboard, with the suggested area', async () => {
  world.here['POST /api/cases/wo-1/events'] = aCase({ state: 'handling', area: 'north', revision: 4 })
  open('/cases/wo-1')
  await screen.findByTestId('case-actions')
  fireEvent.keyDown(document.body, { key: 'd' })
  fireEvent.click(await screen.findByTestId('composer-suggested'))
  fireEvent.change(screen.getByTestId('composer-note'), { target: { value: '带备件' } })
  fireEvent.click(screen.getByTestId('composer-go'))
  await waitFor(() => expect(screen.queryByTestId('composer-dispatch')).toBeNull())
  expect(sent('POST', '/api/cases/wo-1/events')).toEqual([{ event: 'dispatch', reason: '', facts: { area: 'north', note: '带备件' }, revision: 3 }])
  await waitFor(() => expect(screen.getByTestId('case-head').textContent).toContain('城北工区'))
})

it('keeps what was written when a colleague was quicker, and says what it is now', async () => {
  open('/cases/wo-1')
  fireEvent.click(await screen.findByTestId('act-suspend'))
  fireEvent.change(await screen.findByTestId('composer-reason'), { target: { value: '等客户回家' } })
  world.refused['POST /api/cases/wo-1/events'] = { status: 412, code: 'case_changed' }
  world.here['GET /api/cases/wo-1'] = aCase({ state: 'handling', area: 'north', revision: 9 })
  fireEvent.click(screen.getByTestId('composer-go'))
  const refusal = await screen.findByTestId('composer-refusal')
  await waitFor(() => expect(refusal.textContent).toContain('处理'))
  expect((screen.getByTestId('composer-reason') as HTMLTextAreaElement).value).toBe('等客户回家')
  // When it is sent again, it goes with the present revision
  delete world.refused['POST /api/cases/wo-1/events']
  world.here['POST /api/cases/wo-1/events'] = aCase({ suspended: true, state: 'handling', revision: 10 })
  fireEvent.click(screen.getByTestId('composer-go'))
  await waitFor(() => expect(screen.queryByTestId('composer-suspend')).toBeNull())
  expect(sent('POST', '/api/cases/wo-1/events').at(-1)?.['revision']).toBe(9)
})

it('has what was half written when it is opened again', async () => {
  open('/cases/wo-1')
  fireEvent.click(await screen.findByTestId('act-note'))
  fireEvent.change(await screen.findByTestId('composer-reason'), { target: { value: '客户说周末在家' } })
  fireEvent.click(screen.getByTestId('composer-close'))
  fireEvent.click(screen.getByTestId('act-note'))
  expect(((await screen.findByTestId('composer-reason')) as HTMLTextAreaElement).value).toBe('客户说周末在家')
})

it('asks why again for the area that returned it', async () => {
  world.here['GET /api/cases/wo-1'] = aCase({ state: 'redispatching', dispatches: [aDispatch({ outcome: 'returned', return_reason: '属地不符' })] })
  open('/cases/wo-1')
  fireEvent.click(await screen.findByTestId('act-dispatch'))
  fireEvent.click(await screen.findByTestId('composer-suggested'))
  expect(await screen.findByTestId('composer-reason')).toBeTruthy()
  expect((screen.getByTestId('composer-go') as HTMLButtonElement).disabled).toBe(true)
})

it('tells rounds and deadlines apart, with how each was counted', async () => {
  const stopped = aClock({ code: 'wo.dispatch', state: 'ended', outcome: 'late', ended_at: NOW, spent: HOUR, counts: false })
  world.here['GET /api/cases/wo-1'] = aCase({
    round: 2,
    rounds: [
      { number: 1, opened_at: NOW - 9 * HOUR, resolved_at: NOW - 5 * HOUR, closed_at: NOW - 4 * HOUR, outcome: 'unsatisfied' },
      { number: 2, opened_at: NOW - 4 * HOUR, resolved_at: null, closed_at: null, outcome: '' },
    ],
    dispatches: [aDispatch({ at: NOW - 8 * HOUR, outcome: 'done', accepted_at: NOW - 7 * HOUR })],
    clocks: [aClock({ round: 2 }), { ...stopped, round: 2 }, aClock({ round: 1, state: 'ended', outcome: 'met', ended_at: NOW })],
  })
  open('/cases/wo-1')
  expect((await screen.findByTestId('round-1')).textContent).toContain('客户不满意')
  await waitFor(() => expect(screen.getByTestId('round-1').textContent).toContain('张三 派单 → 城北工区'))
  expect(screen.getByTestId('tile-wo.dispatch').textContent).toContain('超时，用 1小时00分')
  fireEvent.click(screen.getByTestId('sum-open-wo.resolve'))
  expect((await screen.findByTestId('sum-wo.resolve')).textContent).toContain('1天0小时')
})

it('begins a new work order of the type that the address names', async () => {
  open('/cases?new=complaint_goods')
  await screen.findByTestId('new-case-drawer')
  await waitFor(() => expect(screen.getByTestId('new-case-drawer').textContent).toContain('商品质量投诉'))
})

it('marks what is missing in a new work order before anything is sent', async () => {
  open('/cases?new=1&contact=c-9')
  fireEvent.change(await screen.findByTestId('new-case-title'), { target: { value: '漏水' } })
  fireEvent.click(screen.getByTestId('new-case-send'))
  expect(await screen.findAllByText('必填。')).toHaveLength(2)
  expect(sent('POST', '/api/cases')).toEqual([])
})

it('shows a card of the board where it may go, by keyboard', async () => {
  open('/cases?view=board')
  const card = (await screen.findAllByTestId('card-wo-1'))[0] as HTMLElement
  fireEvent.keyDown(card, { key: 'm' })
  fireEvent.click((await within(card).findByTestId('move-handling')) as HTMLElement)
  expect(await screen.findByTestId('composer-dispatch')).toBeTruthy()
})

const AGENT = aPerson('agent', { permissions: ['desk.use', 'cases.read'] })

it('calls the number by a click; the call is among its contacts', async () => {
  world.here['POST /api/desk/cases/wo-1/call'] = { contact: 'c-77' }
  open('/cases/wo-1', AGENT)
  const call = await screen.findByTestId('case-call')
  // Given nobody at the desk yet, then the button says so and does nothing
  expect(call.textContent).toContain('尚未签入')
  fireEvent.click(call)
  applyChange({ topic: 'me', whole: true, set: { me: aDesk() as never }, del: [] })
  await waitFor(() => expect(screen.getByTestId('case-call').getAttribute('aria-disabled')).toBe('false'))
  world.here['GET /api/cases/wo-1'] = aCase({ contacts: ['c-1', 'c-77'] })
  fireEvent.click(screen.getByTestId('case-call'))
  await screen.findByTestId('contact-c-77')
  expect(sent('POST', '/api/desk/cases/wo-1/call')).toEqual([{}])
})

it('says why a number is not called', async () => {
  world.refused['POST /api/desk/cases/wo-1/call'] = { status: 409, code: 'number_do_not_call', facts: { reason: '不要再打来', until: null } }
  open('/cases/wo-1', AGENT)
  applyChange({ topic: 'me', whole: true, set: { me: aDesk() as never }, del: [] })
  fireEvent.click(await screen.findByTestId('case-call'))
  expect(await screen.findByText(/对方不愿接听电话:不要再打来/)).toBeTruthy()
})

it('tells who has no desk that nobody is called from here', async () => {
  open('/cases/wo-1')
  const call = await screen.findByTestId('case-call')
  expect(call.getAttribute('aria-disabled')).toBe('true')
  expect(call.textContent).toContain('您不是座席')
})

/** A new work order of which only the files are to be chosen. */
async function aFilledForm(): Promise<HTMLElement> {
  localStorage.setItem('lianxi-draft-case-new', JSON.stringify({ kind: 'complaint_goods', title: '漏水', content: '要求上门', answers: { demand: 'repair' } }))
  open('/cases?new=1')
  return screen.findByTestId('new-case-file-field')
}

const aFile = (name: string, bytes = 4): File => {
  const file = new File(['%PDF'], name, { type: 'application/pdf' })
  Object.defineProperty(file, 'size', { value: bytes })
  return file
}

it('uploads the files of a new work order once it is made; what failed is tried again without another order', async () => {
  const field = await aFilledForm()
  fireEvent.change(field, { target: { files: [aFile('photo.pdf'), aFile('film.mp4', 21 * 1024 * 1024), aFile('bill.pdf')] } })
  expect(screen.getByTestId('new-case-file-faults').textContent).toContain('film.mp4')
  // Given a server that takes the work order and no file
  world.here['POST /api/cases'] = aCase()
  world.refused['POST /api/case-files/wo-1'] = { status: 422, code: 'case_file_empty' }
  fireEvent.click(screen.getByTestId('new-case-send'))
  // Then it says so, and the draft of what stands already is gone
  expect((await screen.findByTestId('new-case-files-failed')).textContent).toContain('2')
  expect(screen.getByTestId('new-case-files').textContent).toContain('photo.pdf')
  expect(screen.getByTestId('new-case-files').textContent).toContain('文件是空的')
  expect(localStorage.getItem('lianxi-draft-case-new')).toBeNull()
  // When it is tried again
  delete world.refused['POST /api/case-files/wo-1']
  world.here['POST /api/case-files/wo-1'] = { id: 'f1' }
  fireEvent.click(screen.getByTestId('new-case-files-again'))
  // Then one work order has both, in their order
  await screen.findByTestId('case-head')
  expect(sent('POST', '/api/cases')).toHaveLength(1)
  expect(urlsOf('POST', '/api/case-files/wo-1').map((url) => url.searchParams.get('name'))).toEqual(['photo.pdf', 'bill.pdf', 'photo.pdf', 'bill.pdf'])
})

it('goes on without the files that failed', async () => {
  fireEvent.change(await aFilledForm(), { target: { files: [aFile('photo.pdf')] } })
  world.here['POST /api/cases'] = aCase()
  world.refused['POST /api/case-files/wo-1'] = { status: 422, code: 'case_file_empty' }
  fireEvent.click(screen.getByTestId('new-case-send'))
  fireEvent.click(await screen.findByTestId('new-case-files-leave'))
  await screen.findByTestId('case-head')
})
