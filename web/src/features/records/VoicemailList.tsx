/** 留言: messages that callers left, with what they say, and which of them nobody has heard. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { ContactRecord } from '@/api/schema'
import { useZone } from '@/api/session'
import type { Column } from '@/ui/DataTable'
import { durationOrDash, nameIn, shortDateTime } from '@/ui/format'

import { ChannelRecords } from './ChannelRecords'
import { pathOf } from './columns'

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
  return <ChannelRecords channel="voicemail" name="voicemails" columns={useVoicemailColumns()} />
}
