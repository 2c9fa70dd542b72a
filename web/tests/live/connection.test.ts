import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { Connection } from '@/live/connection'

import { lastSocket, openScripted, ScriptedSocket } from './socket'

const listener = { changed: vi.fn(), link: vi.fn(), ticked: vi.fn(), woke: vi.fn() }
let connection: Connection

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  ScriptedSocket.all = []
  for (const each of Object.values(listener)) each.mockReset()
  connection = new Connection(listener, () => ['tab-1'], openScripted)
  connection.open('ws://localhost/api/live')
  connection.want(['me'])
})
afterEach(() => {
  connection.close()
  vi.useRealTimers()
})

it('subscribes and beats as soon as it is open, then beats every three seconds', () => {
  const socket = lastSocket()
  socket.opens()
  expect(socket.sent).toEqual([
    { op: 'sub', topics: { me: null } },
    { op: 'beat', session: 'tab-1' },
  ])
  socket.says({ t: 'tick', at: 1 })
  vi.advanceTimersByTime(3_000)
  expect(socket.asked('beat')).toHaveLength(2)
})

it('asks for a snapshot again after a gap', () => {
  const socket = lastSocket()
  socket.opens()
  socket.says({ t: 'me', s: 4, k: 'snap', d: { rows: { me: { n: 1 } } } })
  socket.says({ t: 'me', s: 6, k: 'delta', d: { set: { me: { n: 3 } }, del: [] } })
  expect(socket.asked('sub').at(-1)).toEqual({ op: 'sub', topics: { me: null } })
  expect(listener.changed).toHaveBeenCalledTimes(1)
})

it('names every topic in each subscription, for the server takes it as the whole wish', () => {
  const socket = lastSocket()
  socket.opens()
  socket.says({ t: 'me', s: 4, k: 'snap', d: { rows: {} } })
  connection.want(['me', 'agents'])
  expect(socket.asked('sub').at(-1)).toEqual({ op: 'sub', topics: { me: 4, agents: null } })
})

it('comes back after a loss and resumes where it was', () => {
  const socket = lastSocket()
  socket.opens()
  socket.says({ t: 'me', s: 4, k: 'snap', d: { rows: {} } })
  socket.breaks()
  expect(listener.link).toHaveBeenLastCalledWith('lost')
  vi.advanceTimersByTime(500)
  const next = lastSocket()
  expect(next).not.toBe(socket)
  next.opens()
  expect(next.asked('sub')).toEqual([{ op: 'sub', topics: { me: 4 } }])
  expect(listener.link).toHaveBeenLastCalledWith('open')
})

it('tries for ever, with pauses of ten seconds at most', () => {
  for (let attempt = 0; attempt < 12; attempt += 1) {
    lastSocket().breaks()
    vi.advanceTimersByTime(10_000)
  }
  expect(ScriptedSocket.all.length).toBeGreaterThan(12)
})

it('takes the fastest tick for the clock', () => {
  const socket = lastSocket()
  socket.opens()
  socket.says({ t: 'tick', at: 1_005_000 - 80 })
  socket.says({ t: 'tick', at: 1_005_000 })
  socket.says({ t: 'tick', at: 1_005_000 - 300 })
  expect(listener.ticked).toHaveBeenLastCalledWith(5_000, 1_004_700)
})

it('connects anew when the server falls silent', () => {
  lastSocket().opens()
  vi.advanceTimersByTime(7_000)
  expect(ScriptedSocket.all).toHaveLength(2)
})

it('notices that the machine slept', () => {
  lastSocket().opens()
  vi.setSystemTime(1_000_000 + 60_000)
  vi.advanceTimersByTime(1_000)
  expect(listener.woke).toHaveBeenCalledTimes(1)
  expect(ScriptedSocket.all).toHaveLength(2)
})
