/** R254: customers found by the address, changed without losing a colleague's change, merged after a look. */
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { askedOf } from '@/features/customers/Filters'
import { proposed, stricter } from '@/features/customers/merging'
import { changeOf, draftOf } from '@/shared/customer/draft'

import { aCustomer, begin, end, LEAD, lineOf, NUMBER, open, refusal, sent, world } from './server'

beforeEach(begin)
afterEach(end)

const typed = (id: string, value: string): void => {
  fireEvent.change(screen.getByTestId(id), { target: { value } })
}

test('the filters stand in the address and are asked of the server', async () => {
  open('/customers?text=wxs&tag=VIP&consent=marketing:no')
  await screen.findByTestId('row-cu1')
  const [asked] = sent('GET', '/api/customers')
  expect(Object.fromEntries(new URLSearchParams(asked?.url.split('?')[1]))).toEqual({ text: 'wxs', tag: 'VIP', consent: 'marketing', answer: 'no' })
  // Two digits are the end of too many numbers
  expect(askedOf({ number_tail: '12' })['number_tail']).toBeUndefined()
})

test('a row says masked numbers, level, consent, the last contact and what is late', async () => {
  world.customers = [aCustomer({ consents: [{ purpose: 'marketing', given: false, at: 0, by: null, how: '电话' }] })]
  open('/customers')
  const row = await screen.findByTestId('row-cu1')
  await waitFor(() => expect(row.textContent).toContain('■ 2'))
  expect(row.textContent).toContain('138****1234')
  expect(row.textContent).toContain('金卡')
  expect(row.textContent).toContain('2026-01-01')
  expect(within(row).getByLabelText('营销: 拒绝').textContent).toBe('✕')
  expect(within(row).getByLabelText('录音: 未表态').textContent).toBe('○')
})

test('nobody at all says what makes customers', async () => {
  world.customers = []
  open('/customers')
  expect(await screen.findByText('还没有客户')).toBeTruthy()
})

test('two ticked rows are merged into the one that has a certificate, after a look at both', async () => {
  const other = aCustomer({ id: 'cu2', profile: { name: '王双', certificate: '', level: '', tags: ['老客户'], company: '某某公司' }, consents: [{ purpose: 'survey', given: false, at: 0, by: null, how: '' }] })
  const first = aCustomer({ consents: [{ purpose: 'survey', given: true, at: 0, by: null, how: '' }], revision: 4 })
  world.customers = [other, first]
  world.answers['POST /api/customers/cu2/merge'] = () => Response.json(first)
  open('/customers')
  const merge = await screen.findByTestId('customers-merge')
  expect(merge.getAttribute('aria-disabled')).toBe('true')
  for (const id of ['cu2', 'cu1']) fireEvent.click(await screen.findByTestId(`choose-${id}`))
  await waitFor(() => expect(screen.getByTestId('customers-merge').getAttribute('aria-disabled')).toBe('false'))
  fireEvent.click(screen.getByTestId('customers-merge'))
  const rows = within(await screen.findByTestId('merge-preview')).getAllByRole('row').map((row) => row.textContent)
  expect(rows).toContain('姓名王小双王双王小双')
  expect(rows).toContain('单位—某某公司某某公司')
  expect(rows).toContain('标签VIP老客户VIP、老客户')
  expect(rows).toContain('调查● 同意✕ 拒绝✕ 拒绝')
  typed('reason', '同一人')
  fireEvent.click(screen.getByTestId('reason-submit'))
  await waitFor(() => expect(sent('POST', '/api/customers/cu2/merge')).toHaveLength(1))
  expect(sent('POST', '/api/customers/cu2/merge')[0]?.body).toEqual({ into: 'cu1', reason: '同一人', revision: 4 })
})

test('who may not merge or change is not offered it', async () => {
  open('/customers', { ...LEAD, permissions: ['customers.read'] })
  await screen.findByTestId('row-cu1')
  expect(screen.queryByTestId('customers-merge')).toBeNull()
  expect(screen.queryByTestId('customers-new')).toBeNull()
})

