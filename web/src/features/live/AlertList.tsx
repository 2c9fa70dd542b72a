/** What needs somebody now, with the act that is at hand for it. */
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'

import type { AgentRow, ContactRow, QueueRow } from '@/api/schema'
import { serverNow } from '@/live/clock'
import { useNow } from '@/live/hooks'
import { useLive } from '@/live/store'
import { Timer } from '@/ui/clock'
import { nameIn } from '@/ui/format'
import { Kbd } from '@/ui/Kbd'

import { alertsOf, loud, QUIET_MS, type Alert } from './alerts'
import type { Ears } from './monitor'

const SHOWN = 6

export function useAlerts(): Alert[] {
  const now = useNow()
  const { agents, queues, contacts } = useLive(
    useShallow((state) => ({ agents: state.topics['agents'], queues: state.topics['queues'], contacts: state.topics['contacts'] })),
  )
  return alertsOf(
    Object.values(agents ?? {}) as unknown as AgentRow[],
    Object.values(queues ?? {}) as unknown as QueueRow[],
    Object.values(contacts ?? {}) as unknown as ContactRow[],
    now,
  )
}

interface ListProps {
  ears: Ears
  onOpen: (what: string) => void
}

function Item({ alert, ears, onOpen, onQuiet }: ListProps & { alert: Alert; onQuiet: () => void }): ReactElement {
  const { t, i18n } = useTranslation()
  const who = alert.agent === undefined ? nameIn(i18n.language, alert.queue) : `${alert.agent.no} ${alert.agent.name}`
  const target = alert.agent === undefined ? `queue:${alert.queue?.id ?? ''}` : `agent:${alert.agent.id}`
  return (
    <li className="alert-line" data-testid={`alert-${alert.kind}`}>
      <span className="over" aria-hidden="true">
        ▲
      </span>
      <span className="grow">
        <b>{who}</b> {t(`live.alert.${alert.kind}`)} {alert.words === undefined ? '' : `“${alert.words}”`} <Timer since={alert.since} />
      </span>
      {alert.kind === 'help' && ears.may && alert.agent !== undefined ? (
        <Button size="small" type="primary" data-alert="" onClick={() => void ears.help(alert.agent?.id ?? '')}>
          {t('live.take_help')}
        </Button>
      ) : null}
      <Button size="small" data-alert="" onClick={() => onOpen(target)}>
        {alert.agent === undefined ? t('live.see_queue') : t('live.see_agent')}
      </Button>
      <Button size="small" type="text" onClick={onQuiet}>
        {t('live.quiet')}
      </Button>
    </li>
  )
}

export function AlertList({ ears, onOpen }: ListProps): ReactElement | null {
  const { t } = useTranslation()
  const [quiet, setQuiet] = useState<Record<string, number>>({})
  const all = useAlerts()
  const shown = loud(all, quiet, serverNow())
  if (shown.length === 0) return null
  return (
    <section className="panel alerts" aria-label={t('live.alerts')} data-testid="alerts">
      <h2 className="panel-title">
        {t('live.alerts_count', { count: shown.length })}
        <Kbd keys="Alt+J" />
      </h2>
      <ul>
        {shown.slice(0, SHOWN).map((alert) => (
          <Item key={alert.id} alert={alert} ears={ears} onOpen={onOpen} onQuiet={() => setQuiet({ ...quiet, [alert.id]: serverNow() + QUIET_MS })} />
        ))}
      </ul>
      {shown.length > SHOWN ? <p className="quiet">{t('live.more_alerts', { count: shown.length - SHOWN })}</p> : null}
    </section>
  )
}

/** The focus goes to the next alert's act, from the last to the first. */
export function focusNextAlert(): void {
  const acts = [...document.querySelectorAll<HTMLElement>('[data-alert]')]
  const at = acts.indexOf(document.activeElement as HTMLElement)
  acts[(at + 1) % acts.length]?.focus()
}
