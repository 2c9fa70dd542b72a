/** The server as far as work orders need one, and what it was asked. */
import type { QueryClient } from '@tanstack/react-query'
import { vi } from 'vitest'

import type { Case, CaseClock, CaseLine, CaseType, WorkArea } from '@/api/cases'
import type { Me } from '@/api/schema'

import { opened, over, play } from '../opened'
import { aPerson } from '../world'

export const NOW = Date.UTC(2026, 10, 20, 4, 0)
const HOUR = 3_600_000

export const aClock = (change: Partial<CaseClock> = {}): CaseClock => ({
  code: 'wo.resolve', round: 1, owner: 'post:dispatch', state: 'running', unit: 'wall', target: 24 * HOUR, spent: HOUR, read_at: NOW, counts: true,
  stretches: [{ since: NOW - HOUR, until: null }], started_at: NOW - HOUR, due_at: NOW + 23 * HOUR, is_provisional: false, breached_at: null,
  ended_at: null, outcome: null, calendar: '', ...change,
})

export const aLine = (change: Partial<CaseLine> = {}): CaseLine => ({
  id: 'wo-1', number: 'GD-20261120-0001', kind: 'complaint_goods', category: 'complaint', title: '洗衣机漏水', customer: 'cu-1', customer_name: '王女士',
  phone: '138****8000', place: '城北', priority: 2, state: 'dispatching', round: 1, area: null, opened_at: NOW - HOUR, due_at: NOW + 23 * HOUR,
  suspended: false, supervised: false, warned: false, confidential: false, misdispatches: 0, urges: 0, revision: 3, clocks: [aClock()], ...change,
})

const EVENTS = ['dispatch', 'suspend', 'urge', 'note', 'withdraw']

export const aCase = (change: Partial<Case> = {}): Case => ({
  id: 'wo-1', number: 'GD-20261120-0001', kind: 'complaint_goods', category: 'complaint', title: '洗衣机漏水', content: '新买的洗衣机漏水',
  customer: null, contact: 'c-1', phone: '138****8000', place: '城北', device_type: '', demand_type: '', appointment_at: null, form_version: 1,
  answers: { demand: 'repair' }, priority: 2, state: 'dispatching', round: 1, area: null, callback_required: true, visited: false, confidential: false,
  suspended: false, supervised: false, warned: false, misdispatches: 0, urges: 0, extension: null, merged_into: null, opened_at: NOW - HOUR,
  opened_by: 'u1', revision: 3, hash: '', rounds: [{ number: 1, opened_at: NOW - HOUR, resolved_at: null, closed_at: null, outcome: '' }],
  dispatches: [], handlings: [], callbacks: [], reviews: [], contacts: ['c-1'], clocks: [aClock()],
  possible: EVENTS.map((event) => ({ event, allowed: true, why_not: '' })), people: [{ id: 'u1', name: '张三' }], staff: [], ...change,
})

export const aDispatch = (change: Partial<Case['dispatches'][number]> = {}): Case['dispatches'][number] => ({
  number: 1, round: 1, area: 'north', role: 'lead', by: 'u1', at: NOW, note: '', person: null, accepted_at: null, outcome: 'active', return_reason: '',
  explanation: '', explained_at: null, ...change,
})

const A_TYPE: CaseType = {
  kind: 'complaint_goods', category: 'complaint', zh: '商品质量投诉', en: 'Complaint: goods', form: 'case.complaint', callback_required: true, audit_mode: 'every',
  sample_percent: 10, priority: 2, is_active: true, position: 0, revision: 1, open: 1, rules: 0, deadlines: 0,
}

const anArea = (id: string, zh: string): WorkArea => ({
  id, zh, en: id, area_class: 'city', workers: ['老李'], staff: [], is_active: true, revision: 1, open: 0, rules: 1,
})

const item = (name: string, zh: string, required: boolean, options: { value: string; zh: string; en: string; points: null }[] = []): object => ({
  name, kind: options.length > 0 ? 'choice' : 'text', zh, en: '', help_zh: '', help_en: '', required, options, least: null, most: null, longest: null,
  shown_if: {}, group: '', points: 0, weight: 0, may_not_apply: false,
})

const A_FORM = {
  kind: 'case.complaint', version: 1, zh: '投诉受理', en: 'Complaint', published_at: NOW, published_by: '',
  items: [item('demand', '客户诉求', true, [{ value: 'repair', zh: '维修', en: 'Repair', points: null }, { value: 'refund', zh: '退款', en: 'Refund', points: null }])],
}

export const DISPATCHER = aPerson('supervisor', {
  permissions: ['cases.read', 'cases.create', 'cases.dispatch', 'records.read', 'live.read'],
  agent: null,
})

interface Asked {
  method: string
  url: string
  body: Record<string, unknown>
}

export const world = {
  asked: [] as Asked[],
  here: {} as Record<string, unknown>,
  refused: {} as Record<string, { status: number; code: string; facts?: object }>,
}

const ALWAYS: Record<string, unknown> = {
  'GET /api/case-types': [A_TYPE],
  'GET /api/work-areas': [anArea('north', '城北工区'), anArea('south', '城南工区')],
  'GET /api/case-forms': [A_FORM],
  'GET /api/case-forms/case.complaint/versions': [A_FORM],
  'GET /api/cases/counts': { counts: { open: 1, to_dispatch: 1 } },
  'GET /api/cases/area': { area: 'north' },
  'GET /api/cases': { items: [aLine()], next: null },
  'GET /api/cases/wo-1': aCase(),
  'GET /api/cases/wo-1/story': [],
}

async function server(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const url = String(input)
  const method = init.method ?? 'GET'
  world.asked.push({ method, url, body: typeof init.body === 'string' ? JSON.parse(init.body) : {} })
  const key = `${method} ${url.split('?')[0]}`
  const refused = world.refused[key]
  if (refused !== undefined) return Response.json(refused, { status: refused.status })
  const found = key in world.here ? world.here[key] : ALWAYS[key]
  return found === undefined ? Response.json({ code: 'not_here' }, { status: 404 }) : Response.json(found)
}

export function begin(): void {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] })
  Object.assign(world, { asked: [], here: {}, refused: {} })
  play(server)
}

export const end = over

export const open = (path: string, me: Me = DISPATCHER): QueryClient => opened(path, me)

export const urlsOf = (method: string, path: string): URL[] =>
  world.asked.filter((each) => each.method === method && each.url.split('?')[0] === path).map((each) => new URL(each.url, 'http://localhost'))

export const sent = (method: string, path: string): Record<string, unknown>[] =>
  world.asked.filter((each) => each.method === method && each.url.split('?')[0] === path).map((each) => each.body)
