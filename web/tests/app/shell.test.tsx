import { QueryClient } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import axe from 'axe-core'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { App } from '@/app/App'
import { changeLanguage } from '@/app/i18n'
import { homeOf, itemAt, mayOpen, navFor, tabAt } from '@/app/nav'
import { makePhone } from '@/app/phone'
import type { DeskView, Me } from '@/api/schema'
import { sessionQuery } from '@/api/session'
import { applyChange, forgetEverything } from '@/live/store'
import { AT_REST } from '@/phone/state'
import { usePhone } from '@/phone/store'

import { play } from '../opened'
import { aDesk, aPerson, aRingingDesk, aTalkingDesk } from '../world'

const asked: { method: string; url: string; body: unknown }[] = []
let desk: DeskView

/** The server as far as these tests need one. */
async function server(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const url = String(input)
  asked.push({ method: init.method ?? 'GET', url, body: init.body === undefined ? null : JSON.parse(String(init.body)) })
  if (url === '/api/desk') return Response.json(desk)
  if (url.startsWith('/api/desk')) return new Response(null, { status: 204 })
  return Response.json({ code: 'not_here' }, { status: 404 })
}

function open(me: Me, path: string): void {
  window.history.replaceState(null, '', path)
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  client.setQueryData(sessionQuery.queryKey, me)
  render(<App client={client} phone={makePhone('tab-1')} tab="tab-1" />)
}

/** The server pushes the desk over the live link. */
function push(view: DeskView): void {
  desk = view
  act(() => applyChange({ topic: 'me', whole: true, set: { me: view as unknown as Record<string, unknown> }, del: [] }))
}

beforeEach(() => {
  asked.length = 0
  desk = aDesk()
  play(server)
  usePhone.setState({ ...AT_REST, device: 'browser', leadership: 'here', microphone: 'ready', signalling: 'up', registration: 'registered' }, true)
})
afterEach(async () => {
  cleanup()
  forgetEverything()
  vi.unstubAllGlobals()
  await changeLanguage('zh-CN')
})

const isOff = (testId: string): boolean => screen.getByTestId(testId).getAttribute('aria-disabled') === 'true'
const sent = (path: string) => asked.filter((request) => request.method !== 'GET' && request.url === path)

const pages = (me: Me): string[] => navFor(me).map((item) => item.labelKey.replace('nav.', ''))

it('each role sees its own pages in its own order, home first', () => {
  expect(pages(aPerson('agent'))).toEqual(['desk', 'records', 'reports', 'me'])
  expect(pages(aPerson('supervisor'))).toEqual(['live', 'records', 'admin', 'me'])
  expect(pages(aPerson('qa'))).toEqual(['records', 'reports', 'me'])
  expect(mayOpen(aPerson('agent'), '/live')).toBe(false)
  expect(mayOpen(aPerson('agent'), '/admin/people')).toBe(false)
  expect(homeOf(aPerson('qa', { home: '/quality' }))).toBe('/records')
})

it('the second level is tabs, and the longest address is where one is', () => {
  const admin = aPerson('supervisor', { permissions: ['users.edit', 'flows.edit', 'system.read'], home: '/admin' })
  const settings = itemAt(navFor(admin), '/admin/people')
  expect(settings?.labelKey).toBe('nav.admin')
  expect(settings?.tabs[0]?.path).toBe('/admin')
  expect(tabAt(settings?.tabs ?? [], '/admin/people')?.path).toBe('/admin/people')
  expect(homeOf(admin)).toBe('/admin')
})

it('a page without permission says so', async () => {
  open(aPerson('agent'), '/live')
  expect(await screen.findByText('您没有此页面的权限')).toBeTruthy()
})

it('the desk is never empty and speaks both languages', async () => {
  open(aPerson('agent'), '/desk')
  expect(await screen.findByText('等待来电')).toBeTruthy()
  expect(screen.getByTestId('demo-mark')).toBeTruthy()
  await act(() => changeLanguage('en'))
  expect(screen.getByText('Waiting for a contact')).toBeTruthy()
})

it('impossible actions stay in place, disabled with the reason', async () => {
  open(aPerson('agent'), '/desk')
  await screen.findByTestId('call-hold')
  for (const action of ['call-hold', 'call-mute', 'call-keypad', 'call-hangup']) expect(isOff(action)).toBe(true)
  expect(screen.getByTestId('call-hold').textContent).toContain('没有通话')
})

