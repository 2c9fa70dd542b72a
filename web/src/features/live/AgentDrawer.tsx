/**
 * One agent beside the lists: what they do now, who hears me, and the state a supervisor may force.
 * A panel of the page, so that it never covers the softphone bar.
 */
import { Button } from 'antd'
import { useEffect, useRef, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { AgentRow, CodeRef, ContactRow } from '@/api/schema'
import { useMay } from '@/api/session'
import { useNow, useRow } from '@/live/hooks'
import { Timer } from '@/ui/clock'
import { nameIn } from '@/ui/format'
import { Kbd } from '@/ui/Kbd'
import { reasonName } from '@/ui/reasons'
import { StatusTag } from '@/ui/StatusTag'

import { ForceState } from './ForceState'
import { HearingModes } from './HearingModes'
import { MessageForm } from './MessageForm'
import type { Ears } from './monitor'
import { Remind } from './Remind'
import type { Reminding } from './reminding'
import { isOnLongBreak } from './severity'

interface Given {
  id: string
  reasons: readonly CodeRef[]
  ears: Ears
  reminding: Reminding
}

function Customer({ id }: { id: string }): ReactElement | null {
  const { t, i18n } = useTranslation()
  const contact = useRow<ContactRow>('contacts', id)
  if (contact === undefined) return null
  return (
    <>
      <dt>{t('live.customer')}</dt>
      <dd>
        <span className="figure">{contact.number}</span> {contact.name ?? ''}
      </dd>
      <dt>{t('live.column.queue')}</dt>
      <dd>{contact.queue === null ? '—' : nameIn(i18n.language, contact.queue)}</dd>
      {contact.heard_badly ? (
        <>
          <dt>{t('live.quality')}</dt>
          <dd className="over">▲ {t('live.alert.heard_badly')}</dd>
        </>
      ) : null}
    </>
  )
}

function Content({ id, reasons, ears, reminding }: Given): ReactElement {
  const { t, i18n } = useTranslation()
  const mayForce = useMay('live.force')
  const agent = useRow<AgentRow>('agents', id)
  const now = useNow()
  if (agent === undefined) return <p>{t('live.agent_gone')}</p>
  return (
    <div className="stack">
      <p>
        <StatusTag state={agent.state} detail={reasonName(i18n.language, reasons, agent.reason)} />{' '}
        {agent.state === 'signed_out' ? null : <Timer since={agent.since} />}{' '}
        {isOnLongBreak(agent, now) ? <Remind agent={agent} reminding={reminding} /> : null}
      </p>
      <dl className="facts">
        <dt>{t('live.column.team')}</dt>
        <dd>{agent.team ?? '—'}</dd>
        <dt>{t('live.column.answered')}</dt>
        <dd className="figure">{agent.answered_today}</dd>
        {agent.contact === null ? null : <Customer id={agent.contact} />}
      </dl>
      {agent.help ? (
        <div className="row">
          <span className="over">▲ {t('live.asks_help', { words: agent.help.words })}</span>
          {agent.help.taken_by === null && ears.may ? (
            <Button type="primary" onClick={() => void ears.help(agent.id)} data-testid="take-help">
              {t('live.take_help')}
            </Button>
          ) : null}
        </div>
      ) : null}
      {mayForce ? (
        <>
          <HearingModes agent={agent} ears={ears} />
          <ForceState key={id} agent={agent} />
          {agent.state === 'signed_out' ? null : (
            <section className="stack" aria-label={t('live.message')}>
              <h3>{t('live.message')}</h3>
              <MessageForm key={id} to={{ agent: id }} label={t('live.message_to', { name: agent.name })} />
            </section>
          )}
        </>
      ) : null}
    </div>
  )
}

export function AgentDrawer({ id, reasons, ears, reminding, onClose }: Given & { onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const agent = useRow<AgentRow>('agents', id)
  const title = agent === undefined ? t('live.agent') : `${agent.no} ${agent.name}`
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => head.current?.focus(), [id])
  return (
    <aside className="panel side" aria-label={title} data-testid={`agent-drawer-${id}`}>
      <div className="row side-head">
        <h2 ref={head} tabIndex={-1} className="panel-title grow">
          {title}
        </h2>
        <Button type="text" onClick={onClose}>
          {t('common.close')}
          <Kbd keys="Esc" />
        </Button>
      </div>
      <Content id={id} reasons={reasons} ears={ears} reminding={reminding} />
    </aside>
  )
}