test('a new customer is made with a number, and opened', async () => {
  world.answers['POST /api/customers'] = () => Response.json(aCustomer(), { status: 201 })
  open('/customers')
  fireEvent.click(await screen.findByTestId('customers-new'))
  await screen.findByTestId('new-name')
  typed('new-name', '王小双')
  typed('new-number', '138 0013 8000')
  fireEvent.click(screen.getByTestId('new-save'))
  await screen.findByTestId('profile-facts')
  expect(sent('POST', '/api/customers')[0]?.body).toMatchObject({ profile: { name: '王小双' }, numbers: [{ number: '138 0013 8000', label: '' }] })
})

test('what a colleague wrote meanwhile stands beside mine, and neither is lost', async () => {
  world.answers['PUT /api/customers/cu1'] = () => Response.json(aCustomer({ profile: { name: '王双', level: '银卡' }, revision: 3 }))
  open('/customers/cu1')
  fireEvent.click(await screen.findByTestId('customer-edit'))
  typed('profile-name', '王双')
  world.customers = [aCustomer({ profile: { level: '银卡' }, revision: 2 })]
  fireEvent.click(screen.getByTestId('edit-save'))
  const conflict = await screen.findByTestId('conflict')
  expect(conflict.textContent).toContain('王双')
  expect(sent('PUT', '/api/customers/cu1')).toHaveLength(0)
  fireEvent.click(screen.getByTestId('conflict-merge'))
  await waitFor(() => expect(sent('PUT', '/api/customers/cu1')).toHaveLength(1))
  expect(sent('PUT', '/api/customers/cu1')[0]?.body).toMatchObject({ profile: { name: '王双', level: '银卡' }, revision: 2 })
})

test('a consent that was noted meanwhile is no other version of what is being written', async () => {
  world.answers['PUT /api/customers/cu1'] = () => Response.json(aCustomer({ profile: { name: '王双' }, revision: 6 }))
  open('/customers/cu1')
  fireEvent.click(await screen.findByTestId('customer-edit'))
  typed('profile-name', '王双')
  world.customers = [aCustomer({ consents: [{ purpose: 'survey', given: true, at: 0, by: null, how: '电话' }], revision: 5 })]
  fireEvent.click(screen.getByTestId('edit-save'))
  await waitFor(() => expect(sent('PUT', '/api/customers/cu1')).toHaveLength(1))
  expect(sent('PUT', '/api/customers/cu1')[0]?.body).toMatchObject({ revision: 5 })
  expect(screen.queryByTestId('conflict')).toBeNull()
})

test('a certificate that somebody else has is refused at its field', async () => {
  world.answers['PUT /api/customers/cu1'] = () => refusal(409, 'certificate_taken')
  open('/customers/cu1')
  fireEvent.click(await screen.findByTestId('customer-edit'))
  typed('profile-certificate', 'B200')
  fireEvent.click(screen.getByTestId('edit-save'))
  await waitFor(() => expect(screen.getByTestId('profile-fields').textContent).toContain('这个用户证号已属于另一位客户'))
})

