/** The same agents as tiles: for a floor plan at a glance. Plain elements, painted only when in sight. */
import { memo, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { AgentRow } from '@/api/schema'
import { useRow } from '@/live/hooks'
import { reasonName } from '@/ui/reasons'
import { StatusTag } from '@/ui/StatusTag'

import { InState, type RowGiven } from './AgentList'

const Card = memo(function Card({ id, isChosen, onOpen, queueNames, reasons }: RowGiven): ReactElement | null {
  const { i18n, t } = useTranslation()
  const row = useRow<AgentRow>('agents', id)
  if (row === undefined) return null
  return (
    <button
      type="button"
      className={isChosen ? 'agent-card agent-chosen' : 'agent-card'}
      onClick={() => onOpen(id)}
      data-testid={`card-agent-${id}`}
      data-state={row.state}
    >
      <span className="agent-card-who">
        <span className="figure">{row.no}</span> {row.name}
        {row.help ? <span className="over" title={t('live.asks_help', { words: row.help.words })}> ▲</span> : null}
      </span>
      <span className="row">
        <StatusTag state={row.state} detail={row.state === 'not_ready' ? reasonName(i18n.language, reasons, row.reason) : null} />
        <span className="grow" />
        {row.state === 'signed_out' ? null : <InState row={row} />}
      </span>
      <span className="quiet">{row.queue === null ? ' ' : (queueNames.get(row.queue) ?? row.queue)}</span>
    </button>
  )
})

interface CardsProps extends Omit<RowGiven, 'id' | 'isChosen'> {
  ids: readonly string[]
  chosen: string
  onInside: (isInside: boolean) => void
}

export function AgentCards({ ids, chosen, onInside, ...given }: CardsProps): ReactElement {
  const { t } = useTranslation()
  return (
    <div className="agent-cards" role="group" aria-label={t('live.agents')} onPointerEnter={() => onInside(true)} onPointerLeave={() => onInside(false)}>
      {ids.map((id) => (
        <Card key={id} {...given} id={id} isChosen={id === chosen} />
      ))}
    </div>
  )
}
