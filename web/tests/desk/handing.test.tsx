/** Handing on, consulting, conferring: by keys, counted in actions (T5). */
import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'

import type { DeskContact, DeskView } from '@/api/schema'
import { chosenOf, neighbour, rowsFor } from '@/features/desk/targets'

import { aTalkingDesk } from '../world'
import { aQueue, aTarget, begin, end, open, press, push, sent, world } from './centre'

beforeEach(begin)
afterEach(end)

const MAY = { transfer: true, consult: true, invite: true, help: true, hang_up: true, call: 'in_call' }

function talking(change: Partial<DeskContact> = {}, more: Partial<DeskView> = {}): DeskView {
  const view = aTalkingDesk()
  if (view.contact === null) throw new Error('a talking desk has a contact')
  return { ...view, allowed: MAY, contact: { ...view.contact, ...change }, ...more }
}

const PARTY = { leg: 'p1', agent: '8001', name: '李四', number: '', phase: 'talking' as const, since: 0 }
const BETWEEN = { ...MAY, swap: true, complete: true, confer: true, cancel_consult: true, transfer: 'parties_there', consult: 'parties_there' }

async function seek(text: string): Promise<HTMLElement> {
  const field = await screen.findByTestId('hand-search')
  fireEvent.change(field, { target: { value: text } })
  return field
}

it('T5: a blind transfer to a known queue takes three actions: the key, the name, Enter', async () => {
  world.targets = [aQueue(), aTarget()]
  open(talking())
  await screen.findByTestId('repeat-calls')
  press('z', { altKey: true })
  const field = await seek('售前')
  await screen.findByTestId('target-queue-sales')
  await waitFor(() => expect(screen.queryByTestId('target-agent-8001')).toBeNull())
  fireEvent.keyDown(field, { key: 'Enter' })
  await waitFor(() => expect(sent('POST', '/api/desk/contacts/c1/transfer')).toHaveLength(1))
  expect(sent('POST', '/api/desk/contacts/c1/transfer')[0]?.body).toEqual({ to: { queue: 'sales' }, reason: '客户事项由对方处理' })
})

it('T5: consulting and handing over takes four actions, a conference as many', async () => {
  world.targets = [aTarget()]
  open(talking())
  await screen.findByTestId('repeat-calls')
  press('x', { altKey: true })
  const field = await seek('8001')
  await screen.findByTestId('target-agent-8001')
  fireEvent.keyDown(field, { key: 'Enter' })
  await waitFor(() => expect(sent('POST', '/api/desk/contacts/c1/consult')[0]?.body).toEqual({ to: { agent: '8001' } }))
  push(talking({ talk: 'aside', parties: [PARTY] }, { allowed: BETWEEN }))
  await screen.findByTestId('consult-complete')
  press('s', { altKey: true })
  await waitFor(() => expect(sent('POST', '/api/desk/contacts/c1/conference')).toHaveLength(1))
  press('z', { altKey: true })
  await waitFor(() => expect(sent('POST', '/api/desk/contacts/c1/consult/complete')).toHaveLength(1))
})

it('under each of the two stands who hears whom, and no key opens the panel meanwhile', async () => {
  open(talking({ talk: 'aside', parties: [PARTY] }, { allowed: BETWEEN }))
  const strip = await screen.findByTestId('parties')
  expect(strip.textContent).toContain('客户,听音乐,听不到您')
  expect(strip.textContent).toContain('通话,听得到您')
  press('x', { altKey: true })
  await waitFor(() => expect(sent('POST', '/api/desk/contacts/c1/consult/swap')).toHaveLength(1))
  expect(screen.queryByTestId('hand-search')).toBeNull()
  push(talking({ talk: 'with_customer', parties: [PARTY] }, { allowed: BETWEEN }))
  expect(strip.textContent).toContain('听音乐,听不到您')
})

it('of a conference each one can be let go', async () => {
  open(talking({ talk: 'together', parties: [PARTY] }, { allowed: { ...MAY, leave: true } }))
  fireEvent.click(await screen.findByTestId('party-drop-p1'))
  await waitFor(() => expect(sent('POST', '/api/desk/contacts/c1/parties/p1/drop')).toHaveLength(1))
  fireEvent.click(screen.getByTestId('conference-leave'))
  await waitFor(() => expect(sent('POST', '/api/desk/contacts/c1/leave')).toHaveLength(1))
})

