/**
 * Agents, trouble first: a thousand of them, of which only those in sight are drawn. Each row listens
 * to its own agent only. The order stands still while a person is in the list or has frozen it.
 */
import { useVirtualizer } from '@tanstack/react-virtual'
import { Button } from 'antd'
import { memo, useEffect, useRef, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { AgentRow, CodeRef } from '@/api/schema'
import { useNow, useRow } from '@/live/hooks'
import { Timer } from '@/ui/clock'
import { reasonName } from '@/ui/reasons'
import { StatusTag } from '@/ui/StatusTag'

import { Remind } from './Remind'
import type { Reminding } from './reminding'
import { useAlarmRules } from './alarmRules'
import { isOverlong } from './severity'

export const ROW_PX = 36
const COLUMNS = ['no', 'name', 'team', 'state', 'in_state', 'queue', 'number', 'answered', 'act'] as const
const NUMBERS = new Set<string>(['in_state', 'answered'])
const TALKS = new Set(['talking', 'hold'])

export function InState({ row }: { row: AgentRow }): ReactElement {
  const { t } = useTranslation()
  const isOver = isOverlong(row, useNow(), useAlarmRules())
  return (
    <span className={isOver ? 'over' : ''} title={row.overstayed ? t('live.overstayed') : undefined}>
      <Timer since={row.since} />
      {row.overstayed ? <span aria-label={t('live.overstayed')}> ▲</span> : null}
      {isOver && !row.overstayed ? <span aria-hidden="true"> ▲</span> : null}
    </span>
  )
}

export interface RowGiven {
  id: string
  isChosen: boolean
  onOpen: (id: string) => void
  /** Listen at once; `null` where that is not allowed. */
  onListen: ((id: string) => void) | null
  reminding: Reminding
  queueNames: Map<string, string>
  reasons: readonly CodeRef[]
}

const lineOf = (id: string): string => `agent-line-${id}`

const Line = memo(function Line({ id, isChosen, onOpen, onListen, reminding, queueNames, reasons, top, at }: RowGiven & { top: number; at: number }): ReactElement | null {
  const { t, i18n } = useTranslation()
  const row = useRow<AgentRow>('agents', id)
  if (row === undefined) return null
  const reason = row.state === 'not_ready' ? reasonName(i18n.language, reasons, row.reason) : null
  return (
    <div
      role="row"
      aria-rowindex={at + 2}
      aria-selected={isChosen}
      className={isChosen ? 'agent-line agent-chosen' : 'agent-line'}
      style={{ transform: `translateY(${top}px)` }}
      id={lineOf(id)}
      data-testid={`board-agent-${id}`}
      data-state={row.state}
    >
      <span role="gridcell" className="figure">
        {row.no}
      </span>
      <span role="rowheader">
        <button type="button" className="plain-button" tabIndex={isChosen ? 0 : -1} onClick={() => onOpen(id)} title={row.name}>
          {row.name}
        </button>
        {row.help ? <span className="over" title={t('live.asks_help', { words: row.help.words })}> ▲</span> : null}
        {row.monitoring ? <span title={t('live.is_in_on')}> ◉</span> : null}
      </span>
      <span role="gridcell" title={row.team}>
        {row.team ?? '—'}
      </span>
      <span role="gridcell">
        <StatusTag state={row.state} detail={reason} />
      </span>
      <span role="gridcell" className="number">
        {row.state === 'signed_out' ? '—' : <InState row={row} />}
      </span>
      <span role="gridcell">{row.queue === null ? '—' : (queueNames.get(row.queue) ?? row.queue)}</span>
      <span role="gridcell" className="figure">
        {row.number || '—'}
      </span>
      <span role="gridcell" className="number">
        {row.answered_today}
      </span>
      <span role="gridcell">
        {onListen !== null && TALKS.has(row.state) ? (
          <Button size="small" tabIndex={isChosen ? 0 : -1} onClick={() => onListen(id)} data-testid={`listen-${id}`}>
            {t('live.mode.listen')}
          </Button>
        ) : null}
        {row.overstayed ? <Remind agent={row} reminding={reminding} /> : null}
      </span>
    </div>
  )
})

const PAGE = 8

/** Where Home, End and the page keys lead; -1 for other keys. */
function leap(key: string, at: number, count: number): number {
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  if (key === 'PageDown') return Math.min(count - 1, Math.max(0, at) + PAGE)
  return key === 'PageUp' ? Math.max(0, at - PAGE) : -1
}

export interface AgentListProps extends Omit<RowGiven, 'id' | 'isChosen'> {
  ids: readonly string[]
  chosen: string
  onInside: (isInside: boolean) => void
}

export function AgentList({ ids, chosen, onInside, ...given }: AgentListProps): ReactElement {
  const { t } = useTranslation()
  const frame = useRef<HTMLDivElement>(null)
  const lines = useVirtualizer({ count: ids.length, getScrollElement: () => frame.current, estimateSize: () => ROW_PX, overscan: 8, getItemKey: (at) => ids[at] ?? at })
  const at = ids.indexOf(chosen)
  useEffect(() => {
    if (at >= 0) lines.scrollToIndex(at)
    // Only when another one is chosen: who scrolls away is not brought back.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [chosen])
  return (
    <div onPointerEnter={() => onInside(true)} onPointerLeave={() => onInside(false)} onFocus={() => onInside(true)} onBlur={() => onInside(false)}>
      {/* One stop for Tab, then the buttons of the chosen line; arrows are the page's own keys. */}
      <div
        ref={frame}
        className="agent-list"
        role="grid"
        aria-label={t('live.agents')}
        aria-rowcount={ids.length + 1}
        aria-activedescendant={at < 0 ? undefined : lineOf(chosen)}
        tabIndex={0}
        onKeyDown={(event) => {
          const id = ids[leap(event.key, at, ids.length)]
          if (id === undefined) return
          event.preventDefault()
          given.onOpen(id)
        }}
      >
        <div role="rowgroup" className="agent-head">
          <div role="row" className="agent-line" aria-rowindex={1}>
            {COLUMNS.map((column) => (
              <span key={column} role="columnheader" className={NUMBERS.has(column) ? 'number' : ''}>
                {t(`live.column.${column}`)}
              </span>
            ))}
          </div>
        </div>
        <div role="rowgroup" className="agent-lines" style={{ height: lines.getTotalSize() }}>
          {lines.getVirtualItems().map((item) => {
            const id = ids[item.index]
            return id === undefined ? null : <Line key={item.key} {...given} id={id} at={item.index} isChosen={id === chosen} top={item.start} />
          })}
        </div>
      </div>
    </div>
  )
}
