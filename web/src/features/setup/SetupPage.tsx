/** 首次设置: from installed to the first test call. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { PageShell } from '@/ui/PageShell'

import { Lights } from './Lights'
import { TestCall } from './TestCall'

export function SetupPage(): ReactElement {
  const { t } = useTranslation()
  return (
    <PageShell title={t('setup.title')}>
      <p className="quiet">{t('setup.lead')}</p>
      <Lights />
      <TestCall />
    </PageShell>
  )
}
