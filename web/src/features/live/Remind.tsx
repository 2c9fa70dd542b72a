/** The act at hand for a break that is over. */
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { AgentRow } from '@/api/schema'

import type { Reminding } from './reminding'

export function Remind({ agent, reminding, isAlert = false }: { agent: AgentRow; reminding: Reminding; isAlert?: boolean }): ReactElement | null {
  const { t } = useTranslation()
  if (!reminding.may) return null
  const isTold = reminding.wasTold(agent.id)
  return (
    <Button size="small" disabled={isTold} onClick={() => reminding.remind(agent)} data-testid={`remind-${agent.id}`} {...(isAlert ? { 'data-alert': '' } : {})}>
      {t(isTold ? 'live.reminded_short' : 'live.remind')}
    </Button>
  )
}
