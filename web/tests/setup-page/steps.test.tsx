/** The first set-up step by step, with a server that keeps how far it is. */
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'

import type { Organisation } from '@/api/organisation'
import { freeNumber } from '@/features/setup/AdministratorStep'
import { freeLine } from '@/features/setup/QueueStep'
import { peakOf } from '@/features/setup/sounding'
import { resumeAt, STEPS } from '@/features/setup/steps'

import { aPerson } from '../world'
import { begin, end, open, sent, world } from '../records/server'

beforeEach(begin)
afterEach(end)

const ADMIN = aPerson('supervisor', { permissions: ['system.read', 'users.edit', 'flows.edit', 'test_call', 'records.read'], agent: null })

function theOrganisation(done: readonly string[] = []): Organisation {
  return {
    name: '',
    name_en: '',
    language: 'zh-CN',
    revision: 0,
    changed_by: '',
    steps: STEPS.map((step) => ({ step, state: done.includes(step) ? 'done' : null, at: null, by: '', what: '' })),
  }
}

const LIGHTS = (ok: boolean) => ({ lights: [{ key: 'database', ok, detail: null, fix: ok ? null : 'start_database' }] })

it('goes on at the first step that is open', () => {
  expect(resumeAt(theOrganisation(['preflight', 'organisation']))).toBe('administrator')
  expect(resumeAt(theOrganisation([...STEPS]))).toBe('next')
})

it('proposes numbers that nobody has', () => {
  expect(freeNumber(['8001', '8003'])).toBe('8002')
  expect(freeLine(['4001', '4002'])).toBe('4003')
})

it('knows the loudest of some samples', () => {
  expect(peakOf(new Float32Array([0.1, -0.5, 0.2]))).toBe(0.5)
})

it('does not go on with a red light, and does when it is green', async () => {
  // Given a browser that will give the microphone, and a database that is away
  Object.defineProperty(window, 'isSecureContext', { value: true, configurable: true })
  world.here['GET /api/organisation'] = theOrganisation()
  world.here['GET /api/setup/preflight'] = LIGHTS(false)
  world.here['PUT /api/setup/steps/preflight'] = theOrganisation(['preflight'])
  open('/setup', ADMIN)
  expect((await screen.findByTestId('light-database')).dataset['ok']).toBe('false')
  expect((screen.getByTestId('setup-next') as HTMLButtonElement).disabled).toBe(true)
  // When it is back
  world.here['GET /api/setup/preflight'] = LIGHTS(true)
  fireEvent.click(screen.getByTestId('preflight-retry'))
  await waitFor(() => expect((screen.getByTestId('setup-next') as HTMLButtonElement).disabled).toBe(false))
  fireEvent.click(screen.getByTestId('setup-next'))
  // Then the step is noted, and the next one is there
  expect(await screen.findByTestId('panel-organisation')).toBeTruthy()
  expect(sent('PUT', '/api/setup/steps/preflight')).toEqual([{ state: 'done', what: '' }])
  expect(screen.getByTestId('step-preflight').dataset['state']).toBe('done')
})

it('names the organisation, and loses nothing when somebody else did meanwhile', async () => {
  world.here['GET /api/calendars'] = []
  world.here['GET /api/organisation'] = theOrganisation(['preflight'])
  world.refused['PUT /api/organisation'] = { status: 412, code: 'organisation_changed' }
  open('/setup', ADMIN)
  const field = (await screen.findByTestId('org-name')) as HTMLInputElement
  fireEvent.change(field, { target: { value: '晨光服务' } })
  // Given a colleague who was faster
  world.here['GET /api/organisation'] = { ...theOrganisation(), name: '晨光热线', revision: 1, changed_by: '王强' }
  fireEvent.click(screen.getByTestId('setup-next'))
  // Then both versions are there
  expect((await screen.findByTestId('strip-organisation-changed')).textContent).toContain('晨光热线')
  expect(field.value).toBe('晨光服务')
  // And one's own can be saved over it
  delete world.refused['PUT /api/organisation']
  world.here['PUT /api/organisation'] = theOrganisation(['preflight'])
  world.here['PUT /api/setup/steps/organisation'] = theOrganisation(['preflight', 'organisation'])
  world.here['GET /api/session'] = ADMIN
  fireEvent.click(screen.getByTestId('setup-next'))
  expect(await screen.findByTestId('panel-administrator')).toBeTruthy()
  expect(sent('PUT', '/api/organisation').at(-1)).toMatchObject({ name: '晨光服务', revision: 1 })
})

it('shows the lights alone to who may not change the centre', async () => {
  world.here['GET /api/setup/preflight'] = LIGHTS(true)
  open('/setup', { ...ADMIN, permissions: ['system.read', 'test_call'] })
  expect(await screen.findByTestId('light-database')).toBeTruthy()
  expect(screen.getByTestId('test-call')).toBeTruthy()
  expect(screen.queryByTestId('step-queue')).toBeNull()
})

it('shows the organisation’s language and name to who chose no language', async () => {
  // Given a centre that works in English, and a computer at which nobody chose
  world.here['GET /api/organisation'] = theOrganisation()
  world.here['GET /api/setup/preflight'] = LIGHTS(true)
  world.here['GET /api/preferences'] = { language: null, theme: null, density: null, plain_keys: true, keys: {}, ring_volume: null }
  open('/setup', { ...ADMIN, org: { name: '晨光热线', name_en: 'Dawn Service', language: 'en', time_zone: 'Asia/Shanghai' } })
  // Then pages are in English, and the name too
  expect(await screen.findByText('Check-up')).toBeTruthy()
  expect(screen.getByText('Dawn Service')).toBeTruthy()
})