test('numbers are shown in full once somebody asks, a wrong code says so, a consent needs its proof', async () => {
  world.answers['POST /api/customers/cu1/reveal'] = () => Response.json(aCustomer({ numbers: [{ ...NUMBER, number: '13800001234' }] }))
  world.answers['POST /api/customers/cu1/check'] = () => Response.json({ passed: false, customer: aCustomer() })
  world.answers['PUT /api/customers/cu1/consents/survey'] = () => Response.json(aCustomer({ consents: [{ purpose: 'survey', given: true, at: 0, by: null, how: '本次通话' }] }))
  open('/customers/cu1')
  fireEvent.click(await screen.findByTestId('customer-reveal'))
  await waitFor(() => expect(screen.getByTestId('number-n1').textContent).toContain('13800001234'))
  fireEvent.click(screen.getByTestId('check-password'))
  await screen.findByTestId('check-code')
  typed('check-code', '1234')
  fireEvent.click(screen.getByTestId('check-send'))
  await screen.findByTestId('check-failed')
  expect(sent('POST', '/api/customers/cu1/check')[0]?.body).toEqual({ method: 'password', code: '1234' })
  fireEvent.click(screen.getByTestId('consent-note-survey'))
  fireEvent.click(within(screen.getByTestId('consent-answer-survey')).getByLabelText('同意'))
  expect(screen.getByTestId<HTMLButtonElement>('consent-save-survey').disabled).toBe(true)
  typed('consent-how-survey', '本次通话')
  fireEvent.click(screen.getByTestId('consent-save-survey'))
  await waitFor(() => expect(screen.getByTestId('consent-survey').textContent).toContain('● 同意'))
})

test('a number is left alone for a reason, and may be called again', async () => {
  const quiet = aCustomer({ numbers: [{ ...NUMBER, do_not_call: { reason: '投诉过', until: null, at: 0, by: null } }] })
  world.answers['PUT /api/customers/cu1/numbers/n1/do-not-call'] = () => Response.json(quiet)
  world.answers['DELETE /api/customers/cu1/numbers/n1/do-not-call'] = () => Response.json(aCustomer())
  open('/customers/cu1')
  fireEvent.click(await screen.findByTestId('number-quiet-n1'))
  typed('quiet-reason', '投诉过')
  fireEvent.click(screen.getByTestId('quiet-send'))
  expect((await screen.findByTestId('quiet-n1')).textContent).toContain('投诉过')
  fireEvent.click(screen.getByTestId('number-quiet-n1'))
  await waitFor(() => expect(screen.queryByTestId('quiet-n1')).toBeNull())
})

test('a customer who was merged says into whom, and is not changed', async () => {
  world.customers = [aCustomer({ merged_into: 'cu9' })]
  open('/customers/cu1')
  expect((await screen.findByTestId('customer-merged')).querySelector('a')?.getAttribute('href')).toBe('/customers/cu9')
  expect(screen.queryByTestId('customer-edit')).toBeNull()
})

test('what is sent: new numbers in full, those taken away by id, empty lines not at all', () => {
  const latest = aCustomer({ numbers: [NUMBER, { ...NUMBER, id: 'n2', number: '010****9999' }], revision: 7 })
  const draft = draftOf(latest)
  const wish = changeOf({ ...draft, numbers: [...draft.numbers.slice(1), { id: '', number: ' 139 1111 2222 ', label: '' }, { id: '', number: ' ', label: '' }], identities: [{ kind: 'email', value: '' }] }, latest)
  expect(wish).toMatchObject({ add_numbers: [{ number: '139 1111 2222', label: '' }], drop_numbers: ['n1'], revision: 7 })
  expect(wish.profile.identities).toEqual([])
})

test('of a yes and a no the no counts; who has a certificate stays, else who was there first', () => {
  expect([stricter('yes', 'no'), stricter('open', 'yes'), stricter('no', 'open'), stricter('open', 'open')]).toEqual(['no', 'yes', 'no', 'open'])
  const [early, late] = [aCustomer({ id: 'a', created_at: 1, profile: { certificate: '' } }), aCustomer({ id: 'b', created_at: 2, profile: { certificate: '' } })]
  expect(proposed(late, early).id).toBe('a')
  expect(proposed(early, aCustomer({ id: 'c', created_at: 9 })).id).toBe('c')
})

const LIST = { id: 'im1', file_name: 'a.csv', mode: 'update', only_good: false, state: 'checked', done: 2, of: 2, new: 1, changed: 0, same: 0, skipped: 0, wrong: 1, asked_by_name: '张三', asked_at: 0, ended_at: null, error: null }
const WHOLE = { ...LEAD, permissions: [...LEAD.permissions, 'customers.import' as const, 'customers.personal' as const] }

