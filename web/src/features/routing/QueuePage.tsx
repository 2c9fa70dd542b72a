/** One queue: what it does in a sentence, every field of its rule, who serves it, who would be rung. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'

import { routing, type QueueRule } from '@/api/routing'
import { isEnglish } from '@/ui/format'
import { usePageHelp } from '@/ui/help'
import { PageShell } from '@/ui/PageShell'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'
import { EditBar } from '@/ui/EditFrame'
import { useRefusalText } from '@/ui/problems'
import { useVersions } from '@/ui/versions'

import { SectionFrame, wrongIn } from './SectionFrame'
import { Fields } from './Fields'
import { Hours } from './Hours'
import { RemoveForm } from './InUse'
import { FRESH_MS, queuesQuery, useNameOf, useQueueOptions } from './known'
import { Members } from './Members'
import { SlaTarget } from './SlaTarget'
import { QUEUE_SECTIONS } from './spec'
import { WhoNext } from './WhoNext'
import './routing.css'

const ALSO = ['calendar', 'stages', 'overflow', 'overrides', 'dispositions'] as const

function Sentence({ queue }: { queue: string }): ReactElement {
  const { t, i18n } = useTranslation()
  const rules = useQuery({ queryKey: ['routing', 'effective'], queryFn: routing.effective, refetchInterval: FRESH_MS })
  const rule = rules.data?.find((each) => each.queue === queue)
  return (
    <p className="panel routing-effective" data-testid="effective-rule" aria-live="polite">
      <b>{t('routing.in_force')}</b> {rule === undefined ? '…' : isEnglish(i18n.language) ? rule.en : rule.zh}
    </p>
  )
}

function Remove({ queue, onCancel }: { queue: QueueRule; onCancel: () => void }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const nameOf = useNameOf()
  const [to, setTo] = useState('')
  const others = useQueueOptions().filter((each) => each.value !== queue.id)
  const done = (): void => {
    void client.invalidateQueries({ queryKey: ['routing'] })
    void navigate('/admin/routing')
  }
  return (
    <RemoveForm question={t('routing.queue_delete_what', { name: nameOf(queue) })} onRemove={() => routing.removeQueue(queue.id, to === '' ? null : to, queue.revision)} onDone={done} onCancel={onCancel}>
      <label htmlFor="queue-delete-to">{t('routing.queue_delete_to')}</label>
      <Select id="queue-delete-to" value={to} options={[{ value: '', label: t('routing.queue_delete_apology') }, ...others]} onChange={setTo} />
    </RemoveForm>
  )
}

function Editor({ stored }: { stored: QueueRule }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const nameOf = useNameOf()
  const textOf = useRefusalText()
  const [isRemoving, setRemoving] = useState(false)
  const editing = useVersions<QueueRule>({
    name: `routing-queue-${stored.id}`,
    stored,
    send: (changes, _whole, match) => routing.changeQueue(stored.id, changes, match),
    reread: async () => {
      await Promise.all(['queues', 'effective', 'who'].map((name) => client.invalidateQueries({ queryKey: ['routing', name] })))
      return client.getQueryData<QueueRule[]>(queuesQuery.queryKey)?.find((each) => each.id === stored.id)
    },
    saved: t('routing.saved'),
  })
  const wrong = wrongIn(editing.refusal, textOf(editing.refusal))
  const fields = (key: string): ReactElement => {
    const section = QUEUE_SECTIONS.find((each) => each.key === key) ?? QUEUE_SECTIONS[0]
    return section === undefined ? <></> : <Fields of="queue" section={section} thing={editing.draft} onChange={editing.change} wrong={wrong} />
  }
  const part = (key: string, inner: ReactElement): ReactElement => (
    <section className="panel" aria-labelledby={`section-${key}`}>
      <h2 id={`section-${key}`}>{t(`routing.section.${key}`)}</h2>
      {inner}
    </section>
  )
  return (
    <PageShell title={nameOf(stored)} beside={
      <EditBar editing={editing}>
        <Button danger data-testid="queue-delete" onClick={() => setRemoving(true)}>{t('routing.delete')}</Button>
        <Link to="/admin/routing">{t('routing.all_queues')}</Link>
        <code className="quiet">{stored.id}</code>
      </EditBar>
    }>
      <Sentence queue={stored.id} />
      <div className="beside">
        <div className="stack">
          <SectionFrame of="queue" sections={QUEUE_SECTIONS} also={ALSO} editing={editing}>
            {part('basics', fields('basics'))}
            {part('service', <>{fields('service')}<SlaTarget queue={stored.id} /></>)}
            {part('hours', <Hours queue={editing.draft} onChange={editing.change} />)}
            {['ringing', 'wrap_up', 'waiting', 'recording', 'callbacks', 'alarms'].map((key) => <div key={key}>{part(key, fields(key))}</div>)}
          </SectionFrame>
        </div>
        <div className="stack side">
          <WhoNext queue={stored.id} />
          {part('members', <Members queue={stored.id} />)}
        </div>
      </div>
      <Drawer title={t('routing.queue_delete')} open={isRemoving} onClose={() => setRemoving(false)} destroyOnHidden>
        <Remove queue={stored} onCancel={() => setRemoving(false)} />
      </Drawer>
    </PageShell>
  )
}

export function QueuePage(): ReactElement {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  usePageHelp(t('routing.help_page'))
  const queues = useQuery(queuesQuery)
  if (queues.isPending) return <Loading rows={8} />
  // A draft stays open while the server is away.
  if (queues.data === undefined) return <ErrorBox error={queues.error} onRetry={() => void queues.refetch()} />
  const stored = queues.data.find((each) => each.id === id)
  if (stored === undefined) return <EmptyState title={t('problem.queue_not_found')} action={<Link to="/admin/routing">{t('routing.all_queues')}</Link>} />
  return <Editor key={stored.id} stored={stored} />
}
