/** 队列: each with what it does in one sentence, and how it stands now. */
import { useQuery } from '@tanstack/react-query'
import { Button, Drawer, Input } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'

import { listFilePath } from '@/api/exports'
import { routing, type QueueRule } from '@/api/routing'
import type { QueueRow } from '@/api/schema'
import { useMay } from '@/api/session'
import { useRow, useTopics } from '@/live/hooks'
import { ListExport } from '@/ui/ExportMenu'
import { isEnglish } from '@/ui/format'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'

import { FRESH_MS, queuesQuery, useAgents, useNameOf } from './known'
import { NewQueue } from './NewQueue'
import { serves } from './crew'

const COLUMNS = ['queue', 'does', 'priority', 'answer_within', 'members', 'ready', 'waiting'] as const
const FIGURES = new Set<string>(['priority', 'answer_within', 'members', 'ready', 'waiting'])

function Row({ queue, sentence, members }: { queue: QueueRule; sentence: string; members: number | null }): ReactElement {
  const { t } = useTranslation()
  const nameOf = useNameOf()
  const live = useRow<QueueRow>('queues', queue.id)
  return (
    <tr data-testid={`queue-${queue.id}`}>
      <th scope="row" className="routing-name"><Link to={`/admin/routing/queues/${encodeURIComponent(queue.id)}`}>{nameOf(queue)}</Link></th>
      <td className="routing-sentence">{sentence}</td>
      <td className="number">{queue.priority}</td>
      <td className="number">{queue.answer_within / 1_000} {t('routing.unit.s')}</td>
      <td className="number">{members ?? '—'}</td>
      <td className="number">{live?.ready ?? '—'}</td>
      <td className="number">{live?.waiting ?? '—'}</td>
    </tr>
  )
}

export function QueuesTab(): ReactElement {
  const { t, i18n } = useTranslation()
  useTopics('queues')
  const [search, setSearch] = useSearchParams()
  const wanted = search.get('q') ?? ''
  const isNew = search.get('new') === 'queue'
  const set = (name: string, value: string): void =>
    setSearch((now) => { const next = new URLSearchParams(now); if (value === '') next.delete(name); else next.set(name, value); return next }, { replace: true })
  const queues = useQuery(queuesQuery)
  const rules = useQuery({ queryKey: ['routing', 'effective'], queryFn: routing.effective, refetchInterval: FRESH_MS })
  const mayStaff = useMay('users.edit')
  const agents = useAgents()
  const said = new Map((rules.data ?? []).map((rule) => [rule.queue, isEnglish(i18n.language) ? rule.en : rule.zh]))
  const shown = (queues.data ?? []).filter((queue) => `${queue.id} ${queue.name} ${queue.name_en}`.toLowerCase().includes(wanted.toLowerCase()))
  return (
    <div className="stack">
      <div className="row">
        <Input.Search allowClear className="routing-find" aria-label={t('routing.find')} placeholder={t('routing.find')} defaultValue={wanted} onChange={(event) => set('q', event.target.value)} />
        <span className="grow quiet">{t('routing.queues_count', { count: shown.length })}</span>
        <ListExport pathOf={listFilePath('queues')} />
        <Button type="primary" data-testid="queue-new" onClick={() => set('new', 'queue')}>{t('routing.new_queue')}</Button>
      </div>
      {queues.isPending ? <Loading rows={6} /> : queues.isError ? <ErrorBox error={queues.error} onRetry={() => void queues.refetch()} /> : shown.length === 0 ? (
        <EmptyState title={t(wanted === '' ? 'routing.queues_none' : 'routing.found_none')} why={wanted === '' ? t('routing.queues_none_why') : undefined} />
      ) : (
        <div className="scroll">
          <table className="grid" aria-label={t('routing.tab.queues')} data-testid="queues">
            <thead><tr>{COLUMNS.map((name) => <th key={name} scope="col" className={FIGURES.has(name) ? 'number' : undefined}>{t(`routing.column.${name}`)}</th>)}</tr></thead>
            <tbody>
              {shown.map((queue) => (
                <Row key={queue.id} queue={queue} sentence={said.get(queue.id) ?? '…'} members={mayStaff ? agents.filter((agent) => serves(agent, queue.id)).length : null} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Drawer title={t('routing.new_queue')} open={isNew} onClose={() => set('new', '')} destroyOnHidden>
        <NewQueue onDone={() => set('new', '')} />
      </Drawer>
    </div>
  )
}
