/** A desk in more than one window, out of sight, and when its session ends (R5, R8, R12). */
import { QueryClient } from '@tanstack/react-query'
import { act, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { sessionQuery } from '@/api/session'
import { endSession } from '@/app/ended'
import { usePhone } from '@/phone/store'

import { aDesk, aPerson, aRingingDesk, aTalkingDesk } from '../world'
import { begin, end, open, push } from './centre'

beforeEach(begin)
afterEach(async () => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  await end()
})

const IN_CALL = { id: 's1', offer: 'o1', phase: 'up' as const, isKnown: true, isSilent: false }

it('R5: a window without the telephone shows the call, cannot answer it and can take the telephone', async () => {
  open(aRingingDesk())
  act(() => usePhone.setState({ device: null, leadership: 'elsewhere' }))
  expect((await screen.findByTestId('strip-elsewhere_in_browser')).textContent).toContain('另一窗口')
  expect(screen.getByTestId('offer-strip')).toBeTruthy()
  expect(screen.getByTestId('offer-answer').getAttribute('aria-disabled')).toBe('true')
  expect(screen.getByTestId('take-over-tab').textContent).toContain('在此接管')
})

it('a call that rings out of sight is told by the system without number or name, and in the title', async () => {
  const told: { title: string; body: string; closed: boolean }[] = []
  class Notice {
    static permission = 'granted'
    readonly #told: { title: string; body: string; closed: boolean }
    constructor(title: string, { body }: { body: string }) {
      this.#told = { title, body, closed: false }
      told.push(this.#told)
    }
    addEventListener(): void {}
    close(): void {
      this.#told.closed = true
    }
  }
  vi.stubGlobal('Notification', Notice)
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  const title = document.title
  open(aRingingDesk())
  const { number, name } = aRingingDesk().offer?.pop ?? {}
  await waitFor(() => expect(told).toHaveLength(1))
  await waitFor(() => expect(document.title).toContain('☎'))
  const everything = `${told[0]?.title} ${told[0]?.body} ${document.title}`
  for (const secret of [String(number), String(name)]) expect(everything).not.toContain(secret)
  expect(/\d{3,}/.test(everything)).toBe(false)
  push(aDesk())
  await waitFor(() => expect(told[0]?.closed).toBe(true))
  expect(document.title).toBe(title)
})

it.each([
  ['the browser’s telephone', { session: IN_CALL }],
  ['a telephone on the desk', { session: null, device: 'phone' as const }],
])('R12: a session that ends during a call with %s leaves the controls until the call is over', (_, phone) => {
  const client = new QueryClient()
  client.setQueryData(sessionQuery.queryKey, aPerson('agent'))
  open(aTalkingDesk())
  act(() => usePhone.setState(phone))
  endSession(client)
  expect(client.getQueryData(sessionQuery.queryKey)).not.toBeNull()
  push(aDesk())
  act(() => usePhone.setState({ session: null }))
  endSession(client)
  expect(client.getQueryData(sessionQuery.queryKey)).toBeNull()
})

// The last one: it makes modules anew, and what is loaded late would find the others' gone.
it('R8: heart and link of a window beat in a worker, which a hidden window does not slow down', async () => {
  const said: { kind: string }[] = []
  const port = { postMessage: (message: { kind: string }) => said.push(message), onmessage: null }
  vi.stubGlobal('SharedWorker', class { port = port })
  vi.resetModules()
  const { openLink, setBeating } = await import('@/live/link')
  openLink('tab-1')
  setBeating(true)
  expect(said.map((message) => message.kind)).toEqual(['open', 'topics', 'beating', 'beating'])
  expect(said.at(-1)).toEqual({ kind: 'beating', beating: true })
})
