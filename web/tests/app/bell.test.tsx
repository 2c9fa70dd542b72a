import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { MemoryRouter } from 'react-router'
import { afterEach, beforeEach, expect, it } from 'vitest'

import type { Notice } from '@/api/notices'
import { sessionQuery } from '@/api/session'
import { Bell } from '@/app/Bell'
import { changeLanguage } from '@/app/i18n'

import { over, play } from '../opened'
import { aPerson } from '../world'

const aNotice = (id: number, change: Partial<Notice> = {}): Notice => ({
  id, kind: 'case.created', subject: `case:wo-${id}`, zh: `新工单 ${id}`, en: `New work order ${id}`, at: 1_000_000, read_at: null, ...change,
})
const world = { notices: [] as Notice[], sent: [] as object[] }
const ME = aPerson('supervisor', { permissions: ['live.read', 'cases.read'] })

beforeEach(() => {
  Object.assign(world, { notices: [aNotice(3), aNotice(2), aNotice(1, { read_at: 5 })], sent: [] })
  play(async (input, init = {}) => {
    const path = String(input).split('?')[0]
    if (path === '/api/notices') {
      const unread = world.notices.filter((each) => each.read_at === null).length
      return Response.json({ unread, items: world.notices, next: null })
    }
    if (path === '/api/notices/read') {
      const body = JSON.parse(String(init.body)) as { one?: number; up_to?: number }
      world.sent.push(body)
      world.notices = world.notices.map((each) => (each.id === body.one || each.id <= (body.up_to ?? 0) ? { ...each, read_at: 9 } : each))
      return new Response(null, { status: 204 })
    }
    return Response.json({ code: 'not_here' }, { status: 404 })
  })
})
afterEach(() => {
  localStorage.clear()
  return over()
})

function shown(): void {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  client.setQueryData(sessionQuery.queryKey, ME)
  render(
    <QueryClientProvider client={client}>
      <MemoryRouter>
        <Bell me={ME} />
      </MemoryRouter>
    </QueryClientProvider>,
  )
}

const openBell = async (): Promise<HTMLElement> => {
  shown()
  const bell = await screen.findByTestId('bell')
  await waitFor(() => expect(bell.dataset['fresh']).toBe('2'))
  fireEvent.click(bell)
  return screen.findByTestId('bell-notices')
}

it('the bell counts what is unread, tells it in the language of the page, and leads to the matter', async () => {
  await openBell()
  const newest = within(screen.getByTestId('notice-3'))
  expect(newest.getByRole('link', { name: '新工单 3' }).getAttribute('href')).toBe('/cases/wo-3')
  expect(screen.getByTestId('notice-1').dataset['read']).toBe('true')
  await changeLanguage('en')
  expect(await screen.findByText('New work order 3')).toBeTruthy()
})

it('one is marked as read, then all, and the number goes with it', async () => {
  await openBell()
  fireEvent.click(screen.getByLabelText('标为已读：新工单 2'))
  await waitFor(() => expect(screen.getByTestId('bell').dataset['fresh']).toBe('1'))
  fireEvent.click(screen.getByTestId('notices-read-all'))
  await waitFor(() => expect(screen.getByTestId('bell').dataset['fresh']).toBe('0'))
  expect(world.sent).toEqual([{ one: 2 }, { up_to: 3 }])
})

it('without any notice the bell says so and counts nothing', async () => {
  world.notices = []
  shown()
  const bell = await screen.findByTestId('bell')
  fireEvent.click(bell)
  expect(await screen.findByText('没有通知。')).toBeTruthy()
  expect(bell.dataset['fresh']).toBe('0')
})