it('an offer is painted with who, where and how long, and F2 answers the ringing phone', async () => {
  open(aPerson('agent'), '/desk')
  await screen.findByTestId('call-hold')
  push(aRingingDesk())
  expect(screen.getByTestId('offer-strip').textContent).toContain('138****1234')
  expect(isOff('offer-answer')).toBe(true)
  act(() => usePhone.setState({ session: { id: 's1', offer: 'offer-1', phase: 'ringing', isKnown: true, isSilent: false } }))
  expect(isOff('offer-answer')).toBe(false)
  fireEvent.keyDown(document.body, { key: 'F2' })
  expect(usePhone.getState().session?.phase).toBe('answering')
  expect(screen.queryByTestId('offer-strip')).toBeNull()
})

it('an offer is refused by the server, not by the phone', async () => {
  open(aPerson('agent'), '/desk')
  await screen.findByTestId('call-hold')
  push(aRingingDesk())
  fireEvent.click(screen.getByTestId('offer-reject'))
  await waitFor(() => expect(sent('/api/desk/offers/offer-1/reject')).toHaveLength(1))
})

it('one F4 only warns, two hang up', async () => {
  open(aPerson('agent'), '/desk')
  await screen.findByTestId('call-hold')
  push(aTalkingDesk())
  fireEvent.keyDown(document.body, { key: 'F4' })
  expect(sent('/api/desk/contacts/c1/hang-up')).toHaveLength(0)
  fireEvent.keyDown(document.body, { key: 'F4' })
  await waitFor(() => expect(sent('/api/desk/contacts/c1/hang-up')).toHaveLength(1))
})

it('after the call a digit and Ctrl+Enter finish the wrap-up', async () => {
  open(aPerson('agent'), '/desk')
  await screen.findByTestId('call-hold')
  const talking = aTalkingDesk()
  push({ ...talking, state: 'acw', contact: null, wrap_up: talking.wrap_up && { ...talking.wrap_up, since: Date.now() } })
  await screen.findByTestId('wrapup-finish')
  expect(isOff('wrapup-finish')).toBe(true)
  fireEvent.keyDown(document.body, { key: '2' })
  await waitFor(() => expect(isOff('wrapup-finish')).toBe(false))
  fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true })
  await waitFor(() =>
    expect(sent('/api/desk/wrap-up/finish')[0]?.body).toEqual({
      contact: 'c1',
      disposition: 'exchange',
      note: '',
      then: { to: 'ready', reason: null },
    }),
  )
})

it('the wrap-up can be filled during the call', async () => {
  open(aPerson('agent'), '/desk')
  await screen.findByTestId('call-hold')
  push(aTalkingDesk())
  fireEvent.change(await screen.findByTestId('wrapup-note'), { target: { value: '催单' } })
  await waitFor(() => expect(sent('/api/desk/wrap-up')[0]?.body).toEqual({ contact: 'c1', disposition: null, note: '催单' }), { timeout: 3_000 })
  expect(screen.queryByTestId('wrapup-finish')).toBeNull()
})

it('a break is asked for with a digit from the state menu', async () => {
  open(aPerson('agent'), '/desk')
  fireEvent.click(await screen.findByTestId('state-pill'))
  const menu = await screen.findByRole('menu')
  fireEvent.keyDown(menu, { key: '2' })
  await waitFor(() => expect(sent('/api/desk/state')[0]?.body).toEqual({ to: 'not_ready', reason: 'break' }))
})

/** What axe finds. Colours need a real browser; names, roles and relations do not. */
async function untellable(): Promise<string[]> {
  const found = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })
  return found.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`)
}

it('what is on the page can be told to everyone', async () => {
  open(aPerson('agent'), '/desk')
  await screen.findByTestId('call-hold')
  push({ ...aTalkingDesk(), offer: aRingingDesk().offer })
  await screen.findByTestId('wrapup-note')
  expect(await untellable()).toEqual([])
}, 60_000)

it('failures have names on every page', async () => {
  open(aPerson('agent'), '/desk')
  await screen.findByTestId('call-hold')
  act(() => usePhone.setState({ microphone: 'lost' }))
  expect(screen.getByTestId('strip-microphone_lost')).toBeTruthy()
  act(() => usePhone.setState({ microphone: 'ready', signalling: 'down' }))
  expect(screen.getByTestId('strip-signalling_down')).toBeTruthy()
  push(aDesk({ here: false }))
  expect(screen.getByTestId('strip-signed_in_elsewhere')).toBeTruthy()
  act(() => applyChange({ topic: 'system', whole: true, set: { state: { problem: 'database_away', build: '1' } }, del: [] }))
  expect(screen.getByTestId('strip-database_away').textContent).toContain('通话不受影响')
})
