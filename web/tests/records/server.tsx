/** The server as far as records need one, and what it was asked. */
import type { QueryClient } from '@tanstack/react-query'
import { vi } from 'vitest'

import type { ContactRecord, Me, RecordDetail } from '@/api/schema'

import { opened, over, play } from '../opened'
import { aPerson } from '../world'

export const NOW = Date.UTC(2026, 10, 20, 4, 0)

export function aRecord(change: Partial<ContactRecord> = {}): ContactRecord {
  return {
    id: 'c-1',
    arrived_at: Date.UTC(2026, 10, 20, 2, 3),
    direction: 'inbound',
    channel: 'voice',
    number: '138****5678',
    name: '王女士',
    queue: { id: 'service', name: '售后', name_en: 'Service' },
    agent: { id: 'a7', no: '8007', name: '李四' },
    outcome: 'answered',
    waited_ms: 6_000,
    ring_ms: 4_000,
    talk_ms: 34_000,
    hold_ms: null,
    wrap_up_ms: 9_000,
    disposition: { code: 'refund', name: '退款进度', name_en: 'Refund' },
    ended_by: 'customer',
    cause: 'normal',
    recording_state: 'ready',
    duration_ms: 34_000,
    pages: null,
    voicemail: null,
    region: null,
    ...change,
  }
}

const BEGAN = Date.UTC(2026, 10, 20, 2, 4)

export function aDetail(change: Partial<RecordDetail> = {}, record: Partial<ContactRecord> = {}): RecordDetail {
  return {
    record: aRecord(record),
    ladder: [
      { at: BEGAN - 60_000, kind: 'arrived', facts: { number: '138****5678' } },
      { at: BEGAN, kind: 'answered', facts: { agent: '8007 李四' } },
      { at: BEGAN + 12_000, kind: 'held', facts: {} },
    ],
    recording: {
      state: 'ready',
      cause: null,
      duration_ms: 34_000,
      channels: 2,
      pages: null,
      keep: { until: null, held_at: null, held_by: '', held_why: '', deleted_at: null, deleted_by: '' },
      voicemail: null,
    },
    recording_began: BEGAN,
    quality: [],
    notes: '',
    ...change,
  }
}

export const REVIEWER = aPerson('supervisor', {
  permissions: ['live.read', 'records.read', 'records.play', 'records.keep', 'records.reveal', 'records.transcribe', 'records.export', 'desk.use'],
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
  refused: {} as Record<string, { status: number; code: string }>,
}

const CHOICES = {
  queues: [{ id: 'service', name: '售后', name_en: 'Service' }],
  agents: [{ id: 'a7', no: '8007', name: '李四' }],
  teams: [{ id: 't1', name: '一组', name_en: 'Team 1' }],
  codes: [{ code: 'refund', name: '退款进度', name_en: 'Refund' }],
}

const ALWAYS: Record<string, unknown> = {
  'GET /api/record-choices': CHOICES,
  'GET /api/faxes/sent': [],
  'GET /api/records/c-1/marks': [],
  'GET /api/records/c-1/statements': [],
}

async function server(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const url = String(input)
  const method = init.method ?? 'GET'
  world.asked.push({ method, url, body: init.body === undefined ? {} : JSON.parse(String(init.body)) })
  const key = `${method} ${url.split('?')[0]}`
  const refused = world.refused[key]
  if (refused !== undefined) return Response.json(refused, { status: refused.status })
  if (key in world.here) return world.here[key] === null ? new Response(null, { status: 204 }) : Response.json(world.here[key])
  return key in ALWAYS ? Response.json(ALWAYS[key]) : Response.json({ code: 'not_here' }, { status: 404 })
}

export function begin(): void {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] })
  Object.assign(world, { asked: [], here: {}, refused: {} })
  play(server)
}

export const end = over

export const open = (path: string, me: Me = REVIEWER): QueryClient => opened(path, me)

export const urlsOf = (method: string, path: string): URL[] =>
  world.asked
    .filter((each) => each.method === method && each.url.split('?')[0] === path)
    .map((each) => new URL(each.url, 'http://localhost'))

export const sent = (method: string, path: string): Record<string, unknown>[] =>
  world.asked.filter((each) => each.method === method && each.url.split('?')[0] === path).map((each) => each.body)