const answer = (body: object) => () => Response.json(body)

test('a list is checked line by line, and only its good lines are taken when asked for', async () => {
  world.answers['POST /api/customers/imports'] = answer({ ...LIST, state: 'waiting' })
  world.answers['GET /api/customers/imports/im1'] = answer(LIST)
  world.answers['GET /api/customers/imports/im1/lines'] = answer({
    items: [{ line: 3, name: '', number: '139****2222', certificate: '', what: 'wrong', customer: null, changes: [], problems: [{ column: 'name', flaw: 'missing', given: '' }] }],
    next: null,
  })
  world.answers['POST /api/customers/imports/im1/take'] = () => {
    world.answers['GET /api/customers/imports/im1'] = answer({ ...LIST, state: 'done', only_good: true })
    return Response.json({ ...LIST, state: 'taking' })
  }
  open('/customers', WHOLE)
  fireEvent.click(await screen.findByTestId('customers-import'))
  fireEvent.change(await screen.findByTestId('import-file'), { target: { files: [new File(['x'], 'a.csv')] } })
  expect((await screen.findByTestId('line-3')).textContent).toContain('姓名: 必填')
  expect(sent('POST', '/api/customers/imports')[0]?.url).toContain('mode=update&file_name=a.csv')
  expect(screen.queryByTestId('import-take')).toBeNull()
  fireEvent.click(screen.getByTestId('import-take-good'))
  expect((await screen.findByTestId('import-done')).textContent).toContain('新建 1')
  expect(sent('POST', '/api/customers/imports/im1/take')[0]?.body).toEqual({ only_good: true })
})

test('somebody is not forgotten while something is open, and with a proof afterwards', async () => {
  let erasure: object = { holds: [{ kind: 'open_case', what: 'GD-1' }], proof: null }
  world.answers['GET /api/customers/cu1/erasure'] = () => Response.json(erasure)
  open('/customers/cu1', WHOLE)
  fireEvent.click(await screen.findByTestId('personal-erase'))
  const holds = await screen.findByTestId('erasure-holds')
  expect(holds.textContent).toContain('未结工单 GD-1')
  expect(screen.queryByTestId('reason')).toBeNull()
  fireEvent.click(within(holds).getByRole('button'))
  const proof = { customer: 'cu1', at: 0, by: 'u1', by_name: '张三', reason: '本人要求', erased: { numbers: 1 }, kept: { work_orders: 2 }, digest: 'abc' }
  erasure = { holds: [], proof: null }
  world.answers['POST /api/customers/cu1/erase'] = () => {
    erasure = { holds: [], proof }
    world.customers = [aCustomer({ erased_at: 1, revision: 9, numbers: [], profile: { name: '', certificate: '' } })]
    return Response.json(proof)
  }
  fireEvent.click(screen.getByTestId('personal-erase'))
  fireEvent.change(await screen.findByTestId('reason'), { target: { value: '本人要求' } })
  fireEvent.click(screen.getByTestId('reason-submit'))
  expect((await screen.findByTestId('erasure-proof')).textContent).toContain('号码 1')
  expect(sent('POST', '/api/customers/cu1/erase')[0]?.body).toEqual({ reason: '本人要求', revision: 1 })
  expect(screen.queryByTestId('customer-edit')).toBeNull()
})

test('those who may be the same stand together, and are merged from there', async () => {
  world.customers = [aCustomer(), aCustomer({ id: 'cu2', profile: { name: '王双' } })]
  world.answers['GET /api/customers/duplicates'] = () => Response.json({ items: [{ why: 'number', value: '138****1234', customers: world.customers.map(lineOf) }], next: null })
  open('/customers?view=duplicates')
  fireEvent.click(await screen.findByTestId('merge-with-cu2'))
  expect((await screen.findByTestId('merge-preview')).textContent).toContain('王双')
})
