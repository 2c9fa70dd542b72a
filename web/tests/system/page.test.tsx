import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { loadWords } from '@/app/i18n'
import type { ApiKey, AuditRow, Delivery, ExportJob, Webhook } from '@/api/system'
import { fieldsOf } from '@/features/system/AuditDetail'
import { asked } from '@/features/system/AuditTab'
import { dayBegins, dayEnds } from '@/features/system/days'
import { standing } from '@/features/system/KeysTab'

import { opened, over, play } from '../opened'
import { aPerson } from '../world'

const NOW = Date.UTC(2026, 10, 20, 4, 0)

const ACT: AuditRow = {
  id: 7, at: NOW, who: 'u1', who_name: '张管', act: 'user.changed', object: 'user:u2', before: { name: '旧', role: 'agent' }, after: { name: '新', role: 'agent' }, facts: {}, reason: '', address: '10.0.0.7',
}
const KEY: ApiKey = {
  id: 'k1', name: '数据仓库', begins: 'lx_abcde', permissions: ['records.read'], team: null, made_by_name: '张管', made_at: NOW, expires_at: NOW + 9e9, revoked_at: null, revoked_by_name: '', seen_at: null, seen_address: '',
}
const HOOK: Webhook = {
  id: 'h1', name: '客户系统', url: 'https://crm.example/hook', events: ['contact.ended'], is_internal: false, unmasked: false, is_on: true, revision: 3, failures: 2, failing_since: NOW, disabled_at: null, changed_at: NOW, changed_by_name: '李管',
}
const MESSAGE: Delivery = {
  id: 1, kind: 'contact.ended', body: '{"event":"contact.ended"}', state: 'waiting', attempts: 2, made_at: NOW, next_try_at: NOW, tried_at: NOW, status: 500, error: 'refused', took_ms: 12,
}
const JOB: ExportJob = {
  id: 'e1', kind: 'audit', format: 'csv', language: 'zh', filter: {}, unmasked: false, asked_at: NOW, state: 'ready', rows_done: 3, rows_total: 3, ended_at: NOW, error: null, file_name: 'a.csv', bytes: 900, file_until: NOW + 9e7,
}

const world = { asked: [] as { method: string; url: URL; body: Record<string, unknown> }[], refused: {} as Record<string, number>, keys: [KEY], hooks: [HOOK], jobs: [JOB] }

function found(path: string): unknown {
  if (path === '/api/audit') return { items: [ACT], next: null }
  if (path === '/api/audit/words') return { acts: ['user.changed'], people: [{ id: 'u1', name: '张管' }] }
  if (path === '/api/api-keys') return { items: world.keys, grantable: ['records.read', 'reports.read'], key: KEY, token: 'lx_whole' }
  if (path === '/api/webhooks') return world.hooks
  if (path.endsWith('/deliveries')) return { items: [MESSAGE], next: null }
  if (path === '/api/exports') return world.jobs
  if (path === '/api/retention') {
    return { rules: [{ queue: 'q', name: '售后', name_en: 'Service', policy: 'all', keep_days: 90 }], ready: 12, held: [], held_count: 0, deleted: [], deleted_count: 0 }
  }
  if (path === '/api/status') {
    return { build: 'b1', server_time: NOW, parts: {}, journal_position: 5, routing_version: 2, contacts: 0, agents: 0, ports: { http: 'h', sip: 's', ari: 1, rtp: 'r' } }
  }
  if (path === '/api/system/about') return { version: '0.1', licence: 'Apache-2.0', python: '3.11', system: 'Linux', database: 'PostgreSQL 18', schema_version: '0026', packages: [] }
  if (path === '/api/setup/preflight') {
    return { lights: [{ key: 'database', ok: true, detail: null, fix: null }, { key: 'disk', ok: false, detail: { code: 'free_gb', facts: { free: 0.4 } }, fix: 'free_disk' }] }
  }
  return undefined
}

beforeAll(async () => {
  await loadWords('system')
})

beforeEach(() => {
  Object.assign(world, { asked: [], refused: {}, keys: [KEY], hooks: [HOOK], jobs: [JOB] })
  play(async (address, request = {}) => {
    const url = new URL(String(address), 'http://localhost')
    const method = request.method ?? 'GET'
    world.asked.push({ method, url, body: typeof request.body === 'string' ? (JSON.parse(request.body) as Record<string, unknown>) : {} })
    const status = world.refused[`${method} ${url.pathname}`]
    if (status !== undefined) return Response.json({ code: 'webhook_changed', detail: 'x', facts: {} }, { status })
    const answer = found(url.pathname)
    return answer === undefined ? Response.json({ code: 'not_here' }, { status: 404 }) : Response.json(answer)
  })
})

afterEach(over)

const ADMIN = aPerson('supervisor', { permissions: ['system.read', 'audit.read', 'users.edit', 'records.keep'], agent: null })

const open = (tab: string, me = ADMIN): QueryClient => opened(`/admin/system${tab === '' ? '' : `?tab=${tab}`}`, me)

