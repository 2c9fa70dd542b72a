/** Who waits in a queue, and what a supervisor may do for one of them: before others, or elsewhere. */
import { Button, InputNumber, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'

import { floor, type PullTo } from '@/api/floor'
import type { AgentRow, ContactRow, QueueRow } from '@/api/schema'
import { useMay } from '@/api/session'
import { ReasonForm } from '@/forms/ReasonForm'
import { useLive } from '@/live/store'
import { announce } from '@/ui/announce'
import { Timer } from '@/ui/clock'
import { nameIn } from '@/ui/format'
import { EmptyState, ErrorBox } from '@/ui/states'
import { StatusTag } from '@/ui/StatusTag'

const WAITS = new Set(['waiting', 'offered', 'joining'])
type Act = 'rank' | 'pull'

function useTargets(queue: string): { value: string; label: string }[] {
  const { t, i18n } = useTranslation()
  const { queues, agents } = useLive(useShallow((state) => ({ queues: state.topics['queues'], agents: state.topics['agents'] })))
  return [
    ...(Object.values(queues ?? {}) as unknown as QueueRow[])
      .filter((each) => each.id !== queue)
      .map((each) => ({ value: `queue:${each.id}`, label: `${t('desk.queue')} ${nameIn(i18n.language, each)}` })),
    ...(Object.values(agents ?? {}) as unknown as AgentRow[])
      .filter((each) => each.state === 'ready')
      .map((each) => ({ value: `agent:${each.id}`, label: `${each.no} ${each.name}` })),
  ]
}

function ActForm({ contact, queue, act, onDone }: { contact: ContactRow; queue: string; act: Act; onDone: () => void }): ReactElement {
  const { t } = useTranslation()
  const targets = useTargets(queue)
  const [priority, setPriority] = useState(5)
  const [to, setTo] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const submit = async (reason: string): Promise<void> => {
    setError(null)
    try {
      if (act === 'rank') await floor.rank(contact.id, priority, reason)
      else if (to !== null) {
        const [kind, id = ''] = to.split(/:(.*)/s)
        await floor.pull(contact.id, (kind === 'agent' ? { agent: id } : { queue: id }) satisfies PullTo, reason)
      } else return
      announce(t(`live.done.${act}`, { number: contact.number }))
      onDone()
    } catch (refusal) {
      setError(refusal)
    }
  }
  return (
    <div className="stack">
      {act === 'rank' ? (
        <label className="row">
          {t('live.priority')}
          <InputNumber min={-1000} max={1000} value={priority} onChange={(value) => setPriority(value ?? 0)} />
          <span className="quiet">{t('live.priority_why')}</span>
        </label>
      ) : (
        <Select showSearch optionFilterProp="label" value={to} options={targets} placeholder={t('live.pull_to')} aria-label={t('live.pull_to')} onChange={setTo} />
      )}
      {error === null ? null : <ErrorBox error={error} />}
      <ReasonForm submitLabel={t(`live.${act}`)} onSubmit={submit} onCancel={onDone} />
    </div>
  )
}

function Waiter({ contact, queue }: { contact: ContactRow; queue: string }): ReactElement {
  const { t, i18n } = useTranslation()
  const mayForce = useMay('live.force')
  const [act, setAct] = useState<Act | null>(null)
  const path = contact.menu_path.map((step) => (i18n.language.startsWith('en') ? step.en : step.zh)).join(' › ')
  return (
    <li className="waiter" data-testid={`waiter-${contact.id}`}>
      <div className="row">
        <span className="figure">{contact.number}</span>
        <span className="grow quiet" title={path}>
          {contact.name ?? path}
        </span>
        {contact.phase === 'waiting' ? null : <StatusTag state="ringing" />}
        <Timer since={contact.since} />
      </div>
      {mayForce && act === null ? (
        <div className="row">
          <Button size="small" onClick={() => setAct('rank')}>
            {t('live.rank')}
          </Button>
          <Button size="small" onClick={() => setAct('pull')}>
            {t('live.pull')}
          </Button>
        </div>
      ) : null}
      {act === null ? null : <ActForm contact={contact} queue={queue} act={act} onDone={() => setAct(null)} />}
    </li>
  )
}

export function WaitingList({ queue }: { queue: string }): ReactElement {
  const { t } = useTranslation()
  const waiting = useLive(
    useShallow((state) =>
      (Object.values(state.topics['contacts'] ?? {}) as unknown as ContactRow[])
        .filter((contact) => contact.queue?.id === queue && WAITS.has(contact.phase))
        .sort((one, other) => one.since - other.since),
    ),
  )
  return (
    <section className="stack" aria-label={t('live.waiting_people')}>
      <h3>{t('live.waiting_people')}</h3>
      {waiting.length === 0 ? (
        <EmptyState title={t('live.nobody_waits')} />
      ) : (
        <ol className="waiters">
          {waiting.map((contact) => (
            <Waiter key={contact.id} contact={contact} queue={queue} />
          ))}
        </ol>
      )}
    </section>
  )
}
