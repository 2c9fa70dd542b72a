/** The server as far as complaint warnings need one, and what it was asked. */
import type { QueryClient } from '@tanstack/react-query'
import { vi } from 'vitest'

import type { Me } from '@/api/schema'
import type { Warning, WarningHop, WarningLine } from '@/api/warnings'

import { opened, over, play } from '../opened'
import { aPerson } from '../world'

/** 2026-11-23 09:00 in Shanghai. */
export const NINE = Date.UTC(2026, 10, 23, 1, 0)
export const MINUTE = 60_000

export function aHop(change: Partial<WarningHop> = {}): WarningHop {
  const since = change.since ?? NINE
  const limit = change.limit === undefined ? 60 * MINUTE : change.limit
  return {
    number: 1,
    round: 1,
    clock: 'ew.submit',
    owner: 'post:hotline_agent',
    since,
    due_at: limit === null ? null : since + limit,
    until: null,
    used: 0,
    limit,
    late: 0,
    verdict: 'running',
    event: '',
    by: null,
    is_parallel: false,
    marks: limit === null ? [] : [50, 80, 100].map((percent) => ({ percent, at: since + (limit * percent) / 100 })),
    ...change,
  }
}

export const LINE: WarningLine = {
  id: 'ew-1',
  number: 'YJ-20261123-0001',
  case: 'wo-1',
  case_number: 'GD-20261123-0001',
  store: '朝阳店',
  state: 'at_store',
  level: 'store',
  round: 1,
  owner: 'post:store_manager',
  classified_at: NINE,
  classified_by: 'u-agent',
  closed_at: null,
  due_at: NINE + 120 * MINUTE,
  revision: 4,
  clocks: [
    { code: 'ew.guide', owner: 'post:store_manager', round: 1, since: NINE + 60 * MINUTE, due_at: NINE + 240 * MINUTE, limit: 180 * MINUTE },
    { code: 'ew.store', owner: 'post:store_service', round: 1, since: NINE + 60 * MINUTE, due_at: NINE + 120 * MINUTE, limit: 60 * MINUTE },
  ],
}

const post = (id: string, zh: string, holders: string[]) => ({ id, zh, en: id, holders, role_zh: holders.length === 0 ? '主管' : '', role_en: '' })

/** With the store and its manager at the same time, after the supervisor was late. */
export function aWarning(change: Partial<Warning> = {}): Warning {
  return {
    ...LINE,
    rounds: [
      {
        number: 1, opened_at: NINE, form_version: 1, submitted_at: NINE + 20 * MINUTE, submitted_by: 'u-agent', return_count: 0, ended_at: null, satisfied: null,
        answers: { phone: '138****8000', problem: '新机漏水三次' },
      },
    ],
    reviews: [{ round: 1, by: 'u-chief', conforms: true, opinion: '属实', at: NINE + 60 * MINUTE, returned_at: null }],
    opinions: [],
    signatures: [],
    recontacts: [],
    days: [],
    hops: {
      whole: 0,
      late: 1,
      lines: [
        aHop({ until: NINE + 20 * MINUTE, limit: 30 * MINUTE, used: 20 * MINUTE, verdict: 'met', by: 'u-agent' }),
        aHop({ number: 2, clock: 'ew.review', owner: 'post:hotline_supervisor', since: NINE + 20 * MINUTE, limit: 30 * MINUTE, until: NINE + 60 * MINUTE, used: 40 * MINUTE, late: 10 * MINUTE, verdict: 'late', by: 'u-chief' }),
        aHop({ number: 3, clock: 'ew.guide', owner: 'post:store_manager', since: NINE + 60 * MINUTE, limit: 180 * MINUTE }),
        aHop({ number: 4, clock: 'ew.store', owner: 'post:store_service', since: NINE + 60 * MINUTE, limit: 60 * MINUTE, is_parallel: true }),
      ],
    },
    possible: [
      { event: 'handle', allowed: false, posts: ['store_service', 'store_manager'] },
      { event: 'guide', allowed: true, posts: ['store_manager'] },
      { event: 'escalate', allowed: true, posts: ['store_manager'] },
    ],
    posts: [post('hotline_agent', '热线座席', []), post('hotline_supervisor', '热线主管', ['赵主管']), post('store_service', '店客服中心', ['钱客服']), post('store_manager', '店长', ['孙店长'])],
    people: { 'u-agent': '张三', 'u-chief': '赵主管' },
    sheet: { phone: '138****8000', problem: '新机漏水三次' },
    ...change,
  }
}

export const SHEET = {
  kind: 'warning', version: 1, zh: '投诉预警信息表', en: 'Sheet', published_at: 0, published_by: '',
  items: [
    { name: 'phone', kind: 'phone', zh: '客户投诉手机号码', en: 'Number', required: true },
    { name: 'problem', kind: 'long_text', zh: '投诉问题', en: 'Problem', required: true },
    { name: 'difficulty', kind: 'long_text', zh: '处理难点', en: 'Difficulty', required: true },
  ],
}

export const PERSON = aPerson('supervisor', { permissions: ['cases.read', 'cases.create', 'cases.edit'], agent: null })

interface Asked {
  method: string
  url: string
  body: Record<string, unknown>
}

type Answer = unknown

export const world = { asked: [] as Asked[], here: {} as Record<string, Answer>, refused: {} as Record<string, { status: number; code: string; facts?: unknown }> }

async function server(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const url = String(input)
  const method = init.method ?? 'GET'
  world.asked.push({ method, url, body: typeof init.body === 'string' ? JSON.parse(init.body) : {} })
  const key = `${method} ${url.split('?')[0]}`
  const refused = world.refused[key]
  if (refused !== undefined) return Response.json(refused, { status: refused.status })
  return key in world.here ? Response.json(world.here[key]) : Response.json({ code: 'not_here' }, { status: 404 })
}

export function begin(): void {
  vi.useFakeTimers({ now: NINE + 100 * MINUTE, toFake: ['Date'] })
  Object.assign(world, {
    asked: [],
    refused: {},
    here: {
      'GET /api/warnings': { items: [LINE], next: null },
      'GET /api/warnings/counts': { mine: 1, open: 3, late: 0 },
      'GET /api/warnings/sheet': SHEET,
      [`GET /api/warnings/${LINE.number}`]: aWarning(),
      [`GET /api/warnings/${LINE.number}/story`]: [],
    },
  })
  play(server)
}

export const end = over
export const open = (path: string, me: Me = PERSON): QueryClient => opened(path, me)
export const urlsOf = (method: string, path: string): URL[] =>
  world.asked.filter((each) => each.method === method && each.url.split('?')[0] === path).map((each) => new URL(each.url, 'http://localhost'))
export const sent = (method: string, path: string): Record<string, unknown>[] =>
  world.asked.filter((each) => each.method === method && each.url.split('?')[0] === path).map((each) => each.body)
