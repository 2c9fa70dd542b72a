/** 服务设置: opening hours, wrap-up codes, reasons for not being ready, scripts; what work orders are made, dispatched and timed by. */
import { Tabs } from 'antd'
import { Suspense, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { listFilePath } from '@/api/exports'
import { may, useMe } from '@/api/session'
import { ListExport } from '@/ui/ExportMenu'
import { usePageHelp } from '@/ui/help'
import { late } from '@/ui/late'
import { PageShell } from '@/ui/PageShell'
import { Loading } from '@/ui/states'

import { CalendarsTab } from './CalendarsTab'
import { CodesTab } from './CodesTab'
import { ReasonsTab } from './ReasonsTab'
import './service.css'

const ScriptsTab = late(() => import('./ScriptsTab').then((room) => room.ScriptsTab))
const CaseTypesTab = late(() => import('./cases/CaseTypesTab').then((room) => room.CaseTypesTab))
const WorkAreasTab = late(() => import('./cases/WorkAreasTab').then((room) => room.WorkAreasTab))
const CatalogueTab = late(() => import('./cases/CatalogueTab').then((room) => room.CatalogueTab))
const DeadlinesTab = late(() => import('./cases/DeadlinesTab').then((room) => room.DeadlinesTab))
const WarningSheetTab = late(() => import('./cases/WarningSheetTab').then((room) => room.WarningSheetTab))
const NoticesTab = late(() => import('./NoticesTab').then((room) => room.NoticesTab))

const TABS = [
  { key: 'calendars', Page: CalendarsTab, needs: 'flows.edit' },
  { key: 'codes', Page: CodesTab, needs: 'flows.edit' },
  { key: 'reasons', Page: ReasonsTab, needs: 'flows.edit' },
  { key: 'scripts', Page: ScriptsTab, needs: 'scripts.edit' },
  { key: 'case_types', Page: CaseTypesTab, needs: 'cases.edit' },
  { key: 'work_areas', Page: WorkAreasTab, needs: 'cases.edit' },
  { key: 'catalogue', Page: CatalogueTab, needs: 'cases.edit' },
  { key: 'deadlines', Page: DeadlinesTab, needs: 'cases.edit' },
  { key: 'warning_sheet', Page: WarningSheetTab, needs: 'cases.edit' },
  { key: 'notices', Page: NoticesTab, needs: 'cases.edit' },
] as const

/** The lists of these tabs that can be taken away, by the server's names. */
const LISTS: Partial<Record<string, string>> = { calendars: 'hours', codes: 'codes', reasons: 'reasons' }

export function ServicePage(): ReactElement {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  usePageHelp(t('service.help_page'))
  const me = useMe()
  const tabs = TABS.filter((each) => me !== null && may(me, each.needs))
  const active = (tabs.find((each) => each.key === search.get('tab')) ?? tabs[0])?.key ?? ''
  const list = LISTS[active]
  return (
    <PageShell
      title={t('service.title')}
      beside={
        // Not among the tabs: a list of tabs has nothing else in it.
        list === undefined ? null : (
          <>
            <span className="grow" />
            <ListExport pathOf={listFilePath(list)} />
          </>
        )
      }
    >
      <Tabs
        activeKey={active}
        destroyOnHidden
        onChange={(key) => setSearch({ tab: key })}
        items={tabs.map(({ key, Page }) => ({
          key,
          label: t(`service.tab.${key}`),
          children: (
            <Suspense fallback={<Loading rows={6} />}>
              <Page />
            </Suspense>
          ),
        }))}
      />
    </PageShell>
  )
}
