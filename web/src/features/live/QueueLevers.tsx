/** What else can be moved for a queue: groups that help each other out, and people who are to be called back. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { floor, type Group } from '@/api/floor'
import { useMay, useZone } from '@/api/session'
import { ReasonForm } from '@/forms/ReasonForm'
import { NotCalled } from '@/shared/customer/NotCalled'
import { announce } from '@/ui/announce'
import { shortDateTime } from '@/ui/format'
import { ErrorBox } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

function Merge({ group, names }: { group: Group; names: Map<string, string> }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const queues = group.queues.map((queue) => names.get(queue) ?? queue).join(' + ')
  const submit = async (reason: string): Promise<void> => {
    setError(null)
    try {
      await floor.merge(group.id, !group.merged, reason)
      announce(t(group.merged ? 'live.apart_now' : 'live.together_now', { queues }))
      setAsking(false)
      await client.invalidateQueries({ queryKey: ['groups'] })
    } catch (refusal) {
      setError(refusal)
    }
  }
  return (
    <li className="stack">
      <div className="row">
        <span className="grow">
          {queues} · {group.merged ? t('live.together') : t('live.apart')}
        </span>
        {isAsking ? null : (
          <Button size="small" onClick={() => setAsking(true)}>
            {group.merged ? t('live.take_apart') : t('live.merge')}
          </Button>
        )}
      </div>
      {error === null ? null : <ErrorBox error={error} />}
      {isAsking ? <ReasonForm submitLabel={group.merged ? t('live.take_apart') : t('live.merge')} onSubmit={submit} onCancel={() => setAsking(false)} /> : null}
    </li>
  )
}

export function MergeList({ queue, names }: { queue: string; names: Map<string, string> }): ReactElement | null {
  const { t } = useTranslation()
  const mayForce = useMay('live.force')
  const found = useQuery({ queryKey: ['groups'], queryFn: floor.groups, refetchInterval: 10_000 })
  const groups = (found.data ?? []).filter((group) => group.queues.includes(queue))
  if (!mayForce || groups.length === 0) return null
  return (
    <section className="stack" aria-label={t('live.groups')}>
      <h3>{t('live.groups')}</h3>
      <ul className="waiters">
        {groups.map((group) => (
          <Merge key={group.id} group={group} names={names} />
        ))}
      </ul>
    </section>
  )
}

export function CallbackList({ queue }: { queue: string }): ReactElement | null {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const mayForce = useMay('live.force')
  const client = useQueryClient()
  const found = useQuery({ queryKey: ['callbacks'], queryFn: floor.callbacks, refetchInterval: 10_000 })
  const cancel = useCommand(async (callback: string) => {
    await floor.cancelCallback(callback)
    await client.invalidateQueries({ queryKey: ['callbacks'] })
  })
  const rows = (found.data ?? []).filter((callback) => callback.queue?.id === queue)
  if (rows.length === 0) return null
  return (
    <section className="stack" aria-label={t('live.callbacks')}>
      <h3>{t('live.callbacks')}</h3>
      <ul className="waiters">
        {rows.map((callback) => (
          <li key={callback.id} className="row">
            <span className="figure">{callback.number}</span>
            <span className="grow quiet">
              {callback.due === null
                ? t('live.since', { at: shortDateTime(callback.since, i18n.language, zone) })
                : t('live.due', { at: shortDateTime(callback.due, i18n.language, zone) })}{' '}
              <NotCalled why={callback.do_not_call} />
            </span>
            {mayForce ? (
              <Popconfirm title={t('live.callback_sure')} okText={t('live.call_off')} cancelText={t('common.cancel')} onConfirm={() => void cancel.run(callback.id)}>
                <Button size="small">{t('live.call_off')}</Button>
              </Popconfirm>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
