/** Customers: who has a number, what is known of them, what was with them. */
import { ApiProblem, ask } from './client'
import type { components } from './schema.generated'

type Schemas = components['schemas']

export type Customer = Schemas['CustomerOut']
export type CustomerProfile = Schemas['CustomerProfileOut']
export type CustomerProfileWish = Schemas['CustomerProfileIn']
export type CustomerNumber = Schemas['CustomerNumberOut']
export type CustomerLine = Schemas['CustomerLineOut']
export type CustomerMerge = Schemas['CustomerMergeOut']
export type CustomerStep = Schemas['CustomerStepOut']
export type CustomerStanding = Schemas['CustomerStandingOut']
export type CustomerChoices = Schemas['CustomerChoicesOut']
export type CustomerChange = Schemas['CustomerChangeIn']
export type CallerCustomers = Schemas['DeskCustomersOut']
export type CaseOfCustomer = Schemas['CaseLineOut']
export type ContactOfCustomer = Schemas['RecordOut']
export type Purpose = Schemas['Purpose']
export type Sex = Schemas['Sex']

interface Found<Row> {
  items: Row[]
  next: string | null
}

/** By the server's names of the list's parameters. */
export type CustomersAsked = Record<string, string | number | undefined>

export const PURPOSES: readonly Purpose[] = ['recording', 'marketing', 'survey', 'notice']
/** So many customers are asked about at once. */
const MOST_STANDING = 200

const id = encodeURIComponent
const of = (customer: string, what = ''): string => `/customers/${id(customer)}${what}`
const atDesk = (contact: string): string => `/desk/contacts/${id(contact)}/customers`

export const customers = {
  find: (asked: CustomersAsked) => ask<Found<CustomerLine>>('GET', '/customers', { query: asked }),
  choices: () => ask<CustomerChoices>('GET', '/customer-choices'),
  standing: (ids: readonly string[]) =>
    ask<CustomerStanding[]>('GET', `/customers/standing?${ids.slice(0, MOST_STANDING).map((each) => `id=${id(each)}`).join('&')}`),
  match: (query: { number?: string; certificate?: string }) => ask<{ customers: CustomerLine[] }>('GET', '/customers/match', { query }),
  create: (profile: CustomerProfileWish, numbers: { number: string; label: string }[]) =>
    ask<Customer>('POST', '/customers', { body: { profile, numbers } }),
  read: (customer: string) => ask<Customer>('GET', of(customer)),
  change: (customer: string, change: CustomerChange) => ask<Customer>('PUT', of(customer), { body: change }),
  reveal: (customer: string) => ask<Customer>('POST', of(customer, '/reveal')),
  consent: (customer: string, purpose: Purpose, given: boolean, how: string) =>
    ask<Customer>('PUT', of(customer, `/consents/${purpose}`), { body: { given, how } }),
  keepQuiet: (customer: string, number: string, reason: string, until: number | null) =>
    ask<Customer>('PUT', of(customer, `/numbers/${id(number)}/do-not-call`), { body: { reason, until } }),
  mayCall: (customer: string, number: string) => ask<Customer>('DELETE', of(customer, `/numbers/${id(number)}/do-not-call`)),
  check: (customer: string, method: 'password' | 'question', code = '') =>
    ask<{ passed: boolean; customer: Customer }>('POST', of(customer, '/check'), { body: { method, code } }),
  timeline: (customer: string, cursor: string | undefined, limit: number) =>
    ask<Found<CustomerStep>>('GET', of(customer, '/timeline'), { query: { cursor, limit } }),
  openCases: (customer: string) =>
    ask<Found<CaseOfCustomer>>('GET', '/cases', { query: { customer, list: 'open', sort: 'newest', limit: 20 } }),
  merges: (customer: string) => ask<CustomerMerge[]>('GET', of(customer, '/merges')),
  merge: (customer: string, into: string, reason: string, revision: number) =>
    ask<Customer>('POST', of(customer, '/merge'), { body: { into, reason, revision } }),
  unmerge: (customer: string, reason: string) => ask<Customer>('POST', of(customer, '/unmerge'), { body: { reason } }),
}

/** Of who rings or talks at this desk: the number stays with the server. */
export const callers = {
  match: (contact: string) => ask<CallerCustomers>('GET', atDesk(contact)),
  create: (contact: string, profile: CustomerProfileWish, label: string) =>
    ask<Customer>('POST', atDesk(contact), { body: { profile, label } }),
  giveNumber: (contact: string, customer: string, label: string) =>
    ask<Customer>('PUT', `${atDesk(contact)}/${id(customer)}`, { body: { label } }),
}

/** A customer by the content that people write, so that a consent noted meanwhile is no other version. */
export const contentOf = (customer: Customer): string =>
  JSON.stringify([customer.profile, customer.numbers.map(({ id: number, number: shown, label }) => [number, shown, label])])

/**
 * Change a customer whose content is still `content`.
 *
 * @throws ApiProblem `changed_meanwhile` when somebody else was quicker
 */
export async function changeFrom(customer: string, content: string, wish: (latest: Customer) => CustomerChange): Promise<Customer> {
  const quicker = new ApiProblem(412, { code: 'changed_meanwhile' })
  const latest = await customers.read(customer)
  if (contentOf(latest) !== content) throw quicker
  try {
    return await customers.change(customer, wish(latest))
  } catch (error) {
    throw error instanceof ApiProblem && error.code === 'customer_changed' ? quicker : error
  }
}
