/** The rows of the list, newest first. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { ContactRecord } from '@/api/schema'
import { useZone } from '@/api/session'
import { durationOrDash, nameIn, shortDateTime } from '@/ui/format'

import { dispositionWord } from './words'

const COLUMNS = [
  'arrived',
  'number',
  'queue',
  'agent',
  'outcome',
  'waited',
  'talk',
  'hold',
  'wrap_up',
  'disposition',
  'ended_by',
  'recording',
] as const
const NUMBERS = new Set<string>(['waited', 'talk', 'hold', 'wrap_up'])

function Row({ record }: { record: ContactRecord }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  return (
    <tr data-testid={`record-row-${record.id}`} data-outcome={record.outcome}>
      <th scope="row">
        <Link to={`/records/${encodeURIComponent(record.id)}`} className="figure">
          {shortDateTime(record.arrived_at, i18n.language, zone)}
        </Link>
      </th>
      <td className="figure">
        {record.number || '—'} {record.name ?? ''}
      </td>
      <td>{nameIn(i18n.language, record.queue)}</td>
      <td>{record.agent === null ? '—' : `${record.agent.no} ${record.agent.name}`}</td>
      <td>{t(`outcome.${record.outcome}`)}</td>
      <td className="number">{durationOrDash(record.waited_ms)}</td>
      <td className="number">{durationOrDash(record.talk_ms)}</td>
      <td className="number">{durationOrDash(record.hold_ms)}</td>
      <td className="number">{durationOrDash(record.wrap_up_ms)}</td>
      <td>{dispositionWord(i18n.language, record.disposition)}</td>
      <td>{record.ended_by === null ? '—' : t(`ended_by.${record.ended_by}`)}</td>
      <td>{record.outcome === 'in_progress' ? '—' : t(`recording_state.${record.recording_state}`)}</td>
    </tr>
  )
}

export function RecordTable({ items }: { items: ContactRecord[] }): ReactElement {
  const { t } = useTranslation()
  return (
    <div className="scroll">
      <table className="grid" aria-label={t('records.title')}>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className={NUMBERS.has(column) ? 'number' : ''}>
                {t(`records.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((record) => (
            <Row key={record.id} record={record} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
