import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest'

import { loadWords } from '@/app/i18n'
import type { AlarmRule, AlarmRules } from '@/api/alarms'

import { opened, over, play } from '../opened'
import { aPerson } from '../world'

const aRule = (change: Partial<AlarmRule>): AlarmRule => ({ kind: 'long_wait', queue: null, is_on: true, limit: null, ways: ['bell'], roles: [], teams: [], mails: [], quiet: [], mine: true, ...change })
const kind = (change: Partial<AlarmRules['kinds'][number]>): AlarmRules['kinds'][number] => ({ kind: 'long_wait', unit: 'ms', least: 1_000, most: 86_400_000, may_be_unset: true, of_queues: true, has_webhook: false, ...change })
const RULES: AlarmRules = {
  revision: '3', changed_at: 0, changed_by: '王主管',
  kinds: [kind({ kind: 'hold', unit: null, least: 0, most: 0, may_be_unset: false, of_queues: false, has_webhook: true }), kind({})],
  rules: [aRule({ kind: 'hold' }), aRule({})],
}
const world = { rules: RULES, sent: [] as { match: string | null; body: { rules: AlarmRule[]; note: string } }[], refused: 0 }

function found(path: string): unknown {
  if (path === '/api/alarm-rules') return world.rules
  if (path === '/api/alarm-rules/versions') return [{ revision: 3, rules: RULES.rules, changed_at: 0, changed_by: '王主管', note: '旺季' }]
  if (path === '/api/queues') return [{ id: 'service', name: '售后', name_en: 'Service' }]
  if (path === '/api/roles') return [{ id: 'team_lead', name: '班长', name_en: 'Team lead', own: true }]
  if (path === '/api/teams/full') return [{ id: 't1', name: '一组', name_en: 'One' }]
  return undefined
}

beforeAll(() => loadWords('system'))
beforeEach(() => {
  Object.assign(world, { rules: RULES, sent: [], refused: 0 })
  play(async (input, init) => {
    const url = new URL(String(input), 'http://localhost')
    if (init?.method === 'PUT' && url.pathname === '/api/alarm-rules') {
      const body = JSON.parse(String(init.body)) as { rules: AlarmRule[]; note: string }
      world.sent.push({ match: new Headers(init.headers).get('If-Match'), body })
      if (world.refused !== 0) return new Response(JSON.stringify({ code: 'changed_meanwhile', detail: '', facts: {} }), { status: world.refused })
      world.rules = { ...world.rules, revision: '4', rules: body.rules.map((rule) => ({ ...rule, mine: true })) }
    }
    const body = found(url.pathname)
    return new Response(JSON.stringify(body ?? { code: 'not_found', detail: '' }), { status: body === undefined ? 404 : 200 })
  })
})
afterEach(() => {
  localStorage.clear()
  return over()
})

const openTab = async (): Promise<void> => {
  opened('/admin/system?tab=alarms', aPerson('supervisor', { permissions: ['system.read', 'alarms.edit'] }))
  await screen.findByTestId('alarm-long_wait-centre')
}

it('a threshold of one queue is set beside that of the centre, with who is told, and saved with what was read', async () => {
  await openTab()
  expect(within(screen.getByTestId('alarm-hold-centre')).getByRole('link').getAttribute('href')).toBe('/admin/routing?tab=centre')
  // When a queue gets a rule of its own
  fireEvent.click(await screen.findByTestId('alarm-for-long_wait'))
  fireEvent.click(await screen.findByText('售后'))
  const limit = screen.getByTestId('alarm-limit-long_wait-service')
  fireEvent.change(limit, { target: { value: '45' } })
  fireEvent.blur(limit)
  // And its quiet hours are chosen
  fireEvent.click(screen.getByTestId('alarm-edit-long_wait-service'))
  fireEvent.click(await screen.findByTestId('quiet-add'))
  fireEvent.click(screen.getByLabelText('横幅'))
  fireEvent.click(screen.getByTestId('alarm-done'))
  expect(screen.getByTestId('alarm-long_wait-service').textContent).toContain('铃铛、横幅 · 所有能看现场的人 · 静默 22:00–07:00')
  fireEvent.click(screen.getByTestId('edit-save'))
  await waitFor(() => expect(world.sent).toHaveLength(1))
  expect(world.sent[0]?.match).toBe('"3"')
  expect(world.sent[0]?.body.rules).toContainEqual({ kind: 'long_wait', queue: 'service', is_on: true, limit: 45_000, ways: ['bell', 'banner'], roles: [], teams: [], mails: [], quiet: [{ since: '22:00', until: '07:00' }] })
  await waitFor(() => expect(screen.queryByTestId('edit-dirty')).toBeNull())
})

it('where a colleague was faster, both versions stand side by side and nothing is lost', async () => {
  await openTab()
  fireEvent.click(screen.getByTestId('alarm-on-long_wait-centre'))
  world.refused = 412
  world.rules = { ...RULES, revision: '4', rules: [aRule({ kind: 'hold', is_on: false }), aRule({})] }
  fireEvent.click(screen.getByTestId('edit-save'))
  const conflict = await screen.findByTestId('conflict')
  expect(conflict.textContent).toContain('等待过久 · 全中心 · ○')
  expect(conflict.textContent).toContain('客户保持过久 · 全中心 · ○')
})

it('former versions say who, why and what, and can be taken up again', async () => {
  await openTab()
  fireEvent.click(screen.getByTestId('alarm-on-hold-centre'))
  fireEvent.click(screen.getByTestId('alarm-versions'))
  const version = await screen.findByTestId('alarm-version-3')
  expect(version.textContent).toContain('王主管')
  expect(version.textContent).toContain('旺季')
  fireEvent.click(within(version).getByRole('button'))
  await waitFor(() => expect(screen.queryByTestId('edit-dirty')).toBeNull())
})
