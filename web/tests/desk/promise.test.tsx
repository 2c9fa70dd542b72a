/** R095: what cannot be answered now is promised; who takes the callback reads what was said. */
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'

import { wishOf, type PromiseFields } from '@/features/desk/PromiseDrawer'
import { isFound } from '@/features/desk/WrapUpPanel'

import { aDesk, aRingingDesk, aTalkingDesk } from '../world'
import { begin, end, open, press, sent, world } from './centre'

beforeEach(begin)
afterEach(end)

const NOW = Date.UTC(2026, 10, 20, 2, 0)
const ZONE = 'Asia/Shanghai'
const aForm = (change: Partial<PromiseFields>): PromiseFields => ({ number: '', from: '', until: '', queue: 'service', remark: '', ...change })
const aRow = (change: object): object => ({ id: 'cb1', number: '138****1234', queue: { id: 'service', name: '售后', name_en: 'Service' }, since: NOW, due: null, until: null, remark: '', promised_by: null, phase: 'planned', do_not_call: null, ...change })

it('what is promised: the caller of a call or a number, not before and by when, in the centre\'s time', () => {
  expect(wishOf(aForm({ from: '2026-11-20T11:00', until: '2026-11-20T12:00', remark: ' 发票 ' }), 'c1', ZONE, NOW)).toEqual({ contact: 'c1', queue: 'service', due: NOW + 3_600_000, until: NOW + 7_200_000, remark: '发票' })
  expect(wishOf(aForm({ number: '138 0013-8000', queue: '' }), 'c1', ZONE, NOW)).toEqual({ number: '13800138000', remark: '' })
  expect(wishOf(aForm({}), null, ZONE, NOW)).toBe('wrong_number')
  expect(wishOf(aForm({ from: '2026-11-20T12:00', until: '2026-11-20T12:00' }), 'c1', ZONE, NOW)).toBe('wrong_until')
  expect(wishOf(aForm({ until: '2026-11-20T09:00' }), 'c1', ZONE, NOW)).toBe('wrong_until')
})

it('R095: a promise is made from the call, and a double click is one', async () => {
  world.here['POST /api/desk/callbacks'] = aRow({})
  open(aTalkingDesk())
  fireEvent.click(await screen.findByTestId('promise-open'))
  fireEvent.change(await screen.findByTestId('promise-remark'), { target: { value: '查发票' } })
  fireEvent.click(screen.getByTestId('promise-send'))
  fireEvent.click(screen.getByTestId('promise-send'))
  await waitFor(() => expect(screen.queryByTestId('promise-send')).toBeNull())
  const asked = sent('POST', '/api/desk/callbacks')
  expect(asked).toHaveLength(1)
  expect(asked[0]?.body).toMatchObject({ contact: aTalkingDesk().contact?.id, remark: '查发票' })
})

it('to-dos say by when, about what, and who promised it; what is late is marked', async () => {
  world.here['GET /api/desk/callbacks'] = [aRow({ until: 1_000, remark: '查发票', promised_by: '张三' })]
  open(aDesk())
  const row = await screen.findByTestId('callback-cb1')
  expect(row.textContent).toContain('张三 承诺')
  expect(row.textContent).toContain('▲ 最晚')
  expect(row.textContent).toContain('查发票')
})

it('a callback that is offered is taken with F2, though nothing rings', async () => {
  const desk = aRingingDesk()
  if (desk.offer !== null) desk.offer = { ...desk.offer, pop: { ...desk.offer.pop, channel: 'callback', remark: '查发票' } }
  open(desk)
  const strip = await screen.findByTestId('offer-strip')
  expect(strip.textContent).toContain('查发票')
  expect(screen.getByTestId('offer-answer').textContent).toContain('回电')
  press('F2')
  await waitFor(() => expect(sent('POST', `/api/desk/offers/${desk.offer?.id ?? ''}/take`)).toHaveLength(1))
})

it('where the number belongs stands in the strip and beside the number', async () => {
  const region = { place: '广东省深圳市', place_en: 'Shenzhen, Guangdong', carrier: '中国移动', carrier_en: 'China Mobile' }
  const desk = aRingingDesk()
  world.here[`GET /api/desk/contacts/${desk.offer?.contact ?? ''}/history`] = { recent: 0, last: [], region }
  open(desk)
  expect((await screen.findByTestId('region')).textContent).toBe('广东省深圳市 中国移动')
})

const CODES = Array.from({ length: 12 }, (_, n) => ({ code: `c${n}`, name: n === 10 ? '退款进度' : `事项${n}`, name_en: n === 10 ? 'Refund' : `Matter ${n}`, sounds: n === 10 ? 'tkjd tuikuanjindu' : `sx${n}` }))

it('codes beyond nine are found by pinyin, by either name or by the code', () => {
  const refund = CODES[10]
  if (refund === undefined) throw new Error('no such code')
  expect(['tk', 'tuikuan', 'TKJD', '退款', 'refund', 'c10', ''].every((sought) => isFound(refund, sought))).toBe(true)
  expect(isFound(refund, 'xz')).toBe(false)
})

it('T4: a digit is one key as before; letters on the list find the others, Enter takes the first', async () => {
  const desk = aTalkingDesk()
  const wrapUp = { contact: desk.contact?.id ?? 'c1', since: 0, limit_ms: null, mode: 'free', extended: 0, extensions_left: 0, codes: CODES, disposition: null, note: '' }
  open({ ...desk, state: 'acw', contact: null, wrap_up: wrapUp } as never)
  const second = await screen.findByTestId('wrapup-code-c1')
  press('2')
  await waitFor(() => expect(second.getAttribute('aria-checked')).toBe('true'))
  press('t')
  const field = screen.getByTestId<HTMLInputElement>('wrapup-find')
  expect(field.value).toBe('t')
  fireEvent.change(field, { target: { value: 'tk' } })
  expect(screen.queryByTestId('wrapup-code-c1')).toBeNull()
  fireEvent.keyDown(field, { key: 'Enter' })
  await waitFor(() => expect(screen.getByTestId('wrapup-code-c10').getAttribute('aria-checked')).toBe('true'))
  expect(field.value).toBe('')
})
