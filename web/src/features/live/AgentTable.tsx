/** Agents, trouble first. The order stands still while a person is in the table or has pinned it. */
import { memo, useCallback, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { AgentRow, CodeRef } from '@/api/schema'
import { serverNow } from '@/live/clock'
import { useIsKnown, useNow, useRow, useRowIds } from '@/live/hooks'
import { Timer } from '@/ui/clock'
import { reasonName } from '@/ui/reasons'
import { EmptyState, Loading } from '@/ui/states'
import { StatusTag } from '@/ui/StatusTag'

import { byNumber, byTrouble, isOverlong } from './severity'

export type Sort = 'trouble' | 'number'

function InState({ row }: { row: AgentRow }): ReactElement {
  const { t } = useTranslation()
  const isOver = isOverlong(row, useNow())
  return (
    <span className={isOver ? 'over' : ''} title={row.overstayed ? t('live.overstayed') : undefined}>
      <Timer since={row.since} />
      {row.overstayed ? <span aria-label={t('live.overstayed')}> ▲</span> : null}
      {isOver && !row.overstayed ? <span aria-hidden="true"> ▲</span> : null}
    </span>
  )
}

interface RowProps {
  id: string
  onOpen: (id: string) => void
  queueNames: Map<string, string>
  reasons: readonly CodeRef[]
}

const Row = memo(function Row({ id, onOpen, queueNames, reasons }: RowProps): ReactElement | null {
  const { i18n } = useTranslation()
  const row = useRow<AgentRow>('agents', id)
  if (row === undefined) return null
  const reason = row.state === 'not_ready' ? reasonName(i18n.language, reasons, row.reason) : null
  return (
    <tr data-testid={`board-agent-${id}`} data-state={row.state}>
      <td className="figure">{row.no}</td>
      <th scope="row">
        <button type="button" className="plain-button" onClick={() => onOpen(id)}>
          {row.name}
        </button>
      </th>
      <td>{row.team ?? '—'}</td>
      <td>
        <StatusTag state={row.state} detail={reason} />
      </td>
      <td className="number">
        {row.state === 'signed_out' ? '—' : <InState row={row} />}
      </td>
      <td>{row.queue === null ? '—' : (queueNames.get(row.queue) ?? row.queue)}</td>
      <td className="figure">{row.number || '—'}</td>
      <td className="number">{row.answered_today}</td>
    </tr>
  )
})

/** The order as it is, or as it was when the freezing began. New agents go to the end. */
function useOrder(sort: Sort, isFrozen: boolean): string[] {
  const order = useCallback(
    (rows: [string, AgentRow][]) => (sort === 'trouble' ? byTrouble(rows, serverNow()) : byNumber(rows)),
    [sort],
  )
  const current = useRowIds<AgentRow>('agents', order)
  const [held, setHeld] = useState<string[] | null>(null)
  if (isFrozen && held === null) setHeld(current)
  if (!isFrozen && held !== null) setHeld(null)
  if (!isFrozen || held === null) return current
  const known = new Set(current)
  const kept = held.filter((id) => known.has(id))
  return [...kept, ...current.filter((id) => !kept.includes(id))]
}

export interface AgentTableProps {
  sort: Sort
  isPinned: boolean
  onOpen: (id: string) => void
  queueNames: Map<string, string>
  reasons: readonly CodeRef[]
}

const COLUMNS = ['no', 'name', 'team', 'state', 'in_state', 'queue', 'number', 'answered'] as const
const NUMBERS = new Set<string>(['in_state', 'answered'])

export function AgentTable({ sort, isPinned, onOpen, queueNames, reasons }: AgentTableProps): ReactElement {
  const { t } = useTranslation()
  const [isInside, setInside] = useState(false)
  const ids = useOrder(sort, isPinned || isInside)
  if (!useIsKnown('agents')) return <Loading />
  if (ids.length === 0) return <EmptyState title={t('live.no_agents')} why={t('live.no_agents_why')} />
  return (
    <div
      className="scroll"
      onPointerEnter={() => setInside(true)}
      onPointerLeave={() => setInside(false)}
      onFocus={() => setInside(true)}
      onBlur={() => setInside(false)}
    >
      <table className="grid" aria-label={t('live.agents')}>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className={NUMBERS.has(column) ? 'number' : ''}>
                {t(`live.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ids.map((id) => (
            <Row key={id} id={id} onOpen={onOpen} queueNames={queueNames} reasons={reasons} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
