/** On every page of those who see the floor: what the alarm rules tell them, as banners here and by the bell. */
import { Button } from 'antd'
import { useEffect, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'

import type { AlarmWay } from '@/api/alarms'
import { useZone } from '@/api/session'
import { serverNow } from '@/live/clock'
import { useStaleSince, useTopics } from '@/live/hooks'
import { useTold, type Told } from '@/live/told'
import { nameIn } from '@/ui/format'
import { Strip } from '@/ui/Strip'

import { clockIn, ruleOf, tellsMe, useAlarmRules } from './alarmRules'
import { loud, putOff, usePutOff, type Alert } from './alerts'
import { useAlerts } from './useAlerts'

const SHOWN = 2
const NOBODY: readonly Told[] = []

/** Where one deals with it. */
export const placeOf = (alert: Alert): string =>
  `/live?open=${encodeURIComponent(alert.agent === undefined ? `queue:${alert.queue?.id ?? ''}` : `agent:${alert.agent.id}`)}`

export function AlarmWatch(): ReactElement | null {
  const { t, i18n } = useTranslation()
  useTopics('agents', 'queues', 'contacts')
  const zone = useZone()
  const rules = useAlarmRules()
  const alerts = useAlerts()
  const putOffs = usePutOff()
  const isOnFloor = useLocation().pathname === '/live'
  const isStale = useStaleSince() !== null
  const clock = clockIn(zone, serverNow())
  const isTold = (way: AlarmWay) => (alert: Alert): boolean => tellsMe(ruleOf(rules, alert.kind, alert.queue?.id ?? alert.agent?.queue ?? null), way, clock)
  const textOf = (alert: Alert): string => {
    const who = alert.agent === undefined ? nameIn(i18n.language, alert.queue) : `${alert.agent.no} ${alert.agent.name}`
    return `${who} ${t(`live.alert.${alert.kind}`)}`
  }
  // What stands still is no news of now.
  const bell = isStale ? NOBODY : alerts.filter(isTold('bell')).map((alert) => ({ id: `alarm ${alert.id}`, text: textOf(alert), to: placeOf(alert) }))
  const written = JSON.stringify(bell)
  useEffect(() => useTold.setState({ told: JSON.parse(written) as Told[] }), [written])
  useEffect(() => () => useTold.setState({ told: [] }), [])
  // The floor has its own list.
  if (isOnFloor || isStale) return null
  return (
    <>
      {loud(alerts.filter(isTold('banner')), putOffs, serverNow())
        .slice(0, SHOWN)
        .map((alert) => (
          <Strip
            key={alert.id}
            code={`alarm-${alert.kind}`}
            tone="amber"
            action={
              <>
                <Link to={placeOf(alert)}>{t('live.see_alarm')}</Link>
                <Button size="small" onClick={() => putOff(alert, serverNow())}>
                  {t('live.quiet')}
                </Button>
              </>
            }
          >
            {textOf(alert)}
          </Strip>
        ))}
    </>
  )
}
