/** 系统: is everything well, who did what, what is kept, and how other systems come in or are told. */
import { Tabs } from 'antd'
import type { ComponentType, ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import type { Permission } from '@/api/schema'
import { may, useMe } from '@/api/session'
import { usePageHelp } from '@/ui/help'
import { PageShell } from '@/ui/PageShell'

import { AlarmsTab } from './AlarmsTab'
import { AuditTab } from './AuditTab'
import { ExportsTab } from './ExportsTab'
import { HealthTab } from './HealthTab'
import { KeysTab } from './KeysTab'
import { RetentionTab } from './RetentionTab'
import { WebhooksTab } from './WebhooksTab'
import './system.css'

const TABS: readonly { key: string; needs: Permission; Tab: ComponentType }[] = [
  { key: 'health', needs: 'system.read', Tab: HealthTab },
  { key: 'alarms', needs: 'alarms.edit', Tab: AlarmsTab },
  { key: 'audit', needs: 'audit.read', Tab: AuditTab },
  { key: 'retention', needs: 'records.keep', Tab: RetentionTab },
  { key: 'keys', needs: 'users.edit', Tab: KeysTab },
  { key: 'webhooks', needs: 'users.edit', Tab: WebhooksTab },
  { key: 'exports', needs: 'system.read', Tab: ExportsTab },
]

export function SystemPage(): ReactElement {
  const { t } = useTranslation()
  const me = useMe()
  const [search, setSearch] = useSearchParams()
  usePageHelp(t('system.help_page'))
  const open = TABS.filter(({ needs }) => may(me, needs))
  const tab = open.find(({ key }) => key === search.get('tab')) ?? open[0]
  return (
    <PageShell title={t('system.title')}>
      <Tabs
        {...(tab === undefined ? {} : { activeKey: tab.key })}
        destroyOnHidden
        onChange={(key) => setSearch({ tab: key })}
        items={open.map(({ key, Tab }) => ({
          key,
          label: <span data-testid={`tab-${key}`}>{t(`system.tab.${key}`)}</span>,
          children: <Tab />,
        }))}
      />
    </PageShell>
  )
}
