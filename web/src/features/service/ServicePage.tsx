/** 服务设置: opening hours, wrap-up codes, reasons for not being ready. */
import { Tabs } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { usePageHelp } from '@/ui/help'
import { PageShell } from '@/ui/PageShell'

import { CalendarsTab } from './CalendarsTab'
import { CodesTab } from './CodesTab'
import { ReasonsTab } from './ReasonsTab'
import './service.css'

const TABS = [
  { key: 'calendars', Page: CalendarsTab },
  { key: 'codes', Page: CodesTab },
  { key: 'reasons', Page: ReasonsTab },
] as const

export function ServicePage(): ReactElement {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  usePageHelp(t('service.help_page'))
  const tab = TABS.find((each) => each.key === search.get('tab')) ?? TABS[0]
  return (
    <PageShell title={t('service.title')}>
      <Tabs
        activeKey={tab.key}
        destroyOnHidden
        onChange={(key) => setSearch({ tab: key })}
        items={TABS.map(({ key, Page }) => ({ key, label: t(`service.tab.${key}`), children: <Page /> }))}
      />
    </PageShell>
  )
}
