/** One's own page: figures against target and median, contacts, settings, sign-ins. */
import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { applyChange } from '@/live/store'

import { aPerson } from '../world'
import { begin, end, open, sent, world } from './server'

const FIGURE = {
  metric: 'hold_time', name: '平均持线时间', name_en: 'Hold time', unit: 's', direction: 'down', meaning: '', meaning_en: '',
  value: 75, target: 60, standing: 'missed', team_median: 40, team_size: 5,
}
const SIGN_IN = { id: 's1', began_at: 0, seen_at: 0, ended_at: null, address: '10.0.0.7', is_this: true }

beforeEach(() => {
  begin()
  world.answers['GET /api/metrics/own'] = () => Response.json({ agent: '8001', begins_at: 0, ends_at: 1, as_of: 1, figures: [FIGURE, { ...FIGURE, metric: 'csat', value: null, standing: null, target: null, team_median: null }] })
  world.answers['GET /api/records'] = () => Response.json({ items: [], next: null })
  world.answers['GET /api/profile/sign-ins'] = () => Response.json([SIGN_IN, { ...SIGN_IN, id: 's2', is_this: false, address: '10.0.0.8' }])
  world.answers['DELETE /api/profile/sign-ins/s2'] = () => new Response(null, { status: 204 })
  world.answers['PUT /api/preferences'] = () => Response.json({})
  world.answers['PUT /api/profile'] = () => Response.json({ email: 'new@example.com' })
})
afterEach(end)

test('a figure stands against its target and the median of the team; none is not zero', async () => {
  open('/me', aPerson('agent'))
  const tile = await screen.findByTestId('own-hold_time')
  expect(tile.textContent).toContain('01:15')
  expect(tile.textContent).toContain('未达标')
  expect(tile.textContent).toContain('目标 ≤ 01:00')
  expect(tile.textContent).toContain('班组中位数 00:40')
  expect(screen.getByTestId('own-csat').textContent).toContain('还没有')
})

test('contacts are asked for by the own number alone', async () => {
  open('/me', aPerson('agent'))
  await waitFor(() => expect(sent('GET', '/api/records').at(-1)?.url).toContain('agent=8001'))
})

test('a sign-in elsewhere is ended, the own one is not offered', async () => {
  open('/me', aPerson('agent'))
  fireEvent.click(await screen.findByTestId('end-s2'))
  await waitFor(() => expect(sent('DELETE', '/api/profile/sign-ins/s2')).toHaveLength(1))
  expect(screen.queryByTestId('end-s1')).toBeNull()
})

test('a choice of appearance is kept on the server with what was chosen before', async () => {
  world.answers['GET /api/preferences'] = () => Response.json({ plain_keys: true, keys: { 'Alt+w': 'Alt+q' }, density: 'roomy' })
  open('/me', aPerson('agent'))
  await screen.findByTestId('me-theme')
  await waitFor(() => expect(sent('GET', '/api/preferences').length).toBeGreaterThan(0))
  fireEvent.click(await screen.findByLabelText('深色'))
  await waitFor(() => expect(sent('PUT', '/api/preferences').at(-1)?.body).toMatchObject({ theme: 'dark', keys: { 'Alt+w': 'Alt+q' }, density: 'roomy' }))
})

test('what one is given of the countdown after a call can be read', async () => {
  open('/me', aPerson('agent'))
  await screen.findByTestId('me-theme')
  act(() => applyChange({ topic: 'me', whole: true, set: { me: { wrap_up_time: 'unlimited' } }, del: [] }))
  expect((await screen.findByTestId('me-wrap-up-time')).textContent).toBe('不限时')
})

test('who takes no calls has settings and sign-ins, and no figures', async () => {
  open('/me', aPerson('qa'))
  await screen.findByTestId('own-sign-ins')
  expect(sent('GET', '/api/metrics/own')).toEqual([])
})

test('an opinion of a process is written as a work order, where the centre has a type for it', async () => {
  const clerk = { ...aPerson('agent'), permissions: [...aPerson('agent').permissions, 'cases.create' as const] }
  const type = { kind: 'process_opinion', category: 'business', zh: '流程意见（员工）', en: '', form: '', is_active: true }
  world.answers['GET /api/case-types'] = () => Response.json([type])
  open('/me', clerk)
  expect((await screen.findByTestId('me-opinion')).getAttribute('href')).toBe('/cases?new=process_opinion&list=all&kind=process_opinion')
})

test('nothing is offered where there is no such type', async () => {
  const clerk = { ...aPerson('agent'), permissions: [...aPerson('agent').permissions, 'cases.create' as const] }
  world.answers['GET /api/case-types'] = () => Response.json([])
  open('/me', clerk)
  await waitFor(() => expect(sent('GET', '/api/case-types')).toHaveLength(1))
  await screen.findByTestId('own-sign-ins')
  expect(screen.queryByTestId('me-opinion')).toBeNull()
})