it('whom it cannot be done with is shown with the reason, and Enter does nothing there', async () => {
  world.targets = [aTarget({ state: 'not_ready', why_not: { transfer: 'agent_not_ready' } })]
  open(talking())
  await screen.findByTestId('repeat-calls')
  press('z', { altKey: true })
  const row = await screen.findByTestId('target-agent-8001')
  expect(row.getAttribute('aria-disabled')).toBe('true')
  expect(row.textContent).toContain('未示闲')
  fireEvent.keyDown(screen.getByTestId('hand-search'), { key: 'Enter' })
  expect(sent('POST', '/api/desk/contacts/c1/transfer')).toEqual([])
  expect(screen.getByTestId('hand-do-consult').getAttribute('aria-disabled')).toBe('false')
})

it('A12: the Enter that commits a candidate of the input method hands nobody over', async () => {
  world.targets = [aQueue()]
  open(talking())
  await screen.findByTestId('repeat-calls')
  press('z', { altKey: true })
  await screen.findByTestId('target-queue-sales')
  fireEvent.keyDown(screen.getByTestId('hand-search'), { key: 'Enter', keyCode: 229, isComposing: true })
  expect(sent('POST', '/api/desk/contacts/c1/transfer')).toEqual([])
})

it('what is typed stays and says so when nothing is found', async () => {
  open(talking())
  await screen.findByTestId('repeat-calls')
  press('x', { altKey: true })
  await seek('不存在')
  expect(await screen.findByText('没有找到“不存在”。外部号码请输全。')).toBeTruthy()
})

it('the panel of a call that is over closes', async () => {
  open(talking())
  await screen.findByTestId('repeat-calls')
  press('z', { altKey: true })
  await screen.findByTestId('hand-search')
  push({ ...talking(), contact: null, state: 'acw' })
  await waitFor(() => expect(screen.queryByTestId('hand-search')).toBeNull())
})

it('help is asked for with a key and words, and called off with the same', async () => {
  open(talking())
  await screen.findByTestId('repeat-calls')
  press('h', { altKey: true })
  fireEvent.change(await screen.findByTestId('help-words'), { target: { value: '退款规则' } })
  fireEvent.submit(screen.getByTestId('help-words'))
  await waitFor(() => expect(sent('POST', '/api/desk/contacts/c1/help')[0]?.body).toEqual({ words: '退款规则' }))
  push(talking({}, { help: { contact: 'c1', words: '退款规则', since: 0, taken_by: null } }))
  expect((await screen.findByTestId('strip-help')).textContent).toContain('已求助')
  act(() => press('h', { altKey: true }))
  await waitFor(() => expect(sent('DELETE', '/api/desk/help')).toHaveLength(1))
})

it('words of the team lead stay until they are put away', async () => {
  open(talking({}, { notice: { id: 'n1', by: '班长', words: '请先收尾', at: 0 } }))
  expect((await screen.findByTestId('strip-notice')).textContent).toContain('班长:请先收尾')
  fireEvent.click(screen.getByTestId('notice-read'))
  expect(screen.queryByTestId('strip-notice')).toBeNull()
})

it('the first that can be done is chosen; arrows move between the ends', () => {
  const rows = [aQueue({ why_not: { consult: 'nobody_free', call: 'queue_not_called' } }), aTarget(), aTarget({ id: '8002' })]
  expect(chosenOf(rows, 'consult', null)?.id).toBe('8001')
  expect(chosenOf(rows, 'transfer', null)?.id).toBe('sales')
  expect(chosenOf(rows, 'transfer', 'agent 8002')?.id).toBe('8002')
  expect(neighbour(rows, rows[2] ?? null, 1)?.id).toBe('8002')
  expect(neighbour(rows, rows[1] ?? null, -1)?.id).toBe('sales')
  expect(rowsFor(rows, 'call').map((row) => row.id)).toEqual(['8001', '8002'])
})
