/**
 * 工单: the lists of the trade with how long each is, as a table or as a board. List, filters and
 * order live in the address, so a list can be sent to someone.
 */
import { useQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate, useSearchParams } from 'react-router'

import { cases, type CaseLine } from '@/api/cases'
import { exportJobs } from '@/api/exports'
import { useMay, useZone } from '@/api/session'
import { useChanges, useFollowing } from '@/live/changes'
import { serverNow } from '@/live/clock'
import { NewCaseDrawer } from '@/shared/cases/NewCaseDrawer'
import { DataTable } from '@/ui/DataTable'
import { JobExport } from '@/ui/ExportMenu'
import { usePageHelp } from '@/ui/help'
import { PageShell } from '@/ui/PageShell'
import { useTableQuery, type TableQuery } from '@/ui/tableView'
import { useServerRows } from '@/ui/useServerRows'

import { Areas } from './Areas'
import { askedOf, FILTERS, listOf, LISTS, rememberList, viewOf, VIEWS, type ListName } from './asked'
import { BatchDispatch } from './BatchDispatch'
import { Board } from './Board'
import { CaseFilters } from './CaseFilters'
import './casework.css'
import { isDispatchable, useColumns } from './columns'

const MOST_COUNTED = 10_000
/** Whatever is changed may come into a list, or leave it. */
const CONCERNS = ['case:']
const SHOWN = [['cases'], ['case-counts']]
const SPREAD_MS = 1_000

function Lists({ list, query, onChoose }: { list: ListName; query: TableQuery; onChoose: (list: ListName) => void }): ReactElement {
  const { t } = useTranslation()
  const zone = useZone()
  const counts = useQuery({
    queryKey: ['case-counts', query.filters],
    queryFn: () => cases.counts(askedOf(query.filters, zone, serverNow())),
    placeholderData: (before) => before,
    refetchOnWindowFocus: true,
    refetchInterval: useFollowing(),
  })
  const count = (name: ListName): string => {
    const found = counts.data?.counts[name]
    if (found === undefined) return ''
    return found >= MOST_COUNTED ? ` ${MOST_COUNTED}+` : ` ${found}`
  }
  return (
    <div className="case-lists" role="group" aria-label={t('casework.lists')}>
      {LISTS.map((name) => (
        <button key={name} type="button" className="case-list" aria-pressed={name === list} data-testid={`list-${name}`} onClick={() => onChoose(name)}>
          {t(`casework.list.${name}`)}
          <span className="figure">{count(name)}</span>
        </button>
      ))}
    </div>
  )
}

/** The lists in which something may wait for an area. */
const WITH_PICK = new Set<ListName>(['open', 'to_dispatch', 'redispatch', 'all', 'mine'])

function CaseTable({ list, query }: { list: ListName; query: TableQuery }): ReactElement {
  const { t } = useTranslation()
  const zone = useZone()
  const { search } = useLocation()
  const mayDispatch = useMay('cases.dispatch')
  const mayExport = useMay('records.export')
  const mayReveal = useMay('records.reveal')
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const rows = useServerRows<CaseLine>(
    ['cases', list, query.order, query.filters],
    (cursor) => cases.find({ ...askedOf(query.filters, zone, serverNow()), list, sort: query.order, cursor }),
    useFollowing(),
  )
  const ids = rows.rows.map((line) => line.id).join(' ')
  useEffect(() => rememberList({ ids: ids === '' ? [] : ids.split(' '), search }), [ids, search])
  const isPicking = mayDispatch && WITH_PICK.has(list)
  const onPick = (line: CaseLine, isPicked: boolean): void => {
    const next = new Set(picked)
    if (isPicked) next.add(line.id)
    else next.delete(line.id)
    setPicked(next)
  }
  const columns = useColumns(isPicking ? { picked, onPick } : null)
  const chosen = isPicking ? rows.rows.filter((line) => picked.has(line.id) && isDispatchable(line)) : []
  const waiting = rows.rows.filter(isDispatchable)
  return (
    <>
      {picked.size > 0 && isPicking ? (
        <BatchDispatch lines={chosen} onWent={(went) => setPicked(new Set([...picked].filter((id) => !went.includes(id))))} onClear={() => setPicked(new Set())} />
      ) : null}
      <DataTable
        name="cases"
        label={t('casework.title')}
        columns={columns}
        rows={rows}
        keyOf={(line) => line.id}
        query={query}
        isChosen={(line) => picked.has(line.id)}
        empty={{ title: t(`casework.none.${list}`), why: t('casework.none_why') }}
        filters={<CaseFilters query={query} />}
        actions={
          <>
            {isPicking && waiting.length > 1 && picked.size === 0 ? (
              <Button onClick={() => setPicked(new Set(waiting.map((line) => line.id)))} data-testid="pick-all">
                {t('casework.pick_all', { count: waiting.length })}
              </Button>
            ) : null}
            {mayExport ? <JobExport key={list} kind="cases" filter={{ ...askedOf(query.filters, zone, serverNow()), list }} door={exportJobs} mayReveal={mayReveal} /> : null}
          </>
        }
      />
    </>
  )
}

export function CasesPage(): ReactElement {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const mayCreate = useMay('cases.create')
  const [search, setSearch] = useSearchParams()
  const query = useTableQuery(FILTERS, 'newest')
  const list = listOf(search)
  const maySupervise = useMay('cases.supervise')
  const view = viewOf(search, maySupervise)
  usePageHelp(t('casework.about_page'))
  useChanges(CONCERNS, SHOWN, SPREAD_MS)
  const set = (name: string, value: string | null): void =>
    setSearch((before) => {
      const next = new URLSearchParams(before)
      if (value === null) next.delete(name)
      else next.set(name, value)
      return next
    })
  const closeNew = (): void =>
    setSearch((before) => {
      const next = new URLSearchParams(before)
      for (const name of ['new', 'for', 'about']) next.delete(name)
      // They were meant for the new one, not for the list.
      if (search.get('new') !== null) for (const name of ['customer', 'contact']) next.delete(name)
      return next
    })
  const isNew = mayCreate && search.get('new') !== null
  const customer = search.get('customer')
  const contact = search.get('contact')
  // `new=1`, or the type that it shall be of: a filter of the list is no wish for the new one.
  const wish = search.get('new')
  return (
    <PageShell
      title={t('casework.title')}
      beside={
        <>
          <Segmented
            value={view}
            options={VIEWS.filter((name) => name !== 'areas' || maySupervise).map((name) => ({ value: name, label: <span data-testid={`view-${name}`}>{t(`casework.as.${name}`)}</span> }))}
            onChange={(name) => set('view', name === 'table' ? null : name)}
          />
          <span className="grow" />
          {mayCreate ? (
            <Button type="primary" onClick={() => set('new', '1')} data-testid="case-new">
              {t('cases.new')}
            </Button>
          ) : null}
        </>
      }
    >
      {view === 'areas' ? (
        <Areas />
      ) : view === 'board' ? (
        <Board query={query} />
      ) : (
        <>
          <Lists list={list} query={query} onChoose={(name) => set('list', name === 'open' ? null : name)} />
          <CaseTable key={list} list={list} query={query} />
        </>
      )}
      {isNew ? (
        <NewCaseDrawer
          known={{ ...(customer === null ? {} : { customer }), ...(contact === null ? {} : { contact }), ...(wish === null || wish === '1' ? {} : { kind: wish }) }}
          onClose={closeNew}
          onMade={(made) => void navigate(`/cases/${encodeURIComponent(made.id)}`)}
        />
      ) : null}
    </PageShell>
  )
}
