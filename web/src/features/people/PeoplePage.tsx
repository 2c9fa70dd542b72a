/** 人员: who works here, in which team, with which rights. */
import { Tabs } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { usePageHelp } from '@/ui/help'
import { PageShell } from '@/ui/PageShell'

import './people.css'
import { PostsTab } from './PostsTab'
import { RolesTab } from './RolesTab'
import { TeamsTab } from './TeamsTab'
import { UsersTab } from './UsersTab'

const TABS = [
  { key: 'users', page: UsersTab },
  { key: 'teams', page: TeamsTab },
  { key: 'roles', page: RolesTab },
  { key: 'posts', page: PostsTab },
] as const

export function PeoplePage(): ReactElement {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  usePageHelp(t('people.about'))
  const wanted = search.get('tab')
  const active = TABS.find((tab) => tab.key === wanted)?.key ?? 'users'
  return (
    <PageShell title={t('people.title')}>
      <Tabs
        activeKey={active}
        destroyOnHidden
        onChange={(key) => setSearch(key === 'users' ? {} : { tab: key })}
        items={TABS.map(({ key, page: Page }) => ({ key, label: t(`people.tab.${key}`), children: <Page /> }))}
      />
    </PageShell>
  )
}
