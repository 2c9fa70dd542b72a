/** The server as far as routing needs one, and what it was asked, with the revision that was named. */
import type { QueryClient } from '@tanstack/react-query'

import type { QueueRule, Trunk } from '@/api/routing'

import { opened, over, play } from '../opened'
import { aPerson } from '../world'

interface Request {
  asked: string
  body: Record<string, unknown>
  match: string | null
}

export const aQueue = (id: string, more: Partial<QueueRule> = {}): QueueRule => ({
  id, name: '售后', name_en: 'Service', revision: 'r1', agent_may_refuse: true, announcements: { every: 30_000, position: true, wait: true },
  answer_within: 20_000, calendar: null, callbacks: { attempts: 3, again_after: 600_000 }, caller_number: '', dispositions: [], hold: null,
  last_agent: 0, misses: { limit: 1, no_answer: 5_000, refused: 5_000, unreachable: 10_000 }, monitoring: null, overflow: [], overrides: [],
  priority: 0, recording: 'all', recording_pause: 120_000, recording_rule: { share: 1, notice: [], keep_days: 0 }, reserved: 0, ring: 20_000,
  ring_most: 10, share: 1, short_abandon: 20_000, stages: [], strategy: 'longest_idle',
  wrap_up: { mode: 'limited', limit: 45_000, extension: 30_000, extensions: 2 }, ...more,
})

export const A_TRUNK: Trunk = {
  id: 'telco', name: '电信', enabled: true, server: 'sip.carrier.example', transport: 'udp', encrypted: false, registers: true, username: '1000',
  contact_user: '', addresses: [], codecs: ['alaw'], t38: false, channels: 30, caller_numbers: [], caller_number: '', check_every: 30_000,
  silence: 30_000, silence_on_hold: 300_000, session: 1_800_000, is_up: false, why: 'rejected', since: 1_795_000_000_000, taken: 3, blocked: 2,
  has_password: true, revision: 't1',
}

export const ADMIN = aPerson('supervisor', { permissions: ['flows.edit', 'users.edit', 'trunks.edit', 'test_call', 'live.read', 'system.read', 'reports.read', 'targets.edit'], agent: null, home: '/admin/routing' })

/** What is there, by `GET /api/...`; refusals by what is asked. Both begin anew with each test. */
export const world = {
  asked: [] as Request[],
  here: {} as Record<string, unknown>,
  refused: {} as Record<string, { status: number; code: string; facts?: Record<string, unknown> }>,
}

const agent = (no: string, queues: string[]) => ({ id: no, no, name: `座席${no}`, team: 'a', queues, seats: [], skills: [], capacity: {}, revision: `a${no}` })

function everything(): Record<string, unknown> {
  const who = { queue: 'service', leaves_to_zh: null, leaves_to_en: null, priority: 0, waiting: 0, agents: [
    { id: '8001', no: '8001', name: '座席8001', team: 'a', level: 10, state: 'ready', since: 0, why_not: null },
    { id: '8002', no: '8002', name: '座席8002', team: 'a', level: 0, state: 'signed_out', since: 0, why_not: 'not_serving' },
  ] }
  return {
    'GET /api/queues': [aQueue('sales', { name: '售前', name_en: 'Sales' }), aQueue('service')],
    'GET /api/routing/effective': [{ queue: 'sales', zh: '全天,最长空闲优先', en: 'Always open' }, { queue: 'service', zh: '工作日 9:00–18:00', en: 'Mon–Fri' }],
    'GET /api/queues/service/who-next': who,
    'GET /api/agents': [agent('8001', ['service']), agent('8002', ['sales'])],
    'GET /api/skills': [{ skill: 'german', agents: [{ agent: '8001', level: 4 }], needed_by: [] }],
    'GET /api/numbers': [{ number: '4001', flow: 'welcome', queue: null, revision: 'n1' }],
    'GET /api/trunks': [A_TRUNK],
    'GET /api/routes': { items: [{ pattern: 'X.', trunks: ['telco'], note: '', strip: 0, prepend: '' }], revision: 'o1' },
    'GET /api/calendars': [{ id: 'office', name: '工作时间', name_en: 'Office hours' }],
    'GET /api/flows': [{ id: 'welcome', name: '欢迎' }],
    'GET /api/prompts': [{ name: 'goodbye', language: 'zh' }],
    'PATCH /api/agents/8002': agent('8002', ['sales', 'service']),
    'PUT /api/trunks/telco': A_TRUNK,
    'PUT /api/numbers/4002': { number: '4002', flow: null, queue: 'sales', revision: 'n2' },
  }
}

async function server(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const asked = `${init.method ?? 'GET'} ${String(input).split('?')[0] ?? ''}`
  const body = typeof init.body === 'string' ? (JSON.parse(init.body) as Record<string, unknown>) : {}
  world.asked.push({ asked, body, match: new Headers(init.headers).get('If-Match') })
  const refused = world.refused[asked]
  if (refused !== undefined) return Response.json(refused, { status: refused.status })
  const answer = world.here[asked]
  return answer === undefined ? Response.json({ code: 'not_here' }, { status: 404 }) : Response.json(answer)
}

export function begin(): void {
  Object.assign(world, { asked: [], here: everything(), refused: {} })
  play(server)
}

export const end = over

export const open = (path: string): QueryClient => opened(path, ADMIN)

export const sent = (asked: string): Request[] => world.asked.filter((each) => each.asked === asked)
