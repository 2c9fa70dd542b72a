/** What needs somebody now, with the act that is at hand for it. */
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { serverNow } from '@/live/clock'
import { Timer } from '@/ui/clock'
import { nameIn } from '@/ui/format'
import { Kbd } from '@/ui/Kbd'

import { loud, putOff, usePutOff, type Alert } from './alerts'
import type { Ears } from './monitor'
import { Remind } from './Remind'
import type { Reminding } from './reminding'
import { useAlerts } from './useAlerts'

const SHOWN = 6

interface ListProps {
  ears: Ears
  reminding: Reminding
  onOpen: (what: string) => void
  /** To move people into the queue. */
  onMove: (queue: string) => void
}

function Item({ alert, ears, reminding, onOpen, onMove, onQuiet }: ListProps & { alert: Alert; onQuiet: () => void }): ReactElement {
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
      {alert.kind === 'overstayed' && alert.agent !== undefined ? <Remind agent={alert.agent} reminding={reminding} isAlert /> : null}
      {alert.queue !== undefined && reminding.may ? (
        <Button size="small" type="primary" data-alert="" onClick={() => onMove(alert.queue?.id ?? '')} data-testid={`alert-move-${alert.queue.id}`}>
          {t('live.move_people')}
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

export function AlertList({ ears, reminding, onOpen, onMove }: ListProps): ReactElement | null {
  const { t } = useTranslation()
  const quiet = usePutOff()
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
          <Item key={alert.id} alert={alert} ears={ears} reminding={reminding} onOpen={onOpen} onMove={onMove} onQuiet={() => putOff(alert, serverNow())} />
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
