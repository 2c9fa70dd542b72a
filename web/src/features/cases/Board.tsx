/**
 * The board: a column for each state, fifty cards at most, then more. Dragging a card opens the same
 * composer as the action; by keyboard `M` says where it may go.
 */
import { Button, Drawer } from 'antd'
import { useState, type DragEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { cases, type CaseLine } from '@/api/cases'
import { useZone } from '@/api/session'
import { useFollowing } from '@/live/changes'
import { serverNow } from '@/live/clock'
import { CaseMarks, CaseStateTag, PriorityTag } from '@/shared/cases/CaseTags'
import { useCaseNames } from '@/shared/cases/known'
import { Limit } from '@/shared/cases/Limit'
import { nearest } from '@/shared/cases/limits'
import { ErrorBox, Loading } from '@/ui/states'
import type { TableQuery } from '@/ui/tableView'
import { useServerRows } from '@/ui/useServerRows'

import { actionOf } from './actions'
import { useOffered } from './ActionBar'
import { askedOf } from './asked'
import { CaseFilters } from './CaseFilters'
import { Composer } from './Composer'
import { COLUMNS, moveOf, targetsOf, type ColumnName, type Move } from './moves'
import { useCase } from './useCase'

const MOST_CARDS = 50
const NORMAL = 3
const KIND = 'application/x-lianxi-case'

interface Dragged {
  line: CaseLine
  from: ColumnName
}

interface Wanted {
  id: string
  move: Move
}

function Card({ line, from, onDrag, onMove }: { line: CaseLine; from: ColumnName; onDrag: (dragged: Dragged | null) => void; onMove: (to: ColumnName) => void }): ReactElement {
  const { t } = useTranslation()
  const { area } = useCaseNames()
  const [isAsking, setAsking] = useState(false)
  const clock = nearest(line.clocks)
  const drag = (event: DragEvent): void => {
    event.dataTransfer.setData(KIND, line.id)
    event.dataTransfer.effectAllowed = 'move'
    onDrag({ line, from })
  }
  return (
    // Dragging is a shortcut: `M` on the card's link does the same by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li
      className="board-card"
      draggable
      data-testid={`card-${line.id}`}
      onDragStart={drag}
      onDragEnd={() => onDrag(null)}
      onKeyDown={(event) => {
        if (event.key === 'm' || event.key === 'M') setAsking(true)
        if (event.key === 'Escape') setAsking(false)
      }}
    >
      <Link className="figure" to={`/cases/${encodeURIComponent(line.id)}`} aria-keyshortcuts="M">
        {line.number}
      </Link>
      <p>
        {line.priority === NORMAL ? null : <PriorityTag priority={line.priority} />} {line.title}
      </p>
      {line.suspended || line.state === 'withdrawn' ? <CaseStateTag state={line.state} isSuspended={line.suspended} /> : null}
      {line.area === null ? null : <span className="quiet">{area(line.area)}</span>}
      {clock === null ? null : <Limit clock={clock} />}
      <CaseMarks {...line} />
      {isAsking ? (
        <span className="board-moves" role="group" aria-label={t('casework.move_to')}>
          {targetsOf(from).map((to, at) => (
            <Button key={to} size="small" autoFocus={at === 0} data-testid={`move-${to}`} onClick={() => onMove(to)}>
              {t(`casework.list.${to}`)}
            </Button>
          ))}
        </span>
      ) : null}
    </li>
  )
}

interface ColumnProps {
  name: ColumnName
  query: TableQuery
  dragged: Dragged | null
  onDrag: (dragged: Dragged | null) => void
  onMove: (dragged: Dragged, to: ColumnName) => void
}

function BoardColumn({ name, query, dragged, onDrag, onMove }: ColumnProps): ReactElement {
  const { t } = useTranslation()
  const zone = useZone()
  const rows = useServerRows<CaseLine>(
    ['cases', 'board', name, query.order, query.filters],
    (cursor) => cases.find({ ...askedOf(query.filters, zone, serverNow()), list: name, sort: query.order, limit: MOST_CARDS, cursor }),
    useFollowing(),
  )
  const isTarget = dragged !== null && moveOf(dragged.from, name) !== undefined
  const count = `${rows.rows.length}${rows.hasMore ? '+' : ''}`
  return (
    // Cards are dropped here; by keyboard they are sent from where they are.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      className={isTarget ? 'board-column board-target' : 'board-column'}
      aria-label={t(`casework.list.${name}`)}
      data-testid={`column-${name}`}
      onDragOver={(event) => {
        if (isTarget) event.preventDefault()
      }}
      onDrop={(event) => {
        event.preventDefault()
        if (dragged !== null) onMove(dragged, name)
        onDrag(null)
      }}
    >
      <h2>
        {t(`casework.list.${name}`)} <span className="quiet figure">{count}</span>
      </h2>
      {rows.isPending ? <Loading rows={3} /> : null}
      {rows.error === null ? null : <ErrorBox error={rows.error} onRetry={rows.retry} />}
      {!rows.isPending && rows.error === null && rows.rows.length === 0 ? <p className="quiet">{t('casework.column_empty')}</p> : null}
      <ul className="board-cards">
        {rows.rows.map((line) => (
          <Card key={line.id} line={line} from={name} onDrag={onDrag} onMove={(to) => onMove({ line, from: name }, to)} />
        ))}
      </ul>
      {rows.hasMore ? (
        <Button size="small" loading={rows.isFetchingMore} onClick={rows.more}>
          {t('table.more')}
        </Button>
      ) : null}
    </section>
  )
}

/** The composer of a move, over the present work order. */
function MoveDrawer({ wanted, onClose }: { wanted: Wanted; onClose: () => void }): ReactElement {
  const found = useCase(wanted.id)
  return (
    <Drawer open onClose={onClose} title={found.data === undefined ? '' : `${found.data.number} ${found.data.title}`} size={520} destroyOnHidden data-testid="move-drawer">
      {found.isPending ? <Loading rows={4} /> : null}
      {found.isError ? <ErrorBox error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.data === undefined ? null : <MoveForm it={found.data} move={wanted.move} onClose={onClose} />}
    </Drawer>
  )
}

function MoveForm({ it, move, onClose }: { it: NonNullable<ReturnType<typeof useCase>['data']>; move: Move; onClose: () => void }): ReactElement {
  const action = actionOf(move.event)
  const offered = useOffered(it).find((each) => each.action.event === move.event)
  if (action === undefined || offered === undefined || offered.whyNot !== null) {
    return (
      <p role="alert" data-testid="move-refused">
        <span aria-hidden="true">■ </span>
        {offered?.whyNot}
      </p>
    )
  }
  return <Composer it={it} action={action} {...(move.first === undefined ? {} : { first: move.first })} onDone={onClose} onClose={onClose} />
}

export function Board({ query }: { query: TableQuery }): ReactElement {
  const [dragged, setDragged] = useState<Dragged | null>(null)
  const [wanted, setWanted] = useState<Wanted | null>(null)
  const move = ({ line, from }: Dragged, to: ColumnName): void => {
    const found = moveOf(from, to)
    if (found !== undefined) setWanted({ id: line.id, move: found })
  }
  return (
    <>
      <div className="table-line">
        <CaseFilters query={query} />
      </div>
      <div className="board" data-testid="board">
        {COLUMNS.map((name) => (
          <BoardColumn key={name} name={name} query={query} dragged={dragged} onDrag={setDragged} onMove={move} />
        ))}
      </div>
      {wanted === null ? null : <MoveDrawer key={`${wanted.id} ${wanted.move.event}`} wanted={wanted} onClose={() => setWanted(null)} />}
    </>
  )
}
