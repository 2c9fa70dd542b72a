/**
 * One agent beside the tables: what they do now, and the state a supervisor may force, with a
 * reason. A panel of the page, so that it never covers the softphone bar.
 */
import { Button } from 'antd'
import { useEffect, useRef, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { centre } from '@/api/calls'
import type { AgentRow, CodeRef } from '@/api/schema'
import { useMay } from '@/api/session'
import { ReasonForm } from '@/forms/ReasonForm'
import { useRow } from '@/live/hooks'
import { announce } from '@/ui/announce'
import { Timer } from '@/ui/clock'
import { Kbd } from '@/ui/Kbd'
import { reasonName } from '@/ui/reasons'
import { useShortcuts } from '@/ui/shortcuts'
import { ErrorBox } from '@/ui/states'
import { StatusTag } from '@/ui/StatusTag'

type Forced = 'ready' | 'not_ready' | 'signed_out'
const FORCED: Forced[] = ['ready', 'not_ready', 'signed_out']

function Force({ agent }: { agent: AgentRow }): ReactElement {
  const { t } = useTranslation()
  const [to, setTo] = useState<Forced | null>(null)
  const [error, setError] = useState<unknown>(null)
  const submit = async (reason: string): Promise<void> => {
    if (to === null) return
    setError(null)
    try {
      await centre.force(agent.id, to, reason)
      announce(t('live.forced', { name: agent.name }))
      setTo(null)
    } catch (refusal) {
      setError(refusal)
    }
  }
  return (
    <section className="stack" aria-label={t('live.force')}>
      <h3>{t('live.force')}</h3>
      <div className="row">
        {FORCED.map((state) => (
          <Button
            key={state}
            danger={state === 'signed_out'}
            type={to === state ? 'primary' : 'default'}
            aria-pressed={to === state}
            data-testid={`force-${state}`}
            onClick={() => setTo(state)}
          >
            {t(`live.force_${state}`)}
          </Button>
        ))}
      </div>
      {error === null ? null : <ErrorBox error={error} />}
      {to === null ? (
        <p className="quiet">{t('live.force_why')}</p>
      ) : (
        <ReasonForm
          submitLabel={t(`live.force_${to}`)}
          danger={to === 'signed_out'}
          onSubmit={submit}
          onCancel={() => setTo(null)}
        />
      )}
    </section>
  )
}

function Content({ id, reasons }: { id: string; reasons: readonly CodeRef[] }): ReactElement {
  const { t, i18n } = useTranslation()
  const mayForce = useMay('live.force')
  const agent = useRow<AgentRow>('agents', id)
  if (agent === undefined) return <p>{t('live.agent_gone')}</p>
  return (
    <div className="stack">
      <p>
        <StatusTag state={agent.state} detail={reasonName(i18n.language, reasons, agent.reason)} />{' '}
        {agent.state === 'signed_out' ? null : <Timer since={agent.since} />}
      </p>
      <dl className="facts">
        <dt>{t('live.column.team')}</dt>
        <dd>{agent.team ?? '—'}</dd>
        <dt>{t('live.column.number')}</dt>
        <dd className="figure">{agent.number || '—'}</dd>
        <dt>{t('live.column.answered')}</dt>
        <dd className="figure">{agent.answered_today}</dd>
      </dl>
      {mayForce ? <Force key={id} agent={agent} /> : null}
    </div>
  )
}

interface DrawerProps {
  id: string
  reasons: readonly CodeRef[]
  onClose: () => void
}

export function AgentDrawer({ id, reasons, onClose }: DrawerProps): ReactElement {
  const { t } = useTranslation()
  const agent = useRow<AgentRow>('agents', id)
  const title = agent === undefined ? t('live.agent') : `${agent.no} ${agent.name}`
  const head = useRef<HTMLHeadingElement>(null)
  useShortcuts({ Escape: onClose })
  useEffect(() => head.current?.focus(), [id])
  return (
    <aside className="panel side" aria-label={title} data-testid={`agent-drawer-${id}`}>
      <div className="row">
        <h2 ref={head} tabIndex={-1} className="panel-title grow">
          {title}
        </h2>
        <Button type="text" onClick={onClose}>
          {t('common.close')}
          <Kbd keys="Esc" />
        </Button>
      </div>
      <Content id={id} reasons={reasons} />
    </aside>
  )
}
