/** The server as far as the pages of people need one, and what it was asked. */
import type { QueryClient } from '@tanstack/react-query'

import type { Me } from '@/api/schema'
import type { Person, Role, RoleChoices, Team } from '@/api/staff'

import { opened, over, play } from '../opened'
import { aPerson } from '../world'

export const ADMIN = aPerson('supervisor', { permissions: ['users.edit'], agent: null, home: '/admin/people' })

export function somebody(change: Partial<Person> = {}): Person {
  return {
    id: 'u-1',
    username: '8001',
    name: '张三',
    role: 'agent',
    team: 't1',
    email: '',
    created_at: 0,
    closed_at: null,
    place: { agent: '8001', queues: [{ queue: 'sales', level: 8 }], skills: [{ skill: 'vip', level: 2 }], wrap_up_time: 'tenfold' },
    phone: 'ph-8001',
    last_sign_in: null,
    locked_until: null,
    online: false,
    revision: 'r1',
    ...change,
  }
}

const TEAM: Team = {
  id: 't1', name: '一班', name_en: 'Team 1', lead: null, lead_name: null, people: 1, agents: 1, closed_at: null, revision: 'r1',
}

const shipped = (id: string, name: string, name_en: string, permissions: Role['permissions']): Role => ({
  id, name, name_en, permissions, scope: 'all', home: '/records', own: false, people: 1, givable: true, revision: '0',
})

export const AUDITOR: Role = { ...shipped('role-1', '听音员', 'Listener', ['records.play', 'records.read']), own: true, people: 0, revision: '3' }

const ROLES: Role[] = [
  shipped('agent', '座席', 'Agent', ['desk.use', 'records.read']),
  shipped('qa', '质检员', 'QA inspector', ['records.play', 'records.read', 'reports.read']),
  shipped('admin', '管理员', 'Administrator', ['audit.read', 'live.read', 'users.edit']),
  AUDITOR,
]

const CHOICES: RoleChoices = {
  permissions: ['audit.read', 'desk.use', 'records.play', 'records.read', 'reports.read', 'users.edit'],
  scopes: ['self', 'team', 'all'],
  homes: [{ path: '/records', needs: ['records.read'] }, { path: '/reports', needs: ['reports.read'] }, { path: '/me', needs: [] }],
}

interface Asked {
  method: string
  url: string
  body: unknown
  match: string | null
}

/** What is there; a test changes it. An answer is what is sent back, or a refusal. */
export const world = {
  asked: [] as Asked[],
  people: [somebody()],
  roles: ROLES,
  answers: {} as Record<string, () => Response>,
}

export const refusal = (status: number, code: string, facts: Record<string, unknown> = {}): Response =>
  Response.json({ code, detail: code, facts }, { status })

function found(asked: string, url: URL): unknown {
  const items = world.people
  const person = items.find((each) => asked === `GET /api/people/${each.id}`)
  if (person !== undefined) return person
  return {
    'GET /api/people': { items: items.filter((each) => each.name.includes(url.searchParams.get('q') ?? '')), next: null, total: items.length },
    'GET /api/teams/full': [TEAM],
    'GET /api/queues': [{ id: 'sales', name: '售前', name_en: 'Sales' }],
    'GET /api/roles': world.roles,
    'GET /api/roles/choices': CHOICES,
    'GET /api/skills': [{ skill: 'vip', agents: [], needed_by: [] }],
    'GET /api/preferences': { plain_keys: true, keys: {} },
    'GET /api/profile': { email: 'me@example.com' },
  }[asked]
}

async function server(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const url = new URL(String(input), 'http://localhost')
  const method = init.method ?? 'GET'
  const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : init.body
  world.asked.push({ method, url: url.pathname + url.search, body, match: new Headers(init.headers).get('If-Match') })
  const asked = `${method} ${url.pathname}`
  const own = world.answers[asked]
  if (own !== undefined) return own()
  const answer = found(asked, url)
  return answer === undefined ? refusal(404, 'not_here') : Response.json(answer)
}

export function begin(): void {
  Object.assign(world, { asked: [], people: [somebody()], roles: ROLES, answers: {} })
  play(server)
}

export const end = over

export const open = (path: string, me: Me = ADMIN): QueryClient => opened(path, me)

export const sent = (method: string, path: string): Asked[] => world.asked.filter((each) => each.method === method && each.url.split('?')[0] === path)
