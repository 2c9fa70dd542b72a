/** Freeze the limits of the days that are shown: by name, with a reason. */
import { useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { steering, type MetricEntry } from '@/api/figures'
import { useZone } from '@/api/session'
import { ReasonForm } from '@/forms/ReasonForm'
import { serverNow } from '@/live/clock'
import { useCommand } from '@/ui/useCommand'
import { dayAt } from '@/ui/zone'

import { useView } from './asked'
import { plusDays } from './days'

export function FreezeForm({ metric, onDone }: { metric: MetricEntry; onDone: () => void }): ReactElement {
  const { t } = useTranslation()
  const zone = useZone()
  const view = useView()
  const client = useQueryClient()
  const yesterday = plusDays(dayAt(serverNow(), zone), -1)
  // A day that is not over has no figure to stand on.
  const to = view.to > yesterday ? yesterday : view.to
  const freeze = useCommand(async (reason: string) => {
    const formula = view.formula ?? metric.formulas[0]?.id ?? ''
    await steering.freeze(metric.id, { queue: view.queue, from: view.from, to, formula, reason })
    await client.invalidateQueries({ queryKey: ['chart'] })
    onDone()
  })
  return (
    <>
      <p>{t('steering.freeze_why', { from: view.from, to })}</p>
      <ReasonForm submitLabel={t('steering.freeze')} onSubmit={(reason) => freeze.run(reason)} onCancel={onDone} />
    </>
  )
}
