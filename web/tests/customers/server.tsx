/** The server as far as the pages of customers need one, and what it was asked. */
import type { QueryClient } from '@tanstack/react-query'

import type { Customer, CustomerLine, CustomerStep } from '@/api/customers'
import type { Me } from '@/api/schema'

import { opened, over, play } from '../opened'
import { aPerson } from '../world'

export const LEAD = aPerson('supervisor', {
  permissions: ['customers.read', 'customers.edit', 'customers.merge', 'records.read', 'records.reveal', 'cases.read', 'cases.create'],
  agent: null,
  home: '/customers',
})

export const NUMBER: Customer['numbers'][number] = { id: 'n1', number: '138****1234', label: '手机', region: null, do_not_call: null }

export function aCustomer(change: Partial<Omit<Customer, 'profile'>> & { profile?: Partial<Customer['profile']> } = {}): Customer {
  const { profile, ...rest } = change
  return {
    id: 'cu1',
    profile: {
      name: '王小双', certificate: 'A100', sex: 'female', company: '', level: '金卡', tags: ['VIP'], address: '', place: '', language: '', remark: '', confidential: false, identities: [],
      ...profile,
    },
    numbers: [NUMBER],
    consents: [],
    check: null,
    created_at: 0,
    created_by: null,
    changed_at: 0,
    merged_into: null,
    erased_at: null,
    revision: 1,
    ...rest,
  }
}

export const lineOf = (customer: Customer): CustomerLine => ({
  id: customer.id,
  name: customer.profile.name,
  certificate: customer.profile.certificate,
  company: customer.profile.company,
  level: customer.profile.level,
  tags: customer.profile.tags,
  place: customer.profile.place,
  confidential: customer.profile.confidential,
  numbers: customer.numbers.map((each) => each.number),
  consents: customer.consents,
  created_at: customer.created_at,
  revision: customer.revision,
})

interface Asked {
  method: string
  url: string
  body: unknown
}

/** What is there; a test changes it. An answer is what is sent back, or a refusal. */
export const world = {
  asked: [] as Asked[],
  customers: [aCustomer()],
  steps: [] as CustomerStep[],
  answers: {} as Record<string, () => Response>,
}

export const refusal = (status: number, code: string): Response => Response.json({ code, detail: code, facts: {} }, { status })

function found(asked: string, url: URL): unknown {
  const one = world.customers.find((each) => url.pathname === `/api/customers/${each.id}`)
  if (one !== undefined && asked.startsWith('GET')) return one
  if (url.pathname.endsWith('/timeline')) return { items: world.steps, next: null }
  if (url.pathname.endsWith('/merges')) return []
  return {
    'GET /api/customers': { items: world.customers.filter((each) => each.merged_into === null).map(lineOf), next: null },
    'GET /api/customers/standing': world.customers.map((each) => ({ customer: each.id, last_contact_at: Date.UTC(2026, 0, 1, 4), open_cases: 2, late_cases: 1 })),
    'GET /api/customer-choices': { levels: ['金卡'], tags: ['VIP', '老客户'] },
    'GET /api/cases': { items: [], next: null },
    'GET /api/preferences': { plain_keys: true, keys: {} },
  }[asked]
}

async function server(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const url = new URL(String(input), 'http://localhost')
  const method = init.method ?? 'GET'
  const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : null
  world.asked.push({ method, url: url.pathname + url.search, body })
  const asked = `${method} ${url.pathname}`
  const own = world.answers[asked]
  if (own !== undefined) return own()
  const answer = found(asked, url)
  return answer === undefined ? refusal(404, 'not_here') : Response.json(answer)
}

export function begin(): void {
  Object.assign(world, { asked: [], customers: [aCustomer()], steps: [], answers: {} })
  play(server)
}

export const end = over

export const open = (path: string, me: Me = LEAD): QueryClient => opened(path, me)

export const sent = (method: string, path: string): Asked[] => world.asked.filter((each) => each.method === method && each.url.split('?')[0] === path)
