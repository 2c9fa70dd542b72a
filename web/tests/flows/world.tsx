/** The server as far as flows need one, and what it was asked. */
import type { QueryClient } from '@tanstack/react-query'

import type { Draft, FlowBody, PublishedFlow } from '@/api/flows'

import { opened, over, play } from '../opened'
import { aPerson } from '../world'

export const EDITOR = aPerson('supervisor', { permissions: ['flows.read', 'flows.edit', 'test_call'], agent: null, home: '/flows' })

export const BODY: FlowBody = {
  name: '欢迎流程',
  start: 'greeting',
  nodes: {
    greeting: { type: 'play', name: '欢迎语', prompts: ['welcome'], next: 'menu' },
    menu: {
      type: 'menu',
      name: '主菜单',
      prompts: ['main_menu'],
      choices: [
        { digit: '1', next: 'sales', name: '售前' },
        { digit: '2', next: 'bye', name: '再见' },
      ],
      default: 'bye',
    },
    sales: { type: 'queue', queue: 'sales' },
    bye: { type: 'hang_up' },
  },
  variables: [],
}

export const inForce = (change: Partial<PublishedFlow> = {}): PublishedFlow => ({
  id: 'welcome',
  version: 3,
  published_at: 1_763_600_000_000,
  published_by: 'u1',
  note: '',
  ...(structuredClone(BODY) as unknown as Pick<PublishedFlow, 'name' | 'start' | 'nodes' | 'variables'>),
  ...change,
})

const VERSION = { name: '欢迎流程', nodes: 4, published_at: 1_763_600_000_000, published_by: 'u1', published_by_name: '李四', note: '' }

export const aDraft = (change: Partial<Draft> = {}): Draft => ({
  id: 'welcome',
  name: '欢迎流程',
  person: 'u1',
  person_name: '李四',
  is_own: true,
  is_at_it: true,
  based_on: 3,
  revision: 1,
  saved_at: 1_763_600_000_000,
  flow: structuredClone(BODY),
  ...change,
})

interface Request {
  method: string
  path: string
  body: unknown
}
export const world = {
  asked: [] as Request[],
  flow: inForce() as PublishedFlow | null,
  drafts: {} as Record<string, Draft>,
  colleagues: [] as Draft[],
  /** Answers of a test's own by `GET /api/...`; a function gets the body. */
  here: {} as Record<string, unknown>,
  refused: {} as Record<string, { status: number; code: string; facts?: Record<string, unknown> }>,
}

function found(asked: string): unknown {
  switch (asked) {
    case 'GET /api/flow-summaries':
      return [{ ...VERSION, id: 'welcome', version: 3, numbers: ['4001'], called_by: [], entered_today: 40, gone_today: 2, errors: 0, warnings: 1, note: '春节' }]
    case 'GET /api/flows':
      return world.flow === null ? [] : [world.flow]
    case 'GET /api/flows/welcome/versions':
      return [{ ...VERSION, version: 3 }, { ...VERSION, version: 2, note: '旧的' }]
    case 'GET /api/prompts':
      return ['welcome', 'main_menu', 'goodbye'].map((name) => ({ name, language: 'zh', duration_ms: 3000, is_own: false }))
    case 'GET /api/prompt-uses':
      return [{ prompt: 'welcome', flow: 'welcome', node: 'greeting' }, { prompt: 'to_record', flow: 'welcome', node: 'bye' }]
    case 'GET /api/flow-surroundings':
      return {
        queues: [{ id: 'sales', name: '售前', name_en: 'Sales' }, { id: 'service', name: '售后', name_en: 'Service' }],
        calendars: [],
        agents: [],
        connectors: [],
        skills: [],
        numbers: [{ number: '4001', flow: 'welcome' }],
      }
    case 'GET /api/flow-drafts':
    case 'GET /api/flow-plans':
    case 'POST /api/flows/welcome/check':
    case 'POST /api/flows/fresh/check':
      return []
    default:
      return undefined
  }
}

/** One's own drafts as the server has them, by flow; each saving raises the revision. */
function draftAnswer(method: string, path: string, body: unknown): Response | undefined {
  const [, flow = '', what] = /^\/api\/flows\/([a-z]+)\/(draft|drafts)$/.exec(path) ?? []
  if (what === undefined) return undefined
  const own = world.drafts[flow]
  if (what === 'drafts') return Response.json([...(own === undefined ? [] : [own]), ...world.colleagues])
  if (method === 'DELETE') {
    delete world.drafts[flow]
    return new Response(null, { status: 204 })
  }
  const sent = body as { flow: FlowBody; based_on: number; revision: number }
  if (own !== undefined && own.revision !== sent.revision) return Response.json({ code: 'flow_draft_changed', facts: { revision: own.revision } }, { status: 409 })
  const made = aDraft({ id: flow, name: sent.flow.name, flow: sent.flow, based_on: sent.based_on, revision: sent.revision + 1 })
  world.drafts[flow] = made
  return Response.json(made)
}

async function server(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const path = String(input).split('?')[0] ?? ''
  const method = init.method ?? 'GET'
  const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : init.body
  world.asked.push({ method, path, body })
  const asked = `${method} ${path}`
  const drawn = draftAnswer(method, path, body)
  if (drawn !== undefined && world.refused[asked] === undefined && !(asked in world.here)) return drawn
  const refused = world.refused[asked]
  if (refused !== undefined) return Response.json(refused, { status: refused.status })
  if (asked === 'GET /api/flows/welcome' && world.flow !== null) return Response.json(world.flow)
  if (/^GET \/api\/flows\/[a-z]+$/.test(asked)) return Response.json({ code: 'flow_not_found' }, { status: 404 })
  const own = world.here[asked]
  const answer = typeof own === 'function' ? (own as (body: unknown) => unknown)(body) : (own ?? found(asked))
  return answer === undefined ? Response.json({ code: 'not_here' }, { status: 404 }) : Response.json(answer)
}

export function begin(): void {
  Object.assign(world, { asked: [], flow: inForce(), drafts: {}, colleagues: [], here: {}, refused: {} })
  play(server)
}

export const end = over

export const READER = aPerson('supervisor', { permissions: ['flows.read'], agent: null, home: '/flows' })

export const open = (path: string, who = EDITOR): QueryClient => opened(path, who)

export const sent = (method: string, path: string): unknown[] =>
  world.asked.filter((each) => each.method === method && each.path === path).map((each) => each.body)
