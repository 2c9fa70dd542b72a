/** 未接来电: numbers nobody has spoken to since they called; one row a number. */
import { Input } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { exportJobs } from '@/api/exports'
import { recordList, type MissedCall } from '@/api/records'
import { useMay, useZone } from '@/api/session'
import { DataTable, type Column } from '@/ui/DataTable'
import { JobExport } from '@/ui/ExportMenu'
import { durationOrDash, nameIn, shortDateTime } from '@/ui/format'
import { useTableQuery } from '@/ui/tableView'
import { useServerRows } from '@/ui/useServerRows'

import { askedOf } from './asked'
import { pathOf } from './columns'

function useMissedColumns(): Column<MissedCall>[] {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  return [
    {
      key: 'arrived',
      title: t('records.last_call'),
      render: ({ record }) => (
        <Link className="figure" to={pathOf(record.id)} data-testid={`missed-${record.id}`}>
          {shortDateTime(record.arrived_at, i18n.language, zone)}
        </Link>
      ),
    },
    { key: 'number', title: t('records.column.number'), widest: '16em', render: ({ record }) => `${record.number} ${record.name ?? ''}` },
    { key: 'times', title: t('records.times'), align: 'end', render: ({ times }) => String(times) },
    { key: 'queue', title: t('records.column.queue'), widest: '10em', render: ({ record }) => nameIn(i18n.language, record.queue) },
    { key: 'waited', title: t('records.column.waited'), align: 'end', render: ({ record }) => durationOrDash(record.waited_ms) },
    { key: 'outcome', title: t('records.column.outcome'), render: ({ record }) => t(`outcome.${record.outcome}`) },
  ]
}

export function MissedList(): ReactElement {
  const { t } = useTranslation()
  const zone = useZone()
  const mayExport = useMay('records.export')
  const mayReveal = useMay('records.reveal')
  const query = useTableQuery(['from', 'to'], '-arrived')
  const asked = askedOf(query.filters, zone)
  const rows = useServerRows(['missed', asked], (cursor) => recordList.missed({ ...asked, cursor }))
  return (
    <>
      <p className="quiet">{t('records.missed_about')}</p>
      <DataTable
        name="missed"
        label={t('records.view.missed')}
        columns={useMissedColumns()}
        rows={rows}
        keyOf={({ record }) => record.id}
        query={query}
        empty={{ title: t('records.missed_none'), why: t('records.missed_none_why') }}
        filters={
          <div className="row" role="search" aria-label={t('records.filters')}>
            {(['from', 'to'] as const).map((name) => (
              <Input
                key={name}
                type="date"
                className="record-day"
                prefix={t(`records.filter.${name}`)}
                aria-label={t(`records.filter.${name}`)}
                value={query.filters[name] ?? ''}
                onChange={(event) => query.setFilter(name, event.target.value)}
              />
            ))}
          </div>
        }
        actions={mayExport ? <JobExport kind="missed" filter={asked} door={exportJobs} mayReveal={mayReveal} /> : undefined}
      />
    </>
  )
}
