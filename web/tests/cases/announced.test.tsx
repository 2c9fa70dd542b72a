/** Announcements on the page of a work order, with a server that answers as a test wants. */
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'

import type { AnnouncementNote } from '@/api/announcements'

import { aPerson } from '../world'
import { aCase, begin, end, NOW, open, sent, urlsOf, world } from './server'

beforeEach(begin)
afterEach(end)

const HOUR = 3_600_000
const HANDLER = aPerson('agent', { permissions: ['cases.read', 'cases.handle', 'announcements.read'], agent: null })
const READER = aPerson('qa', { permissions: ['cases.read', 'announcements.read'], agent: null })
const LIST = 'GET /api/cases/wo-1/announcements'
const ONE = '/api/cases/wo-1/announcements/an-1'

const aNote = (change: Partial<AnnouncementNote> = {}): AnnouncementNote => ({
  id: 'an-1', number: 'GG-20261120-0001', type: 'fault', state: 'ongoing', title: '城北停电', body: '抢修线路', title_en: '', body_en: '', places: ['城北'],
  starts_at: NOW - HOUR, expected_end: null, nearness: 'sure', linked: [], ...change,
})
const tick = async (): Promise<HTMLInputElement> => (await screen.findByTestId('note-tick-GG-20261120-0001')) as HTMLInputElement

it('ticks that a work order comes from what goes on at its place, and takes it back', async () => {
  world.here[LIST] = [aNote()]
  world.here[`PUT ${ONE}`] = {}
  world.here[`DELETE ${ONE}`] = {}
  open('/cases/wo-1', HANDLER)
  const shown = await screen.findByTestId('case-announcements')
  for (const words of ['故障停电', '城北停电', '城北']) expect(shown.textContent).toContain(words)
  world.here[LIST] = [aNote({ linked: ['case'] })]
  fireEvent.click(await tick())
  await waitFor(async () => expect((await tick()).checked).toBe(true))
  expect(sent('PUT', ONE)).toHaveLength(1)
  world.here[LIST] = [aNote()]
  fireEvent.click(await tick())
  await waitFor(async () => expect((await tick()).checked).toBe(false))
  expect(sent('DELETE', ONE)).toHaveLength(1)
})

it('shows it to those who only read, and what caused an archived order stays', async () => {
  world.here[LIST] = [aNote({ state: 'restored', linked: ['case'] })]
  open('/cases/wo-1', READER)
  expect([(await tick()).checked, (await tick()).disabled]).toEqual([true, true])
  end()
  begin()
  world.here[LIST] = [aNote({ linked: ['case'] })]
  world.here['GET /api/cases/wo-1'] = aCase({ state: 'archived' })
  open('/cases/wo-1', HANDLER)
  expect((await tick()).disabled).toBe(true)
})

it('asks nothing for those who do not read announcements', async () => {
  open('/cases/wo-1')
  await screen.findByTestId('case-head')
  expect(urlsOf('GET', '/api/cases/wo-1/announcements')).toEqual([])
})
