import { act, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { ASK_AGAIN_MS, openWall, tokenIn, useWall } from '@/features/wall/link'
import type { BoardRow, TileRow } from '@/features/wall/rows'
import { freshnessOf, isDue, shiftAt } from '@/features/wall/screen'
import { emsOf, verdictOf, written } from '@/features/wall/verdict'
import { keptTarget, typedTarget } from '@/features/wall/draft'

import { ScriptedSocket } from '../live/socket'
import { begin, end, open } from '../reports/server'

const BOARD: BoardRow = {
  id: 'w1',
  revision: 1,
  name: '大厅',
  layout: 'mixed',
  language: 'zh-CN',
  notice: '退款接口延迟',
  time_zone: 'Asia/Shanghai',
  build: 'b1',
  tiles: 1,
  queues: [],
}
const TILE: TileRow = { metric: 'service_level', label: '服务水平', label_en: 'Service level', unit: 'ratio', formula: 'K21.SL1', direction: 'up', target: 0.8, queue: null, value: 0.74, since: null }

class WallSocket extends ScriptedSocket {
  static last: WallSocket
  closed: (event: { code: number }) => void = () => undefined
  constructor(url: string) {
    super(url)
    WallSocket.last = this
  }
  addEventListener(_: string, listener: (event: { code: number }) => void): void {
    this.closed = listener
  }
}
const scripted = (url: string): WebSocket => new WallSocket(url) as unknown as WebSocket

it('a target has three verdicts, from below or from above, and none without a direction', () => {
  expect(verdictOf(0.8, 0.8, 'up')).toBe('met')
  expect(verdictOf(0.74, 0.8, 'up')).toBe('near')
  expect(verdictOf(0.6, 0.8, 'up')).toBe('missed')
  expect(verdictOf(9, 5, 'down')).toBe('missed')
  expect(verdictOf(5, 5, 'down')).toBe('met')
  expect(verdictOf(9, 5, 'watch')).toBeNull()
  expect(verdictOf(null, 5, 'down')).toBeNull()
})

it('percent has no decimals, but a missed target never looks like a met one', () => {
  expect(written(0.742, 'ratio', 0.8)).toBe('74%')
  expect(written(0.798, 'ratio', 0.8)).toBe('79.8%')
  expect(written(138, 's')).toBe('02:18')
  expect(written(null, 'count')).toBe('—')
  expect(emsOf('02:18')).toBeGreaterThan(emsOf('9'))
})

it('targets are typed as percent and kept as shares', () => {
  expect(typedTarget(0.8, 'ratio')).toBe(80)
  expect(keptTarget(80, 'ratio')).toBe(0.8)
  expect(keptTarget(60, 's')).toBe(60)
  expect(keptTarget(null, 's')).toBeNull()
})

it('grey after three seconds of silence, broken after thirty', () => {
  expect(freshnessOf(1_000, 0, 3_900)).toBe('fresh')
  expect(freshnessOf(1_000, 0, 4_100)).toBe('grey')
  expect(freshnessOf(1_000, 0, 31_100)).toBe('broken')
  expect(freshnessOf(0, 0, 3_500)).toBe('grey')
})

it('another place each ten minutes, never more than one pixel away', () => {
  const places = [0, 1, 2, 3].map((step) => shiftAt(step * 600_000))
  expect(new Set(places.map((place) => `${place.x} ${place.y}`)).size).toBe(4)
  expect(shiftAt(4 * 600_000)).toEqual(places[0])
})

it('the page is loaded anew at four at night once it has lived, and for newer pages', () => {
  const four = Date.UTC(2026, 10, 20, 20, 10)
  expect(isDue(BOARD, 'b1', four - 10 * 3_600_000, four)).toBe(true)
  expect(isDue(BOARD, 'b1', four - 60_000, four)).toBe(false)
  expect(isDue(BOARD, 'b1', 0, four + 3_600_000)).toBe(false)
  expect(isDue({ ...BOARD, build: 'b2' }, 'b1', four, four)).toBe(true)
})

it('only what looks like a token is one', () => {
  expect(tokenIn('#abcdefghijklmnopqrstuvwxyz')).toBe('abcdefghijklmnopqrstuvwxyz')
  expect(tokenIn('#top')).toBe('')
})

describe('the link of a board', () => {
  let close: () => void
  beforeEach(() => {
    vi.useFakeTimers()
    close = openWall('w1', 'token', scripted)
    WallSocket.last.opens()
  })
  afterEach(() => {
    close()
    vi.useRealTimers()
  })

  it('R14: a missed change is made good by a snapshot', () => {
    const socket = WallSocket.last
    expect(socket.asked('sub')).toEqual([{ op: 'sub', topics: { wall: null } }])
    socket.says({ t: 'wall', s: 5, k: 'snap', d: { rows: { board: BOARD } } })
    socket.says({ t: 'wall', s: 7, k: 'delta', d: { set: { board: { ...BOARD, notice: 'lost' } }, del: [] } })
    expect(socket.asked('sub')).toHaveLength(2)
    expect((useWall.getState().rows['board'] as unknown as BoardRow).notice).toBe('退款接口延迟')
    socket.says({ t: 'wall', s: 8, k: 'snap', d: { rows: { board: { ...BOARD, notice: 'now' } } } })
    expect((useWall.getState().rows['board'] as unknown as BoardRow).notice).toBe('now')
  })

  it('comes back for ever after a loss', () => {
    for (let round = 0; round < 20; round += 1) {
      const before = WallSocket.last
      before.breaks()
      vi.advanceTimersByTime(11_000)
      expect(WallSocket.last).not.toBe(before)
    }
    expect(useWall.getState().refused).toBeNull()
  })

  it('a revoked link says so, shows nothing any more, and asks once a minute', () => {
    const socket = WallSocket.last
    socket.says({ t: 'wall', s: 5, k: 'snap', d: { rows: { board: BOARD } } })
    socket.closed({ code: 4401 })
    socket.breaks()
    expect(useWall.getState()).toMatchObject({ refused: 'revoked', rows: {} })
    vi.advanceTimersByTime(ASK_AGAIN_MS - 1_000)
    expect(WallSocket.last).toBe(socket)
    vi.advanceTimersByTime(2_000)
    expect(WallSocket.last).not.toBe(socket)
  })
})

describe('the page', () => {
  beforeEach(begin)
  afterEach(end)

  it('shows value, target and a shape with a word, and its clock; a screen has no tools', async () => {
    open('/wall/w1#abcdefghijklmnopqrstuvwxyz')
    await screen.findByTestId('wall-word')
    act(() => useWall.setState({ rows: { board: BOARD as never, 'tile:0': TILE as never }, heard: Date.now(), tick: Date.now() }))
    const tile = await screen.findByTestId('wall-tile-0')
    expect(tile.textContent).toContain('▲74%')
    expect(tile.textContent).toContain('目标 ≥80%')
    expect(tile.dataset['formula']).toBe('K21.SL1')
    expect(screen.getByRole('img', { name: '接近' })).toBeTruthy()
    expect(screen.getByTestId('wall').textContent).toMatch(/\d\d:\d\d:\d\d/)
    expect(screen.queryByTestId('wall-edit')).toBeNull()
    act(() => useWall.setState({ heard: Date.now() - 31_000 }))
    expect((await screen.findByTestId('wall-age')).textContent).toContain('数据中断')
  })
})
