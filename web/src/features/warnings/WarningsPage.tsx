/**
 * 投诉预警: whose turn it is first. View and filters live in the address; with `?case=` or
 * `?contact=` a complaint is classified from there.
 */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'

import { useMay, useZone } from '@/api/session'
import { warnings, type WarningLine } from '@/api/warnings'
import { useChanges, useFollowing } from '@/live/changes'
import { useSeconds } from '@/ui/clock'
import { DataTable } from '@/ui/DataTable'
import { usePageHelp } from '@/ui/help'
import { PageShell } from '@/ui/PageShell'
import { useTableQuery } from '@/ui/tableView'
import { useServerRows } from '@/ui/useServerRows'

import { askedOf, FILTERS, firstOrder, VIEWS, viewOf, type View } from './asked'
import { useColumns } from './columns'
import { DeadlinesDrawer } from './DeadlinesDrawer'
import { StartDrawer } from './StartDrawer'
import { WarningFilters } from './WarningFilters'
import './warnings.css'

/** Whatever is changed may come into a list, or leave it. */
const CONCERNS = ['warning:']
const SHOWN = [['warnings'], ['warning-counts']]
const SPREAD_MS = 1_000
const MINUTE_S = 60

function Views({ view, onChoose }: { view: View; onChoose: (view: View) => void }): ReactElement {
  const { t } = useTranslation()
  const counts = useQuery({ queryKey: ['warning-counts'], queryFn: warnings.counts, refetchInterval: useFollowing(), refetchOnWindowFocus: true })
  const countOf = (each: View): string => {
    const count = each === 'all' ? undefined : counts.data?.[each]
    return count === undefined ? '' : ` ${count}`
  }
  return (
    <div className="ew-views" role="group" aria-label={t('warnings.views')}>
      {VIEWS.map((each) => (
        <button key={each} type="button" className="ew-view" aria-pressed={each === view} data-testid={`view-${each}`} onClick={() => onChoose(each)}>
          {t(`warnings.view.${each}`)}
          <span className="figure">{countOf(each)}</span>
        </button>
      ))}
    </div>
  )
}

function List({ view }: { view: View }): ReactElement {
  const { t } = useTranslation()
  const zone = useZone()
  const navigate = useNavigate()
  const query = useTableQuery(FILTERS, firstOrder(view))
  // What becomes late while one looks appears within a minute.
  const minute = Math.floor(useSeconds() / MINUTE_S) * MINUTE_S * 1_000
  const asked = askedOf(view, query.filters, query.order, zone, minute)
  const rows = useServerRows(['warnings', asked], (cursor) => warnings.find({ ...asked, cursor }), useFollowing())
  return (
    <DataTable<WarningLine>
      name="warnings"
      label={t('warnings.title')}
      columns={useColumns()}
      rows={rows}
      keyOf={(line) => line.number}
      query={query}
      onOpen={(line) => void navigate(`/warnings/${encodeURIComponent(line.number)}`)}
      empty={{ title: t(`warnings.none.${view}`), why: t('warnings.none_why') }}
      filters={<WarningFilters query={query} />}
    />
  )
}

export function WarningsPage(): ReactElement {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const mayStart = useMay('cases.create')
  const maySetUp = useMay('cases.edit')
  const [isStarting, setStarting] = useState(false)
  const [isSettingUp, setSettingUp] = useState(false)
  usePageHelp(t('warnings.about'))
  useChanges(CONCERNS, SHOWN, SPREAD_MS)
  const about = { caseId: search.get('case'), contact: search.get('contact') }
  const isAbout = about.caseId !== null || about.contact !== null
  const view = viewOf(search)
  const close = (): void => {
    setStarting(false)
    if (isAbout) setSearch({}, { replace: true })
  }
  return (
    <PageShell
      title={t('warnings.title')}
      beside={
        <>
          <Views view={view} onChoose={(each) => setSearch(each === 'mine' ? {} : { view: each })} />
          <span className="grow" />
          {maySetUp ? (
            <Button onClick={() => setSettingUp(true)} data-testid="warning-deadlines">
              {t('warnings.deadlines')}
            </Button>
          ) : null}
          {mayStart ? (
            <Button type="primary" onClick={() => setStarting(true)} data-testid="warning-new">
              {t('warnings.start')}
            </Button>
          ) : null}
        </>
      }
    >
      <List key={view} view={view} />
      {mayStart && (isStarting || isAbout) ? <StartDrawer {...about} onClose={close} /> : null}
      {isSettingUp ? <DeadlinesDrawer onClose={() => setSettingUp(false)} /> : null}
    </PageShell>
  )
}
