/** The parts of a board: one figure, the line of queues, the table of queues, the foot. */
import type { CSSProperties, ReactElement } from 'react'
import { useShallow } from 'zustand/react/shallow'

import { Timer, useSeconds } from '@/ui/clock'
import { clockTime, nameIn, textIn } from '@/ui/format'

import { useWall, useWallRow } from './link'
import type { BoardRow, QueueRow, TileRow } from './rows'
import { byNeed, emsOf, queueVerdict, SHAPES, textAt, valueAt, verdictOf, written, type Verdict } from './verdict'

export type Words = (key: string, given?: Record<string, unknown>) => string

interface Part {
  board: BoardRow
  t: Words
}

function Mark({ verdict, t }: { verdict: Verdict | null; t: Words }): ReactElement | null {
  if (verdict === null) return null
  return (
    <span className={`wall-${verdict}`} role="img" aria-label={t(`wall.verdict.${verdict}`)}>
      {SHAPES[verdict]}
    </span>
  )
}

/** The shape before a value, with its gap. */
const MARK_EMS = 0.85

/** One figure: what it is, its value, its target. */
export function WallTile({ board, t, number }: Part & { number: number }): ReactElement | null {
  const tile = useWallRow<TileRow>(`tile:${number}`)
  const now = useSeconds() * 1000
  if (tile === undefined) return null
  const text = textAt(tile, now)
  const verdict = verdictOf(valueAt(tile, now), tile.target, tile.direction)
  const label = textIn(board.language, tile.label, tile.label_en)
  const isDown = tile.direction === 'down'
  return (
    <section className="wall-tile" data-testid={`wall-tile-${number}`} data-formula={tile.formula ?? undefined}>
      <h2>
        {tile.queue === null ? null : <span className="wall-of">{nameIn(board.language, tile.queue)} · </span>}
        {label}
      </h2>
      <p className={`wall-value wall-${verdict ?? 'plain'}`} style={{ '--ems': Math.max(2, emsOf(text) + (verdict === null ? 0 : MARK_EMS)) } as CSSProperties}>
        <Mark verdict={verdict} t={t} />
        <b>{text}</b>
      </p>
      <p className="wall-target">
        {tile.target === null ? ' ' : t('wall.target', { target: `${isDown ? '≤' : '≥'}${written(tile.target, tile.unit)}` })}
      </p>
    </section>
  )
}

function useQueues(ids: readonly string[]): QueueRow[] {
  return useWall(
    useShallow((state) => ids.map((id) => state.rows[`queue:${id}`] as unknown as QueueRow | undefined).filter((row) => row !== undefined)),
  )
}

const SHOWN_IN_LINE = 4

/** The queues that need somebody most, in one line. */
export function QueueLine({ board, t }: Part): ReactElement | null {
  const now = useSeconds() * 1000
  const queues = byNeed(useQueues(board.queues), now)
  if (queues.length === 0) return null
  const rest = queues.length - SHOWN_IN_LINE
  return (
    <ul className="wall-line" aria-label={t('wall.queues')}>
      {queues.slice(0, SHOWN_IN_LINE).map((queue) => (
        <li key={queue.id}>
          <span className="wall-name">{nameIn(board.language, queue)}</span> <Mark verdict={queueVerdict(queue, now)} t={t} />
          <b>{queue.waiting}</b> {queue.longest_since === null ? '' : <Timer since={queue.longest_since} />}
        </li>
      ))}
      {rest > 0 ? <li className="wall-rest">{t('wall.more_queues', { count: rest })}</li> : null}
    </ul>
  )
}

export function QueueTable({ board, t }: Part): ReactElement {
  const now = useSeconds() * 1000
  const queues = useQueues(board.queues)
  return (
    <table className="wall-table" style={{ '--rows': Math.max(1, queues.length) } as CSSProperties}>
      <thead>
        <tr>
          <th scope="col">{t('wall.queue')}</th>
          <th scope="col">{t('wall.waiting')}</th>
          <th scope="col">{t('wall.longest')}</th>
          <th scope="col">{t('wall.ready')}</th>
        </tr>
      </thead>
      <tbody>
        {queues.map((queue) => (
          <tr key={queue.id} className={`wall-${queueVerdict(queue, now)}`}>
            <th scope="row">
              <Mark verdict={queueVerdict(queue, now)} t={t} /> <span className="wall-name">{nameIn(board.language, queue)}</span>
            </th>
            <td>{queue.waiting}</td>
            <td>{queue.longest_since === null ? '—' : <Timer since={queue.longest_since} />}</td>
            <td>{queue.unstaffed ? t('wall.nobody') : queue.ready}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The notice, and the clock that is always there. */
export function Foot({ board, t, isFresh }: Part & { isFresh: boolean }): ReactElement {
  const now = useSeconds() * 1000
  return (
    <footer className="wall-foot">
      <span className="wall-board">{board.name}</span>
      <span className="wall-notice">{board.notice === '' ? '' : t('wall.notice', { notice: board.notice })}</span>
      <span className="wall-clock">
        {clockTime(now, board.language, board.time_zone)} <span className={isFresh ? 'wall-met' : 'wall-missed'}>{isFresh ? '●' : '■'}</span>
      </span>
    </footer>
  )
}
