/** The records of one channel: the filters of the whole list, and columns of their own. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { exportJobs } from '@/api/exports'
import { recordList } from '@/api/records'
import type { ContactRecord } from '@/api/schema'
import { useMay, useZone } from '@/api/session'
import { DataTable, type Column } from '@/ui/DataTable'
import { JobExport } from '@/ui/ExportMenu'
import { useTableQuery } from '@/ui/tableView'
import { useServerRows } from '@/ui/useServerRows'

import { askedOf, FILTERS } from './asked'
import { RecordFilters } from './RecordFilters'

interface ChannelRecordsProps {
  channel: 'voicemail' | 'fax'
  /** The table's name; its view is called by `records.view.<name>`. */
  name: 'voicemails' | 'faxes'
  columns: readonly Column<ContactRecord>[]
}

export function ChannelRecords({ channel, name, columns }: ChannelRecordsProps): ReactElement {
  const { t } = useTranslation()
  const zone = useZone()
  const mayExport = useMay('records.export')
  const mayReveal = useMay('records.reveal')
  const query = useTableQuery(FILTERS, '-arrived')
  const asked = { ...askedOf(query.filters, zone), channel }
  const rows = useServerRows(['records', asked], (cursor) => recordList.find({ ...asked, cursor }))
  return (
    <DataTable
      name={name}
      label={t(`records.view.${name}`)}
      columns={columns}
      rows={rows}
      keyOf={(record) => record.id}
      query={query}
      empty={{ title: t(`records.${name}_none`), why: t(`records.${name}_none_why`) }}
      filters={<RecordFilters query={query} />}
      actions={mayExport ? <JobExport kind="records" filter={asked} door={exportJobs} mayReveal={mayReveal} /> : undefined}
    />
  )
}
