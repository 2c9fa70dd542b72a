/** The number of a work order, called by a click; the call is one of its contacts at once. */
import { useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { Case } from '@/api/cases'
import { deskCases } from '@/api/deskCases'
import { hasDesk, useMe } from '@/api/session'
import { useWhyNotCall } from '@/shared/customer/whyNotCall'
import { ActionButton } from '@/ui/ActionButton'
import { announce } from '@/ui/announce'
import { useCommand } from '@/ui/useCommand'

import { caseKey, refresh } from './useCase'

export function CaseCall({ it }: { it: Case }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const isAgent = hasDesk(useMe())
  const whyNot = useWhyNotCall()
  const call = useCommand(async () => {
    await deskCases.call(it.id)
    announce(t('casework.calling'))
    void client.invalidateQueries({ queryKey: caseKey(it.id) })
    void client.invalidateQueries({ queryKey: caseKey(it.number) })
    refresh(client)
  })
  return (
    <span className="row case-call">
      <span className="figure">{it.phone}</span>
      <ActionButton size="small" label={t('casework.call')} testId="case-call" isBusy={call.isBusy} whyNot={isAgent ? whyNot : t('casework.call_no_desk')} onAct={() => void call.run()} />
    </span>
  )
}
