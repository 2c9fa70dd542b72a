/** A version that comes into force at a set time, or was refused when it came. */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { plans, type Plan } from '@/api/flows'
import { useZone } from '@/api/session'
import { announce } from '@/ui/announce'
import { dateTime } from '@/ui/format'
import { problemText } from '@/ui/problems'
import { useCommand } from '@/ui/useCommand'

import { useEditor } from './context'
import { contentOf, diffFlows } from './diff'
import { DiffTable } from './DiffTable'

/** When, or that it did not: in few words. */
export function PlanMark({ plan }: { plan: Pick<Plan, 'state' | 'due_at'> }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const at = dateTime(plan.due_at, i18n.language, zone)
  return plan.state === 'refused' ? <span className="flow-fault">■ {t('flows.plan_refused', { at })}</span> : <span className="flow-planned">◔ {t('flows.plan_due', { at })}</span>
}

export function Planned({ plan }: { plan: Plan }): ReactElement {
  const { t, i18n } = useTranslation()
  const { editing } = useEditor()
  const client = useQueryClient()
  const zone = useZone()
  const { published } = editing
  const before = published === null ? null : contentOf(published)
  const isRefused = plan.state === 'refused'
  const isOvertaken = !isRefused && (published?.version ?? 0) !== plan.based_on
  const cancel = useCommand(async () => {
    const back = await plans.cancel(plan.plan)
    editing.rebase(back.flow, back.based_on)
    announce(t('flows.plan_cancelled'))
    await client.invalidateQueries({ queryKey: ['flow-plans'] })
  })
  return (
    <section className="flow-card" aria-label={t('flows.planned')} data-testid="flow-plan">
      <PlanMark plan={plan} />
      <span className="quiet">
        {t('flows.planned_by', { name: plan.planned_by_name || t('flows.by_system'), at: dateTime(plan.planned_at, i18n.language, zone) })}
        {plan.note === '' ? '' : ` · ${plan.note}`}
      </span>
      {isRefused && plan.refusal !== null ? <p className="flow-fault">{problemText({ code: plan.refusal, facts: plan.refusal_facts })}</p> : null}
      {isOvertaken ? <p className="flow-warning">▲ {t('flows.plan_overtaken', { version: published?.version ?? 0 })}</p> : null}
      {before === null ? null : <DiffTable changes={diffFlows(before, plan.flow)} before={before} after={plan.flow} empty={t('flows.same')} />}
      {editing.isOpen ? (
        <div>
          <Popconfirm
            title={t(isRefused ? 'flows.put_away_sure' : 'flows.cancel_plan_sure')}
            description={t(editing.isDirty ? 'flows.cancel_plan_dirty' : 'flows.cancel_plan_why')}
            okText={t(isRefused ? 'flows.put_away' : 'flows.cancel_plan')}
            cancelText={t('flows.keep_plan')}
            onConfirm={() => void cancel.run()}
          >
            <Button size="small" danger={!isRefused} loading={cancel.isBusy} data-testid="plan-cancel">
              {t(isRefused ? 'flows.put_away' : 'flows.cancel_plan')}
            </Button>
          </Popconfirm>
        </div>
      ) : null}
    </section>
  )
}
