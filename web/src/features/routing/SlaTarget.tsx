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

const METRIC = 'service_level'

const dayAt = (at: number, zone: string): string => new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(at)

export function SlaTarget({ queue }: { queue: string }): ReactElement | null {
  const { t } = useTranslation()
  const client = useQueryClient()
  const zone = useZone()
  const [may, maySet] = [useMay('reports.read'), useMay('targets.edit')]
  const found = useQuery({ queryKey: ['targets', METRIC], queryFn: () => steering.targets(METRIC), enabled: may })
  const [wish, setWish] = useState<number | null>(null)
  const scope = found.data?.scopes.find((each) => each.queue === queue)
  const centre = found.data?.scopes.find((each) => each.queue === null)
  const goal = scope?.in_force ?? centre?.in_force ?? found.data?.default
  const save = useCommand(async (percent: number) => {
    const alarms = { alarm_low: scope?.in_force.alarm_low ?? null, alarm_high: scope?.in_force.alarm_high ?? null }
    await steering.setTarget(METRIC, { ...alarms, target: percent / 100, queue, effective_from: dayAt(serverNow(), zone), seen: scope?.number ?? 0 })
    await Promise.all(['targets', 'figures', 'chart'].map((key) => client.invalidateQueries({ queryKey: [key] })))
    setWish(null)
    announce(t('routing.saved'))
  })
  if (!may || goal === undefined) return null
  const stored = goal.target === null ? null : Math.round(goal.target * 1e4) / 100
  return (
    <div className="routing-field routing-half">
      <label htmlFor="queue-sla">{t('routing.sla')}</label>
      <div className="row">
        <InputNumber id="queue-sla" data-testid="queue-sla" className="routing-number" aria-describedby="queue-sla-about" suffix="%" min={0} max={100} disabled={!maySet} value={wish ?? stored} onChange={setWish} />
        {wish === null || wish === stored ? null : <Button loading={save.isBusy} data-testid="queue-sla-save" onClick={() => void save.run(wish)}>{t('routing.sla_save')}</Button>}
      </div>
      <p id="queue-sla-about" className="quiet">{t(scope === undefined ? 'routing.sla_centre' : 'routing.sla_about')}</p>
    </div>
  )
}
