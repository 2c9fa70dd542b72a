/** Who is on the line: nobody known, one, or several to choose from; what fails never touches the call. */
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'

import { chooseCustomer } from '@/shared/customer/chosen'

import { aCustomer, lineOf } from '../customers/server'
import { aPerson, aTalkingDesk } from '../world'
import { begin, end, open, sent, world } from './centre'

const AGENT = aPerson('agent', { permissions: ['desk.use', 'records.read', 'records.reveal', 'customers.read', 'customers.edit', 'cases.read', 'cases.create'] })
const MATCH = 'GET /api/desk/contacts/c1/customers'
const match = (...found: ReturnType<typeof aCustomer>[]): object => ({ number: '138****1234', customers: found.map(lineOf) })

beforeEach(() => {
  begin()
  world.here['GET /api/customer-choices'] = { levels: [], tags: [] }
  world.here['GET /api/customers/cu1'] = aCustomer()
  world.here['GET /api/customers/cu2'] = aCustomer({ id: 'cu2', profile: { name: '李雷', level: '' } })
  world.here['GET /api/cases'] = { items: [], next: null }
})
afterEach(async () => {
  chooseCustomer('c1', null)
  await end()
})

it('nobody known: the number is filled in, and who is made stands there at once', async () => {
  world.here[MATCH] = match()
  world.here['POST /api/desk/contacts/c1/customers'] = aCustomer()
  open(aTalkingDesk(), AGENT)
  expect((await screen.findByTestId('new-number-known')).textContent).toBe('138****1234')
  fireEvent.change(screen.getByTestId('new-name'), { target: { value: '王小双' } })
  fireEvent.click(screen.getByTestId('new-save'))
  expect((await screen.findByTestId('customer-cu1')).textContent).toContain('身份核对')
  expect(sent('POST', '/api/desk/contacts/c1/customers')[0]?.body).toMatchObject({ profile: { name: '王小双' }, label: '' })
})

it('one known: it is open, with what the number says still there', async () => {
  world.here[MATCH] = match(aCustomer())
  open(aTalkingDesk(), AGENT)
  const panel = await screen.findByTestId('customer-cu1')
  expect(panel.textContent).toContain('A100')
  expect(screen.getByTestId('contact-number').textContent).toBe('138****1234')
  expect(screen.getByRole('heading', { name: /王小双.*金卡/ })).toBeTruthy()
  expect(screen.getByTestId('customer-open').getAttribute('href')).toBe('/customers/cu1')
})

it('several known: nobody is guessed, a person chooses and may choose anew', async () => {
  world.here[MATCH] = match(aCustomer(), aCustomer({ id: 'cu2', profile: { name: '李雷' } }))
  open(aTalkingDesk(), AGENT)
  await screen.findByTestId('customer-several')
  expect(screen.queryByTestId('customer-cu1')).toBeNull()
  fireEvent.click(screen.getByTestId('pick-cu2'))
  await screen.findByTestId('customer-cu2')
  fireEvent.click(screen.getByTestId('customer-another'))
  await screen.findByTestId('customer-several')
})

it('somebody known calls from another number: found, and given the number', async () => {
  world.here[MATCH] = match()
  world.here['GET /api/customers'] = { items: [lineOf(aCustomer())], next: null }
  world.here['PUT /api/desk/contacts/c1/customers/cu1'] = aCustomer()
  open(aTalkingDesk(), AGENT)
  fireEvent.click(await screen.findByTestId('customer-known'))
  fireEvent.change(await screen.findByTestId('customer-seek'), { target: { value: 'wxs' } })
  fireEvent.click(await screen.findByTestId('pick-cu1'))
  await screen.findByTestId('customer-cu1')
  expect(sent('PUT', '/api/desk/contacts/c1/customers/cu1')).toHaveLength(1)
})

it('customers are away: the page says so, number and queue stay, and it is tried again', async () => {
  world.here[MATCH] = Response.json({ code: 'http_503' }, { status: 503 })
  open(aTalkingDesk(), AGENT)
  expect((await screen.findByTestId('customer-away')).textContent).toContain('客户资料暂不可用,不影响通话')
  expect(screen.getByTestId('contact-number').textContent).toBe('138****1234')
  world.here[MATCH] = match(aCustomer())
  fireEvent.click(screen.getAllByText('重试')[0] as HTMLElement)
  await screen.findByTestId('customer-cu1')
})

it('who may not see customers has the call as before', async () => {
  open(aTalkingDesk(), aPerson('agent'))
  await screen.findByTestId('contact-number')
  await waitFor(() => expect(sent('GET', '/api/desk')).not.toHaveLength(0))
  expect(world.asked.some(({ path }) => path.endsWith('/customers'))).toBe(false)
})
