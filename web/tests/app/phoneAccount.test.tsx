import { QueryClient } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { App } from '@/app/App'
import { makePhone } from '@/app/phone'
import type { DeskView } from '@/api/schema'
import { sessionQuery } from '@/api/session'
import { applyChange, forgetEverything } from '@/live/store'

import { play } from '../opened'
import { aDesk, aPerson, aTalkingDesk } from '../world'

const ACCOUNT = {
  server: '127.0.0.1:5060',
  transport: 'udp',
  username: 'ph-8001',
  password: 'a-long-password',
  realm: 'asterisk',
  is_local_only: true,
}
const onPhone = (change: Partial<DeskView> = {}): DeskView =>
  aDesk({ device: 'phone', registered: false, state: 'unregistered', ...change })
const asked: string[] = []
let desk: DeskView

async function server(input: RequestInfo | URL): Promise<Response> {
  const url = String(input)
  asked.push(url)
  if (url === '/api/desk') return Response.json(desk)
  if (url === '/api/desk/phone-account') return Response.json(ACCOUNT)
  return Response.json({ code: 'not_here' }, { status: 404 })
}

function push(view: DeskView): void {
  desk = view
  act(() => applyChange({ topic: 'me', whole: true, set: { me: view as unknown as Record<string, unknown> }, del: [] }))
}

beforeEach(() => {
  asked.length = 0
  desk = onPhone()
  play(server)
  window.history.replaceState(null, '', '/desk')
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  client.setQueryData(sessionQuery.queryKey, aPerson('agent'))
  render(<App client={client} phone={makePhone('tab-1')} tab="tab-1" />)
})
afterEach(() => {
  cleanup()
  forgetEverything()
  vi.unstubAllGlobals()
})

const valueOf = (name: string): string => (screen.getByTestId(`phone-account-${name}`) as HTMLInputElement).value

it('the account of a desk phone is asked for only when a person wants to see it', async () => {
  expect((await screen.findByTestId('phone-registered')).textContent).toContain('未注册')
  expect(screen.getByText('话机未注册')).toBeTruthy()
  expect(asked).not.toContain('/api/desk/phone-account')
  fireEvent.click(screen.getByTestId('phone-account-show'))
  await screen.findByTestId('phone-account-server')
  expect([valueOf('server'), valueOf('username'), valueOf('password')]).toEqual(['127.0.0.1:5060', 'ph-8001', 'a-long-password'])
  expect(screen.getByTestId('phone-account-local-only').textContent).toContain('LIANXI_SIP_BIND')
  await vi.waitFor(() => {
    fireEvent.click(screen.getByTestId('phone-account-show')) // not heard while the answer settles
    expect(screen.queryByTestId('phone-account-password')).toBeNull()
  })
})

it('the panel follows the phone when it registers, and a browser has none', async () => {
  await screen.findByTestId('phone-registered')
  push(onPhone({ registered: true, state: 'ready' }))
  expect((await screen.findByTestId('phone-registered')).textContent).toContain('已注册')
  push(aDesk())
  await vi.waitFor(() => expect(screen.queryByTestId('phone-account')).toBeNull())
})

it('what was recorded is not said to be recording when the call is over', async () => {
  await screen.findByTestId('phone-registered')
  const contact = aTalkingDesk()
  push(contact)
  expect((await screen.findAllByText('录音中')).length).toBeGreaterThan(0)
  push({ ...contact, state: 'acw', contact: null, wrap_up: { ...contact.wrap_up!, since: Date.now(), about: contact.contact } })
  expect(await screen.findByText('已录音')).toBeTruthy()
  expect(screen.queryByText('录音中')).toBeNull()
})
