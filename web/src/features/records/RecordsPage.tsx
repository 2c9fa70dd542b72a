/**
 * 通话记录: find any contact; who is still to be called back; messages; faxes. View and filters live
 * in the address, so a list can be sent to someone.
 */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { exportJobs } from '@/api/exports'
import { recordList } from '@/api/records'
import { useMay, useZone } from '@/api/session'
import { useRowIds, useTopics } from '@/live/hooks'
import { DataTable } from '@/ui/DataTable'
import { JobExport } from '@/ui/ExportMenu'
import { usePageHelp } from '@/ui/help'
import { PageShell } from '@/ui/PageShell'
import { useTableQuery } from '@/ui/tableView'
import { useServerRows } from '@/ui/useServerRows'

import { askedOf, FILTERS, VIEWS, viewOf, type View } from './asked'
import { useColumns } from './columns'
import { FaxList } from './FaxList'
import { MissedList } from './MissedList'
import { RecordFilters } from './RecordFilters'
import './records.css'
import { useNarrow } from './useNarrow'
import { VoicemailList } from './VoicemailList'

/** On a busy floor something begins or ends all the time; the list follows this often. */
const FOLLOW_EVERY_MS = 2_000

/** Fetch anew when a contact begins or ends. */
function useFreshness(): void {
  const client = useQueryClient()
  const soon = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useTopics('contacts')
  const present = useRowIds<object>('contacts', (rows) => rows.map(([id]) => id).sort()).join(' ')
  useEffect(() => {
    soon.current ??= setTimeout(() => {
      soon.current = undefined
      void client.invalidateQueries({ queryKey: ['records'] })
    }, FOLLOW_EVERY_MS)
  }, [client, present])
  useEffect(
    () => () => {
      clearTimeout(soon.current)
      soon.current = undefined
    },
    [],
  )
}

function AllRecords(): ReactElement {
  const { t } = useTranslation()
  const zone = useZone()
  const isNarrow = useNarrow()
  const mayExport = useMay('records.export')
  const mayReveal = useMay('records.reveal')
  const query = useTableQuery(FILTERS, '-arrived')
  const asked = askedOf(query.filters, zone)
  useFreshness()
  const rows = useServerRows(['records', asked], (cursor) => recordList.find({ ...asked, cursor }))
  return (
    <DataTable
      name={isNarrow ? 'records-narrow' : 'records'}
      label={t('records.title')}
      columns={useColumns(isNarrow)}
      rows={rows}
      keyOf={(record) => record.id}
      query={query}
      empty={{ title: t('records.none'), why: t('records.none_why') }}
      filters={<RecordFilters query={query} />}
      actions={mayExport ? <JobExport kind="records" filter={asked} door={exportJobs} mayReveal={mayReveal} /> : undefined}
    />
  )
}

const LISTS: Record<View, () => ReactElement> = {
  all: AllRecords,
  missed: MissedList,
  voicemails: VoicemailList,
  faxes: FaxList,
}

export function RecordsPage(): ReactElement {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const view = viewOf(search)
  usePageHelp(t('records.about'))
  const List = LISTS[view]
  return (
    <PageShell
      title={t('records.title')}
      beside={
        <div className="view-tabs" role="group" aria-label={t('records.views')}>
          {VIEWS.map((each) => (
            <button
              key={each}
              type="button"
              className="view-tab"
              aria-pressed={each === view}
              data-testid={`view-${each}`}
              onClick={() => setSearch(each === 'all' ? {} : { view: each })}
            >
              {t(`records.view.${each}`)}
            </button>
          ))}
        </div>
      }
    >
      <List />
    </PageShell>
  )
}
