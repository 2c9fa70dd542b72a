/** 编排: the flows there are, and what they play. */
import { Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { PageShell } from '@/ui/PageShell'

import { FlowTable } from './FlowTable'
import './flows.css'
import { PromptTable } from './PromptTable'

export function FlowsPage(): ReactElement {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const tab = search.get('tab') === 'prompts' ? 'prompts' : 'flows'
  return (
    <PageShell
      title={t('flows.title')}
      beside={
        <Segmented<string>
          value={tab}
          aria-label={t('flows.title')}
          onChange={(chosen) => setSearch(chosen === 'flows' ? {} : { tab: chosen }, { replace: true })}
          options={[
            { value: 'flows', label: <span data-testid="tab-flows">{t('flows.tab.flows')}</span> },
            { value: 'prompts', label: <span data-testid="tab-prompts">{t('flows.tab.prompts')}</span> },
          ]}
        />
      }
    >
      {tab === 'flows' ? <FlowTable /> : <PromptTable />}
    </PageShell>
  )
}
