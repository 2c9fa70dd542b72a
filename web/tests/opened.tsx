/** The whole application in a test: over a server that the test plays, without live connections. */
import { QueryClient } from '@tanstack/react-query'
import { cleanup, render } from '@testing-library/react'
import { vi } from 'vitest'

import type { Me } from '@/api/schema'
import { sessionQuery } from '@/api/session'
import { App } from '@/app/App'
import { changeLanguage } from '@/app/i18n'
import { makePhone } from '@/app/phone'
import { forgetEverything } from '@/live/store'

export type Played = (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>

/** From now on this server answers, and nothing is told by itself. */
export function play(server: Played): void {
  vi.stubGlobal('fetch', vi.fn(server))
  vi.stubGlobal('SharedWorker', undefined)
  vi.stubGlobal('Worker', undefined)
  vi.stubGlobal('WebSocket', class { close(): void {} })
}

/** After each test. */
export async function over(): Promise<void> {
  cleanup()
  forgetEverything()
  vi.unstubAllGlobals()
  vi.useRealTimers()
  await changeLanguage('zh-CN')
}

/** Somebody who is signed in opens a page; the client is given back, to fetch anew as time would. */
export function opened(path: string, me: Me): QueryClient {
  window.history.replaceState(null, '', path)
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  client.setQueryData(sessionQuery.queryKey, me)
  render(<App client={client} phone={makePhone('tab-1')} tab="tab-1" />)
  return client
}
