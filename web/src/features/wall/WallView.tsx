/** A board in one of its four layouts, with how old it is. */
import type { CSSProperties, ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { clockTime } from '@/ui/format'

import { useWall } from './link'
import type { BoardRow } from './rows'
import { useFreshness, useShift } from './screen'
import { Foot, QueueLine, QueueTable, WallTile } from './WallParts'

const numbers = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from) }, (_, step) => from + step)

/** How many columns so many figures of equal size stand in. */
const COLUMNS: Record<number, number> = { 1: 1, 2: 2, 3: 3, 4: 2, 5: 3, 6: 3 }

function Tiles({ board, t, from, to, columns }: { board: BoardRow; t: (key: string) => string; from: number; to: number; columns: number }): ReactElement | null {
  if (to <= from) return null
  return (
    <div className="wall-tiles" style={{ '--columns': Math.max(1, columns) } as CSSProperties}>
      {numbers(from, to).map((number) => (
        <WallTile key={number} board={board} t={t} number={number} />
      ))}
    </div>
  )
}

function Content({ board, t }: { board: BoardRow; t: (key: string) => string }): ReactElement {
  const count = board.tiles
  switch (board.layout) {
    case 'figures':
      return <Tiles board={board} t={t} from={0} to={count} columns={COLUMNS[count] ?? 3} />
    case 'queues':
      return (
        <div className="wall-beside">
          <QueueTable board={board} t={t} />
          <Tiles board={board} t={t} from={0} to={count} columns={1} />
        </div>
      )
    case 'focus':
      return (
        <>
          <Tiles board={board} t={t} from={0} to={Math.min(1, count)} columns={1} />
          <Tiles board={board} t={t} from={1} to={count} columns={count - 1} />
        </>
      )
    default:
      return (
        <>
          <Tiles board={board} t={t} from={0} to={Math.min(2, count)} columns={Math.min(2, count)} />
          <Tiles board={board} t={t} from={2} to={count} columns={count - 2} />
          <QueueLine board={board} t={t} />
        </>
      )
  }
}

/** What lies over the board while it is old. */
function Age({ board, t }: { board: BoardRow; t: (key: string, given?: Record<string, unknown>) => string }): ReactElement | null {
  const freshness = useFreshness()
  const tick = useWall((state) => state.tick)
  if (freshness === 'fresh') return null
  const at = clockTime(tick, board.language, board.time_zone)
  return (
    <p className={`wall-age wall-age-${freshness}`} role="status" data-testid="wall-age">
      {freshness === 'broken' ? `■ ${t('wall.broken')}` : '▲'} {t('wall.stopped', { at })}
    </p>
  )
}

export function WallView({ board }: { board: BoardRow }): ReactElement {
  const { i18n } = useTranslation()
  const t = i18n.getFixedT(board.language) as (key: string, given?: Record<string, unknown>) => string
  const freshness = useFreshness()
  const shift = useShift()
  return (
    <main
      className={`wall wall-layout-${board.layout} wall-is-${freshness}`}
      lang={board.language}
      aria-label={board.name}
      data-testid="wall"
      style={{ transform: `translate(${shift.x}px, ${shift.y}px)` }}
    >
      <Content board={board} t={t} />
      <Foot board={board} t={t} isFresh={freshness === 'fresh'} />
      <Age board={board} t={t} />
    </main>
  )
}
