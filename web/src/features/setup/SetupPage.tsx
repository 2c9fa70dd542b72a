/** 首次设置: from installed to the first test call; for an administrator step by step, for others the lights. */
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { organisation } from '@/api/organisation'
import { useMay } from '@/api/session'
import { usePageHelp } from '@/ui/help'
import { PageShell } from '@/ui/PageShell'
import { ErrorBox, Loading } from '@/ui/states'

import { Lights } from './Lights'
import './setup.css'
import { TestCall, useCall } from './TestCall'
import { Wizard } from './Wizard'

function StepByStep(): ReactElement {
  const found = useQuery({ queryKey: ['organisation'], queryFn: organisation.read, refetchOnWindowFocus: true })
  if (found.isPending) return <Loading rows={8} />
  if (found.isError) return <ErrorBox error={found.error} onRetry={() => void found.refetch()} />
  return <Wizard organisation={found.data} />
}

export function SetupPage(): ReactElement {
  const { t } = useTranslation()
  const mayAll = useMay('users.edit')
  const [call, setCall] = useCall()
  usePageHelp(t('setup.lead'))
  return (
    <PageShell title={t('setup.title')}>
      <p className="quiet">{t('setup.lead')}</p>
      {mayAll ? (
        <StepByStep />
      ) : (
        <>
          <Lights />
          <TestCall call={call} onCall={setCall} />
        </>
      )}
    </PageShell>
  )
}