describe('the page of the system', () => {
  it('shows each part, and of a part that is not well what to do', async () => {
    open('')
    const row = await screen.findByTestId('health-disk')
    expect(row.dataset['ok']).toBe('false')
    expect(within(row).getByText('剩余 0.4 GB')).toBeTruthy()
    expect((await screen.findByTestId('diagnostics')).getAttribute('href')).toBe('/api/system/diagnostics')
  })

  it('has only the tabs that the person may open', async () => {
    open('', aPerson('supervisor', { permissions: ['system.read'], agent: null }))
    await screen.findByTestId('tab-health')
    expect(screen.queryByTestId('tab-audit')).toBeNull()
    expect(screen.queryByTestId('tab-keys')).toBeNull()
  })

  it('opens an act with what was before and after, changed fields first', async () => {
    open('audit')
    fireEvent.click(within(await screen.findByTestId('row-7')).getByRole('button'))
    const changes = await screen.findByTestId('audit-changes')
    expect([...changes.querySelectorAll('tbody th')].map((cell) => cell.textContent)).toEqual(['name', 'role'])
  })

  it('asks the audit by whose data was touched, and keeps that in the address', async () => {
    open('audit')
    const field = await screen.findByTestId('audit-subject')
    const input = field instanceof HTMLInputElement ? field : field.querySelector('input')
    fireEvent.change(input as HTMLInputElement, { target: { value: '13812341234' } })
    fireEvent.keyDown(input as HTMLInputElement, { key: 'Enter', keyCode: 13 })
    await waitFor(() => expect(world.asked.some(({ url }) => url.searchParams.get('subject') === '13812341234')).toBe(true))
    expect(window.location.search).toContain('subject=13812341234')
  })

  it('shows a new key once', async () => {
    open('keys')
    fireEvent.click(await screen.findByTestId('key-new'))
    fireEvent.change(await screen.findByTestId('key-name'), { target: { value: '数据仓库' } })
    fireEvent.click(screen.getByLabelText('读通话记录'))
    fireEvent.click(screen.getByTestId('key-make'))
    expect(((await screen.findByTestId('once')) as HTMLInputElement).value).toBe('lx_whole')
    const made = world.asked.find(({ method }) => method === 'POST')
    expect(made?.body).toMatchObject({ name: '数据仓库', permissions: ['records.read'] })
  })

  it('says of a webhook since when it fails, and what the other side answered', async () => {
    open('webhooks')
    const row = await screen.findByTestId('hook-h1')
    expect(row.textContent).toContain('连续失败 2 次')
    fireEvent.click(within(row).getByText('客户系统'))
    expect((await screen.findByTestId('delivery-1')).textContent).toContain('500')
    fireEvent.click(screen.getByTestId('hook-test'))
    await waitFor(() => expect(world.asked.some(({ url }) => url.pathname === '/api/webhooks/h1/test')).toBe(true))
  })

  it('shows both versions when somebody else changed the webhook', async () => {
    open('webhooks')
    fireEvent.click(await screen.findByTestId('hook-edit-h1'))
    fireEvent.change(await screen.findByTestId('hook-name'), { target: { value: '我的' } })
    world.refused['PUT /api/webhooks/h1'] = 409
    world.hooks = [{ ...HOOK, name: '他的', revision: 4 }]
    fireEvent.click(screen.getByTestId('hook-save'))
    const conflict = await screen.findByTestId('conflict')
    expect(conflict.textContent).toContain('我的')
    expect(conflict.textContent).toContain('他的')
    // When mine is taken, it is saved over theirs
    world.refused = {}
    fireEvent.click(screen.getByTestId('conflict-mine'))
    await waitFor(() => expect(world.asked.at(-1)).toBeTruthy())
    await waitFor(() => expect(world.asked.filter(({ method }) => method === 'PUT').at(-1)?.body).toMatchObject({ name: '我的', revision: 4 }))
  })

  it('offers the file of an export that is done, and the rules per queue', async () => {
    open('exports')
    const row = await screen.findByTestId('export-e1')
    expect(within(row).getByRole('link').getAttribute('href')).toBe('/api/exports/e1/file')
    cleanup()
    open('retention')
    expect(await screen.findByText('90 天')).toBeTruthy()
  })
})

describe('what the page works out', () => {
  it('days of the centre are instants, also where the clocks change', () => {
    expect(dayBegins('2026-11-20', 'Asia/Shanghai')).toBe(Date.UTC(2026, 10, 19, 16))
    expect(dayEnds('2026-11-20', 'Asia/Shanghai')).toBe(Date.UTC(2026, 10, 20, 16))
    expect(dayEnds('2026-03-29', 'Europe/Berlin') - dayBegins('2026-03-29', 'Europe/Berlin')).toBe(23 * 3_600_000)
  })

  it('a filter becomes what the server understands', () => {
    expect(asked({ act: 'user.changed', from: '2026-11-20' }, 'UTC')).toEqual({ act: 'user.changed', since: Date.UTC(2026, 10, 20) })
  })

  it('a key is in force until its end or until it is revoked', () => {
    expect(standing(KEY, NOW)).toBe('in_force')
    expect(standing(KEY, KEY.expires_at)).toBe('expired')
    expect(standing({ ...KEY, revoked_at: NOW }, NOW)).toBe('revoked')
  })

  it('fields that differ come first', () => {
    expect(fieldsOf({ a: 1, b: 1 }, { a: 1, b: 2, c: 3 }).map(({ field }) => field)).toEqual(['b', 'c', 'a'])
  })
})
