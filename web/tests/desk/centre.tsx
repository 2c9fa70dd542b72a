/** The desk with its bars, over a server of the test's own. */
import { QueryClient } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render } from '@testing-library/react'
import { vi } from 'vitest'

import { App } from '@/app/App'
import { changeLanguage } from '@/app/i18n'
import { makePhone } from '@/app/phone'
import type { TargetRow } from '@/api/handing'
import type { DeskView, Me } from '@/api/schema'
import { sessionQuery } from '@/api/session'
import { closePanel } from '@/features/desk/panel'
import { applyChange, forgetEverything } from '@/live/store'
import { AT_REST } from '@/phone/state'
import { usePhone } from '@/phone/store'

import { play } from '../opened'
import { aDesk, aPerson } from '../world'

export interface Asked {
  method: string
  path: string
  body: unknown
  key: string
}

export const world = {
  desk: aDesk(),
  asked: [] as Asked[],
  targets: [] as TargetRow[],
  /** Answers and refusals of a test's own, by `GET /api/...`. */
  here: {} as Record<string, unknown>,
}

const HISTORY = { recent: 2, last: [] }

async function server(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const path = String(input).split('?')[0] ?? ''
  const method = init.method ?? 'GET'
  const key = new Headers(init.headers).get('Idempotency-Key') ?? ''
  const isText = typeof init.body === 'string'
  world.asked.push({ method, path, body: isText ? JSON.parse(init.body as string) : null, key })
  const own = world.here[`${method} ${path}`]
  if (own instanceof Response) return own.clone()
  if (own !== undefined) return Response.json(own)
  if (path === '/api/desk') return Response.json(world.desk)
  if (path === '/api/desk/targets') {
    const sought = new URLSearchParams(String(input).split('?')[1] ?? '').get('sought') ?? ''
    return Response.json(world.targets.filter((row) => `${row.name} ${row.no} ${row.id}`.includes(sought)))
  }
  if (path.endsWith('/history')) return Response.json(HISTORY)
  if (path.endsWith('/scripts')) return Response.json({ outbound: false, scripts: [], said: [] })
  if (path === '/api/desk/callbacks' || path === '/api/voicemails' || path === '/api/faxes/sent') return Response.json([])
  return path.startsWith('/api/desk') ? new Response(null, { status: 204 }) : Response.json({ code: 'not_here' }, { status: 404 })
}

export function begin(): void {
  Object.assign(world, { desk: aDesk(), asked: [], targets: [], here: {} })
  play(server)
  usePhone.setState({ ...AT_REST, device: 'browser', leadership: 'here', microphone: 'ready', signalling: 'up', registration: 'registered' }, true)
}

export async function end(): Promise<void> {
  closePanel()
  cleanup()
  forgetEverything()
  vi.unstubAllGlobals()
  await changeLanguage('zh-CN')
}

export function open(desk: DeskView, me: Me = aPerson('agent')): void {
  world.desk = desk
  window.history.replaceState(null, '', '/desk')
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  client.setQueryData(sessionQuery.queryKey, me)
  render(<App client={client} phone={makePhone('tab-1')} tab="tab-1" />)
  push(desk)
}

/** The server pushes the desk over the live link. */
export function push(desk: DeskView): void {
  world.desk = desk
  act(() => applyChange({ topic: 'me', whole: true, set: { me: desk as unknown as Record<string, unknown> }, del: [] }))
}

/** A key as a person presses it, wherever the focus is. */
export function press(key: string, more: KeyboardEventInit = {}): void {
  fireEvent.keyDown(document.activeElement ?? document.body, { key, code: key.length === 1 ? `Key${key.toUpperCase()}` : key, ...more })
}

export const sent = (method: string, path: string): Asked[] => world.asked.filter((each) => each.method === method && each.path === path)

export function aTarget(change: Partial<TargetRow> = {}): TargetRow {
  return {
    kind: 'agent', id: '8001', name: '李四', name_en: '李四', no: '8001', team: '一组', state: 'ready', since: 0,
    ready: null, waiting: null, wait_ms: null, why_not: {}, ...change,
  }
}

export const aQueue = (change: Partial<TargetRow> = {}): TargetRow =>
  aTarget({ kind: 'queue', id: 'sales', name: '售前', name_en: 'Sales', no: '', team: '', state: null, since: null, ready: 2, waiting: 1, wait_ms: 20_000, ...change })
