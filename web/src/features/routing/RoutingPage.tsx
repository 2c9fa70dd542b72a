/** 路由: queues, skills, numbers, trunks, ways out and the rules of the centre. */
import { Tabs } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import type { Permission } from '@/api/schema'
import { may, useMe } from '@/api/session'
import { usePageHelp } from '@/ui/help'
import { PageShell } from '@/ui/PageShell'

import { CentreTab } from './CentreTab'
import { NumbersTab } from './NumbersTab'
import { QueuesTab } from './QueuesTab'
import { RoutesTab } from './RoutesTab'
import { SkillsTab } from './SkillsTab'
import { TrunksTab } from './TrunksTab'
import './routing.css'

const TABS: readonly { key: string; needs: Permission; page: () => ReactElement }[] = [
  { key: 'queues', needs: 'flows.edit', page: QueuesTab },
  { key: 'skills', needs: 'users.edit', page: SkillsTab },
  { key: 'numbers', needs: 'flows.edit', page: NumbersTab },
  { key: 'trunks', needs: 'trunks.edit', page: TrunksTab },
  { key: 'routes', needs: 'trunks.edit', page: RoutesTab },
  { key: 'centre', needs: 'flows.edit', page: CentreTab },
]

export function RoutingPage(): ReactElement {
  const { t } = useTranslation()
  const me = useMe()
  const [search, setSearch] = useSearchParams()
  usePageHelp(t('routing.help_page'))
  const mine = TABS.filter((tab) => me !== null && may(me, tab.needs))
  const tab = mine.find((each) => each.key === search.get('tab')) ?? mine[0]
  return (
    <PageShell title={t('routing.title')}>
      <Tabs
        activeKey={tab?.key ?? ''}
        destroyOnHidden
        onChange={(key) => setSearch({ tab: key })}
        items={mine.map(({ key, page: Page }) => ({ key, label: t(`routing.tab.${key}`), children: <Page /> }))}
      />
    </PageShell>
  )
}
