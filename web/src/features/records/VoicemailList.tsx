/** 留言: messages that callers left, with what they say, and which of them nobody has heard. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { recordList } from '@/api/records'
import type { ContactRecord } from '@/api/schema'
import { useZone } from '@/api/session'
import { DataTable, type Column } from '@/ui/DataTable'
import { durationOrDash, nameIn, shortDateTime } from '@/ui/format'
import { useTableQuery } from '@/ui/tableView'
import { useServerRows } from '@/ui/useServerRows'

import { askedOf, FILTERS } from './asked'
import { pathOf } from './columns'
import { RecordFilters } from './RecordFilters'

function useVoicemailColumns(): Column<ContactRecord>[] {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  return [
    {
      key: 'arrived',
      title: t('records.column.arrived'),
      render: (record) => (
        <Link className="figure" to={pathOf(record.id)} data-testid={`voicemail-${record.id}`}>
          {shortDateTime(record.arrived_at, i18n.language, zone)}
        </Link>
      ),
    },
    { key: 'number', title: t('records.column.number'), widest: '14em', render: (record) => `${record.number || '—'} ${record.name ?? ''}` },
    { key: 'queue', title: t('records.column.queue'), widest: '9em', render: (record) => nameIn(i18n.language, record.queue) },
    { key: 'agent', title: t('records.column.agent'), widest: '9em', render: (record) => (record.agent === null ? '—' : `${record.agent.no} ${record.agent.name}`) },
    { key: 'length', title: t('records.length'), align: 'end', render: (record) => durationOrDash(record.duration_ms) },
    {
      key: 'heard',
      title: t('records.heard'),
      render: (record) => (record.voicemail?.heard_at == null ? <b>● {t('records.unheard')}</b> : `✓ ${record.voicemail.heard_by}`),
    },
    { key: 'words', title: t('records.words'), widest: '28em', render: (record) => record.voicemail?.transcript.text ?? '—' },
  ]
}

export function VoicemailList(): ReactElement {
  const { t } = useTranslation()
  const zone = useZone()
  const query = useTableQuery(FILTERS, '-arrived')
  const asked = { ...askedOf(query.filters, zone), channel: 'voicemail' }
  const rows = useServerRows(['records', asked], (cursor) => recordList.find({ ...asked, cursor }))
  return (
    <DataTable
      name="voicemails"
      label={t('records.view.voicemails')}
      columns={useVoicemailColumns()}
      rows={rows}
      keyOf={(record) => record.id}
      query={query}
      empty={{ title: t('records.voicemails_none'), why: t('records.voicemails_none_why') }}
      filters={<RecordFilters query={query} />}
    />
  )
}
