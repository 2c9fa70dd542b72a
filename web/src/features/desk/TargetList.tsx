/** Queues, colleagues and numbers, each with its state and, where it cannot be done, the reason. */
import { useEffect, useRef, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { TargetRow } from '@/api/handing'
import type { DeskState } from '@/api/schema'
import { duration, nameIn } from '@/ui/format'
import { StatusTag } from '@/ui/StatusTag'

import { whyNotText } from './actions'
import type { Way } from './panel'
import { against, keyOf } from './targets'

function Standing({ row }: { row: TargetRow }): ReactElement | null {
  const { t } = useTranslation()
  if (row.kind === 'agent') return <StatusTag state={(row.state ?? 'signed_out') as DeskState} detail={null} />
  if (row.kind !== 'queue') return <span className="quiet">{t('hand.outside')}</span>
  const wait = row.wait_ms === null ? '—' : duration(row.wait_ms)
  return <span className="figure">{t('hand.queue_standing', { ready: row.ready ?? 0, waiting: row.waiting ?? 0, wait })}</span>
}

interface RowProps {
  row: TargetRow
  way: Way
  isChosen: boolean
  onChoose: () => void
}

function Row({ row, way, isChosen, onChoose }: RowProps): ReactElement {
  const { i18n } = useTranslation()
  const self = useRef<HTMLDivElement>(null)
  const code = against(row, way)
  useEffect(() => {
    if (isChosen) self.current?.scrollIntoView?.({ block: 'nearest' })
  }, [isChosen])
  const name = row.kind === 'queue' ? nameIn(i18n.language, row) : row.name
  return (
    // The field above has the focus and the arrows; a click only chooses.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      ref={self}
      id={`target-${keyOf(row).replace(' ', '-')}`}
      role="option"
      aria-selected={isChosen}
      aria-disabled={code !== null}
      className={`target${isChosen ? ' target-chosen' : ''}${code === null ? '' : ' target-off'}`}
      data-testid={`target-${row.kind}-${row.id}`}
      tabIndex={-1}
      onClick={onChoose}
    >
      <span className="target-name">
        <b title={name}>{name}</b>
        <span className="quiet">{[row.no, row.team].filter(Boolean).join(' · ')}</span>
      </span>
      <span className="target-standing">
        <Standing row={row} />
        {/* That somebody is signed out stands above already. */}
        {code === null || row.state === 'signed_out' ? null : <span className="quiet">{whyNotText(code)}</span>}
      </span>
    </div>
  )
}

interface Props {
  rows: TargetRow[]
  way: Way
  chosen: TargetRow | null
  sought: string
  onChoose: (key: string) => void
}

export function TargetList({ rows, way, chosen, sought, onChoose }: Props): ReactElement {
  const { t } = useTranslation()
  if (rows.length === 0) {
    return <p className="quiet">{sought.trim() === '' ? t('hand.nobody') : t('hand.none_found', { sought: sought.trim() })}</p>
  }
  return (
    <div className="targets" id="hand-targets" role="listbox" aria-label={t('hand.targets')}>
      {rows.map((row) => (
        <Row
          key={keyOf(row)}
          row={row}
          way={way}
          isChosen={chosen !== null && keyOf(row) === keyOf(chosen)}
          onChoose={() => onChoose(keyOf(row))}
        />
      ))}
    </div>
  )
}
