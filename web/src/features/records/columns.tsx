/** The columns of the list; on a telephone one column tells the whole line. */
import { type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { ContactRecord } from '@/api/schema'
import { useZone } from '@/api/session'
import type { Column } from '@/ui/DataTable'
import { durationOrDash, nameIn, regionIn, shortDateTime } from '@/ui/format'

import { dispositionWord } from './words'

export const pathOf = (id: string): string => `/records/${encodeURIComponent(id)}`

const ARROWS: Record<string, string> = { inbound: '↙', outbound: '↗', internal: '⇄' }

function Who({ record }: { record: ContactRecord }): ReactElement {
  const { t } = useTranslation()
  return (
    <>
      <span title={t(`direction.${record.direction}`)} aria-label={t(`direction.${record.direction}`)} role="img">
        {ARROWS[record.direction]}
      </span>{' '}
      <span className="figure">{record.number || '—'}</span> {record.name ?? ''}
    </>
  )
}

function Region({ region }: { region: NonNullable<ContactRecord['region']> }): ReactElement {
  const { i18n } = useTranslation()
  return <>{regionIn(i18n.language, region)}</>
}

function When({ record }: { record: ContactRecord }): ReactElement {
  const { i18n } = useTranslation()
  const zone = useZone()
  return (
    <Link className="figure" to={pathOf(record.id)} data-testid={`record-${record.id}`}>
      {shortDateTime(record.arrived_at, i18n.language, zone)}
    </Link>
  )
}

function Sound({ record }: { record: ContactRecord }): ReactElement {
  const { t } = useTranslation()
  if (record.outcome === 'in_progress') return <>—</>
  return <>{t(`recording_state.${record.recording_state}`)}</>
}

/** All of it in two lines. */
function Whole({ record }: { record: ContactRecord }): ReactElement {
  const { t, i18n } = useTranslation()
  return (
    <span className="record-whole">
      <span className="row">
        <When record={record} /> <Who record={record} />
      </span>
      <span className="quiet">
        {t(`outcome.${record.outcome}`)} · {nameIn(i18n.language, record.queue)} · {record.agent?.name ?? '—'} ·{' '}
        {durationOrDash(record.talk_ms)} · <Sound record={record} />
      </span>
    </span>
  )
}

export function useColumns(isNarrow: boolean): Column<ContactRecord>[] {
  const { t, i18n } = useTranslation()
  const title = (key: string): string => t(`records.column.${key}`)
  if (isNarrow) return [{ key: 'whole', title: t('records.title'), render: (record) => <Whole record={record} /> }]
  const number = (key: string, value: (record: ContactRecord) => number | null): Column<ContactRecord> => ({
    key,
    title: title(key),
    align: 'end',
    render: (record) => durationOrDash(value(record)),
  })
  return [
    { key: 'arrived', title: title('arrived'), render: (record) => <When record={record} /> },
    { key: 'number', title: title('number'), widest: '15em', stays: true, render: (record) => <Who record={record} /> },
    { key: 'region', title: title('region'), widest: '12em', isExtra: true, render: (record) => (record.region == null ? '—' : <Region region={record.region} />) },
    { key: 'queue', title: title('queue'), widest: '9em', render: (record) => nameIn(i18n.language, record.queue) },
    { key: 'agent', title: title('agent'), widest: '9em', render: (record) => (record.agent === null ? '—' : `${record.agent.no} ${record.agent.name}`) },
    { key: 'outcome', title: title('outcome'), render: (record) => t(`outcome.${record.outcome}`) },
    number('waited', (record) => record.waited_ms),
    { ...number('ring', (record) => record.ring_ms), isExtra: true },
    number('talk', (record) => record.talk_ms),
    number('hold', (record) => record.hold_ms),
    number('wrap_up', (record) => record.wrap_up_ms),
    { key: 'disposition', title: title('disposition'), widest: '9em', render: (record) => dispositionWord(i18n.language, record.disposition) },
    { key: 'ended_by', title: title('ended_by'), render: (record) => (record.ended_by === null ? '—' : t(`ended_by.${record.ended_by}`)) },
    { key: 'recording', title: title('recording'), render: (record) => <Sound record={record} /> },
    { key: 'channel', title: title('channel'), isExtra: true, render: (record) => t(`channel.${record.channel}`) },
  ]
}
