/** 服务水平目标: how many of a hundred are to be answered within the threshold; a target of reports. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, InputNumber } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { steering } from '@/api/figures'
import { useMay, useZone } from '@/api/session'
import { serverNow } from '@/live/clock'
import { announce } from '@/ui/announce'
import { useCommand } from '@/ui/useCommand'
import { dayAt } from '@/ui/zone'

const METRIC = 'service_level'
const LIMITS = ['target', 'alarm_low'] as const
type Limit = (typeof LIMITS)[number]

export function SlaTarget({ queue }: { queue: string }): ReactElement | null {
  const { t } = useTranslation()
  const client = useQueryClient()
  const zone = useZone()
  const [may, maySet] = [useMay('reports.read'), useMay('targets.edit')]
  const found = useQuery({ queryKey: ['targets', METRIC], queryFn: () => steering.targets(METRIC), enabled: may })
  const [wish, setWish] = useState<Partial<Record<Limit, number | null>>>({})
  const scope = found.data?.scopes.find((each) => each.queue === queue)
  const centre = found.data?.scopes.find((each) => each.queue === null)
  const goal = scope?.in_force ?? centre?.in_force ?? found.data?.default
  const percent = (limit: Limit): number | null => {
    const stored = goal?.[limit] ?? null
    return limit in wish ? (wish[limit] ?? null) : stored === null ? null : Math.round(stored * 1e4) / 100
  }
  const ratio = (limit: Limit): number | null => {
    const shown = percent(limit)
    return shown === null ? null : shown / 100
  }
  const save = useCommand(async () => {
    const goals = { target: ratio('target'), alarm_low: ratio('alarm_low'), alarm_high: goal?.alarm_high ?? null }
    await steering.setTarget(METRIC, { ...goals, queue, effective_from: dayAt(serverNow(), zone), seen: scope?.number ?? 0 })
    await Promise.all(['targets', 'figures', 'chart'].map((key) => client.invalidateQueries({ queryKey: [key] })))
    setWish({})
    announce(t('routing.saved'))
  })
  if (!may || goal === undefined) return null
  return (
    <div className="routing-fields routing-goals">
      {LIMITS.map((limit) => (
        <div key={limit} className="routing-field">
          <label htmlFor={`queue-${limit}`}>{t(`routing.sla.${limit}`)}</label>
          <InputNumber id={`queue-${limit}`} data-testid={`queue-${limit}`} className="routing-number" aria-describedby={`queue-${limit}-about`} suffix="%" min={0} max={100} disabled={!maySet} value={percent(limit)} onChange={(next) => setWish({ ...wish, [limit]: next })} />
          <p id={`queue-${limit}-about`} className="quiet">{t(`routing.sla_about.${limit}`)} {scope === undefined ? t('routing.sla_centre') : ''}</p>
        </div>
      ))}
      {Object.keys(wish).length === 0 ? null : <Button loading={save.isBusy} data-testid="queue-sla-save" onClick={() => void save.run()}>{t('routing.sla_save')}</Button>}
    </div>
  )
}
