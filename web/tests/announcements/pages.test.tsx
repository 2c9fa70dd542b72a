/** Announcements on their pages and at the desk, with a server that answers as a test wants. */
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import type { Announcement } from '@/api/announcements'
import type { Me } from '@/api/schema'

import { opened, over, play } from '../opened'
import { aPerson } from '../world'

const NOW = Date.UTC(2026, 10, 23, 1, 0)
const HOUR = 3_600_000
const EDITOR: Me = aPerson('supervisor', { permissions: ['announcements.read', 'announcements.edit'], agent: null })
const READER: Me = aPerson('agent', { permissions: ['announcements.read'], agent: null })

function anOutage(change: Partial<Announcement> = {}): Announcement {
  return {
    id: 'an-1',
    number: 'GG-20261123-0001',
    type: 'fault',
    state: 'ongoing',
    title: '友谊路停电',
    body: '抢修线路',
    title_en: 'Outage in Youyi Road',
    body_en: '',
    prompt: '',
    places: ['宝山区'],
    areas: [],
    starts_at: NOW - HOUR,
    expected_end: NOW + HOUR,
    ends_itself: false,
    published_at: NOW - HOUR,
    began_at: NOW - HOUR,
    ended_at: null,
    created_at: NOW - HOUR,
    created_by: 'u1',
    revision: 3,
    updates: [{ number: 1, event: 'publish', at: NOW - HOUR, by: 'u1', text: '', starts_at: NOW - HOUR, expected_end: NOW + HOUR, told: 2 }],
    counts: { heard: 4, ticked: 1, cases: 1, contacts: 5, recipients: 2 },
    possible: ['change', 'restore', 'cancel'],
    ...change,
  }
}

interface Asked {
  method: string
  url: string
  body: Record<string, unknown>
}
const world = { asked: [] as Asked[], here: {} as Record<string, unknown>, refused: {} as Record<string, { status: number; code: string }> }

async function server(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const url = String(input)
  const method = init.method ?? 'GET'
  const key = `${method} ${url.split('?')[0]}`
  world.asked.push({ method, url, body: init.body === undefined ? {} : JSON.parse(String(init.body)) })
  const refused = world.refused[key]
  if (refused !== undefined) return Response.json(refused, { status: refused.status })
  return key in world.here ? Response.json(world.here[key]) : Response.json({ code: 'not_here' }, { status: 404 })
}

const sent = (key: string): Record<string, unknown>[] =>
  world.asked.filter((each) => `${each.method} ${each.url.split('?')[0]}` === key).map((each) => each.body)

const ONE = '/api/announcements/GG-20261123-0001'
const FIRE = 'POST /api/announcements/an-1/events'
const PREVIEW = { lead_ms: 7 * 24 * HOUR, short_by_ms: 0, sms: 3, mail: 1, sample: [] }

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] })
  Object.assign(world, {
    asked: [],
    refused: {},
    here: {
      'GET /api/announcements': { items: [anOutage()], next: null },
      'GET /api/announcements/standing': { draft: 1, published: 2, ongoing: 1, restored: 0, cancelled: 0 },
      [`GET ${ONE}`]: anOutage(),
      'GET /api/announcements/an-1': anOutage(),
      'GET /api/announcements/an-1/tellings': [],
      'GET /api/announcements/an-1/links': [{ subject: 'contact:c1', how: 'heard', at: NOW }],
      'POST /api/announcements/preview': PREVIEW,
    },
  })
  play(server)
})
afterEach(over)

it('lists what goes on now, with what it did', async () => {
  opened('/announcements', READER)
  const row = await screen.findByTestId('row-GG-20261123-0001')
  expect(row.textContent).toContain('故障停电')
  expect(row.textContent).toContain('宝山区')
  expect(world.asked.some((each) => each.url.includes('state=ongoing'))).toBe(true)
  await waitFor(() => expect(screen.getByTestId('part-upcoming').textContent).toContain('2'))
  // Then who only reads sees neither drafts nor subscribers
  expect(screen.queryByTestId('part-drafts')).toBeNull()
  expect(screen.queryByTestId('announcement-new')).toBeNull()
})

it('writes a planned outage in good time and says who is told', async () => {
  opened('/announcements/new', EDITOR)
  await waitFor(() => expect(screen.getByTestId('announcement-who').textContent).toContain('短信 3'))
  fireEvent.change(screen.getByTestId('announcement-title'), { target: { value: '检修停电' } })
  world.here['POST /api/announcements'] = anOutage({ state: 'draft', possible: ['publish'] })
  fireEvent.click(screen.getByTestId('announcement-create'))
  await waitFor(() => expect(window.location.pathname).toBe('/announcements/GG-20261123-0001'))
  expect(sent('POST /api/announcements')[0]).toMatchObject({ type: 'planned', title: '检修停电', starts_at: NOW + 7 * 24 * HOUR })
})

it('warns where it comes too late and lets it be published', async () => {
  world.here['POST /api/announcements/preview'] = { ...PREVIEW, short_by_ms: 3 * HOUR }
  world.here[`GET ${ONE}`] = anOutage({ state: 'draft', possible: ['publish'] })
  world.here[FIRE] = anOutage()
  opened('/announcements/GG-20261123-0001', EDITOR)
  expect((await screen.findByTestId('announcement-late')).textContent).toContain('还差 3 小时')
  fireEvent.click(screen.getByTestId('announcement-publish'))
  fireEvent.click(await screen.findByTestId('announcement-publish-yes'))
  await waitFor(() => expect(sent(FIRE)).toEqual([{ event: 'publish', revision: 3 }]))
})

it('keeps the text of a change when a colleague was quicker', async () => {
  world.refused[FIRE] = { status: 412, code: 'announcement_changed' }
  opened('/announcements/GG-20261123-0001', EDITOR)
  expect((await screen.findByTestId('announcement-counts')).textContent).toContain('5')
  fireEvent.click(screen.getByTestId('announcement-change'))
  fireEvent.change(await screen.findByTestId('announcement-text'), { target: { value: '抢修延长两小时' } })
  world.here['GET /api/announcements/an-1'] = anOutage({ revision: 4 })
  world.here[`GET ${ONE}`] = anOutage({ revision: 4 })
  fireEvent.click(screen.getByTestId('announcement-send'))
  await screen.findByText('按我写的继续')
  expect((screen.getByTestId('announcement-text') as HTMLTextAreaElement).value).toBe('抢修延长两小时')
  // When the editor goes on with it
  delete world.refused[FIRE]
  world.here[FIRE] = anOutage({ revision: 5 })
  fireEvent.click(screen.getByText('按我写的继续'))
  fireEvent.click(screen.getByTestId('announcement-send'))
  await waitFor(() => expect(sent(FIRE).at(-1)).toMatchObject({ event: 'change', text: '抢修延长两小时', revision: 4 }))
})
