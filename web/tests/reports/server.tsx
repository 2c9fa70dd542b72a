/** The server as far as reports need one, and what it was asked. */
import type { QueryClient } from '@tanstack/react-query'
import { vi } from 'vitest'

import type { Answer, Chart, ControlEntry, Note, Question, ScopeTargets } from '@/api/figures'
import type { Me } from '@/api/schema'

import { opened, over, play } from '../opened'
import { aPerson } from '../world'
import { aChart, anAnswer, METRICS, NOW } from './centre'

const QUEUES = [
  { id: 'sales', name: '售前', name_en: 'Sales' },
  { id: 'service', name: '售后', name_en: 'Service' },
]
const PEOPLE = [
  { id: 'u1', name: '张三', has_address: true },
  { id: 'u2', name: '王强', has_address: false },
]
const CONTACT = { contact: 'c-1', at: Date.UTC(2026, 10, 20, 2, 3), queue: 'service', agent: '8007', team: null, fact: 'e-1', what: 'answered', lasted: 12_000 }

export const LEAD = aPerson('supervisor', {
  permissions: ['live.read', 'records.read', 'reports.read', 'control.use', 'targets.edit'],
  agent: null,
})

interface Request {
  method: string
  url: string
  body: Record<string, unknown>
}

/** What is there, and what was asked; both begin anew with each test. */
export const world = {
  asked: [] as Request[],
  answer: {} as Partial<Answer>,
  chart: aChart(),
  sheet: [] as ControlEntry[],
  scopes: [] as ScopeTargets[],
  /** Answers of a test's own, and refusals, by `GET /api/...`. */
  here: {} as Record<string, unknown>,
  refused: {} as Record<string, { status: number; code: string; facts?: Record<string, unknown> }>,
  notes: [] as Note[],
}

const NO_GOAL = { target: 0.8, alarm_low: null, alarm_high: null }

function found(path: string, body: Record<string, unknown>): unknown {
  if (path === '/api/metrics') return METRICS
  if (path === '/api/metrics/query') return anAnswer(body as unknown as Question, world.answer)
  if (path.endsWith('/chart')) return world.chart
  if (path.endsWith('/contacts')) return { items: [CONTACT], next: null }
  if (path.endsWith('/targets')) return { metric: '', default: NO_GOAL, scopes: world.scopes }
  if (path.endsWith('/notes')) return { items: world.notes, may_write: true }
  if (path.includes('/notes/')) return world.notes[0]
  if (path.endsWith('/baseline')) return world.chart.baseline
  if (path === '/api/queues') return QUEUES
  if (path === '/api/control-sheet') return { items: world.sheet, next: null }
  if (path === '/api/control-sheet/owners' || path === '/api/reports/recipients') return PEOPLE
  if (path.startsWith('/api/control-sheet/')) return world.sheet[0]
  if (path === '/api/reports/forms') {
    return [{ id: 'asa-half-hour', title: '半小时平均应答速度', title_en: 'Speed of answer', about: '每半小时', about_en: 'Each half-hour' }]
  }
  return path === '/api/reports/saved' ? [] : undefined
}

async function server(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const url = String(input)
  const body = init.body === undefined ? {} : JSON.parse(String(init.body))
  world.asked.push({ method: init.method ?? 'GET', url, body })
  const path = url.split('?')[0] ?? ''
  if (path === '/api/metrics/export') {
    return new Response('K21', { headers: { 'Content-Disposition': "attachment; filename*=UTF-8''%E6%9C%8D%E5%8A%A1.csv" } })
  }
  const asked = `${init.method ?? 'GET'} ${path}`
  const refused = world.refused[asked]
  if (refused !== undefined) return Response.json(refused, { status: refused.status })
  const answer = world.here[asked] ?? found(path, body)
  return answer === undefined ? Response.json({ code: 'not_here' }, { status: 404 }) : Response.json(answer)
}

export function begin(): void {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] })
  Object.assign(world, { asked: [], answer: {}, chart: aChart() as Chart, sheet: [], scopes: [], notes: [], here: {}, refused: {} })
  play(server)
}

export const end = over

export const open = (path: string, me: Me = LEAD): QueryClient => opened(path, me)

export const sent = (method: string, path: string): Record<string, unknown>[] =>
  world.asked.filter((each) => each.method === method && each.url.split('?')[0] === path).map((each) => each.body)
