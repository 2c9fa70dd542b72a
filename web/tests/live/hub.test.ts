import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { Hub, ALIVE_MS, FLUSH_MS } from '@/live/hub'
import type { HubMessage, PageMessage, Port } from '@/live/protocol'

import { lastSocket, openScripted, ScriptedSocket } from './socket'

class Page implements Port {
  onmessage: ((event: MessageEvent) => void) | null = null
  heard: HubMessage[] = []
  postMessage(message: unknown): void {
    this.heard.push(message as HubMessage)
  }
  say(message: PageMessage): void {
    this.onmessage?.(new MessageEvent('message', { data: message }))
  }
  changes(): unknown[] {
    return this.heard.filter((message) => message.kind === 'change')
  }
}

const OPEN: PageMessage = { kind: 'open', url: 'ws://localhost', session: 'tab-1' }
let hub: Hub
let page: Page

beforeEach(() => {
  vi.useFakeTimers()
  ScriptedSocket.all = []
  hub = new Hub(openScripted)
  page = new Page()
  hub.attach(page)
  page.say(OPEN)
  page.say({ kind: 'topics', topics: ['agents', 'me'] })
  lastSocket().opens()
})
afterEach(() => {
  page.say({ kind: 'close' })
  vi.useRealTimers()
})

it('gives my own row at once and lists in a flush', () => {
  lastSocket().says({ t: 'me', s: 1, k: 'snap', d: { rows: { me: { n: 1 } } } })
  expect(page.changes()).toHaveLength(1)
  lastSocket().says({ t: 'agents', s: 1, k: 'snap', d: { rows: { a: { n: 1 } } } })
  lastSocket().says({ t: 'agents', s: 2, k: 'delta', d: { set: { a: { n: 2 } }, del: [] } })
  expect(page.changes()).toHaveLength(1)
  vi.advanceTimersByTime(FLUSH_MS)
  expect(page.changes().at(-1)).toEqual({
    kind: 'change',
    change: { topic: 'agents', whole: true, set: { a: { n: 2 } }, del: [] },
  })
})

it('shares one connection and serves a second tab from what it knows', () => {
  lastSocket().says({ t: 'agents', s: 1, k: 'snap', d: { rows: { a: { n: 1 } } } })
  const second = new Page()
  hub.attach(second)
  second.say({ ...OPEN, session: 'tab-2' })
  second.say({ kind: 'topics', topics: ['agents'] })
  expect(ScriptedSocket.all).toHaveLength(1)
  expect(second.changes()).toHaveLength(1)
})

it('beats for a tab only while the tab answers', () => {
  page.say({ kind: 'beating', beating: true })
  const socket = lastSocket()
  const beats = (): number => socket.asked('beat').length
  const pass = (seconds: number): void => {
    for (let second = 0; second < seconds; second += 1) {
      vi.advanceTimersByTime(1_000)
      socket.says({ t: 'tick', at: Date.now() })
    }
  }
  expect(beats()).toBe(1)
  pass(ALIVE_MS / 1_000)
  const whileAlive = beats()
  expect(whileAlive).toBeGreaterThan(2)
  pass(12)
  expect(beats()).toBe(whileAlive)
  page.say({ kind: 'pong' })
  pass(3)
  expect(beats()).toBe(whileAlive + 1)
})

it('begins a new connection for a new session and tells the other tabs', () => {
  const second = new Page()
  hub.attach(second)
  second.say({ ...OPEN, session: 'tab-2' })
  const former = lastSocket()
  second.say({ kind: 'renew', url: 'ws://localhost' })
  expect(former.readyState).toBe(3)
  lastSocket().opens()
  expect(lastSocket().asked('sub').at(-1)).toEqual({ op: 'sub', topics: { agents: null, me: null } })
  expect(page.heard.at(-1)?.kind).toBe('link')
  expect(page.heard.some((message) => message.kind === 'renewed')).toBe(true)
  expect(second.heard.some((message) => message.kind === 'renewed')).toBe(false)
})

it('closes the connection with the last tab', () => {
  page.say({ kind: 'bye' })
  expect(lastSocket().readyState).toBe(3)
})
