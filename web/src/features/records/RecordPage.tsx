/** 通话详情: prove what happened: the ladder with its times, the sound, who and how. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, Suspense, useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'

import { records } from '@/api/calls'
import type { RecordDetail } from '@/api/schema'
import { useMay, useZone } from '@/api/session'
import { useRow, useTopics } from '@/live/hooks'
import { dateTime, durationOrDash, nameIn } from '@/ui/format'
import { PageShell } from '@/ui/PageShell'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

import { Ladder } from './Ladder'
import { causeWord, dispositionWord } from './words'

const Player = lazy(() => import('./Player').then(({ Player: component }) => ({ default: component })))
const WHILE_PENDING_MS = 2_000

function Revealed({ id, masked }: { id: string; masked: string | null }): ReactElement {
  const { t } = useTranslation()
  const mayReveal = useMay('records.reveal')
  const [number, setNumber] = useState<string | null>(null)
  const reveal = useCommand(async () => setNumber((await records.reveal(id)).number))
  return (
    <span className="row">
      <span className="figure" data-testid="contact-number">
        {number ?? (masked || '—')}
      </span>
      {mayReveal && number === null && masked ? (
        <Button size="small" loading={reveal.isBusy} data-testid="reveal" onClick={() => void reveal.run()}>
          {t('common.reveal')}
        </Button>
      ) : null}
    </span>
  )
}

function Facts({ detail }: { detail: RecordDetail }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const { record } = detail
  return (
    <section className="panel" aria-label={t('records.facts')}>
      <h2>{record.name ?? t('records.unknown_caller')}</h2>
      <dl className="facts">
        <dt>{t('records.column.number')}</dt>
        <dd>
          <Revealed id={record.id} masked={record.number} />
        </dd>
        <dt>{t('records.column.arrived')}</dt>
        <dd className="figure">{dateTime(record.arrived_at, i18n.language, zone)}</dd>
        <dt>{t('records.column.queue')}</dt>
        <dd>{nameIn(i18n.language, record.queue)}</dd>
        <dt>{t('records.column.agent')}</dt>
        <dd>{record.agent === null ? '—' : `${record.agent.no} ${record.agent.name}`}</dd>
        <dt>{t('records.column.outcome')}</dt>
        <dd>
          {t(`outcome.${record.outcome}`)}
          {record.cause === null ? null : <span className="quiet"> {causeWord(record.cause)}</span>}
        </dd>
        <dt>{t('records.column.ended_by')}</dt>
        <dd>{record.ended_by === null ? '—' : t(`ended_by.${record.ended_by}`)}</dd>
        <dt>{t('records.column.waited')}</dt>
        <dd className="figure">{durationOrDash(record.waited_ms)}</dd>
        <dt>{t('records.column.ring')}</dt>
        <dd className="figure">{durationOrDash(record.ring_ms)}</dd>
        <dt>{t('records.column.talk')}</dt>
        <dd className="figure">{durationOrDash(record.talk_ms)}</dd>
        <dt>{t('records.column.hold')}</dt>
        <dd className="figure">{durationOrDash(record.hold_ms)}</dd>
        <dt>{t('records.column.wrap_up')}</dt>
        <dd className="figure">{durationOrDash(record.wrap_up_ms)}</dd>
        <dt>{t('records.column.disposition')}</dt>
        <dd>{dispositionWord(i18n.language, record.disposition)}</dd>
        <dt>{t('records.notes')}</dt>
        <dd>{detail.notes === null || detail.notes === '' ? '—' : detail.notes}</dd>
      </dl>
    </section>
  )
}

function Recording({ detail }: { detail: RecordDetail }): ReactElement {
  const { t } = useTranslation()
  const mayPlay = useMay('records.play')
  const { state, cause } = detail.recording
  if (detail.record.outcome === 'in_progress') return <EmptyState title={t('records.still_on')} why={t('records.still_on_why')} />
  if (state === 'pending') return <EmptyState title={t('records.pending')} why={t('records.pending_why')} />
  if (state === 'missing') return <EmptyState title={t('records.missing')} why={causeWord(cause)} />
  if (state === 'none') return <EmptyState title={t('records.no_recording')} why={t('records.no_recording_why')} />
  if (!mayPlay) return <EmptyState title={t('records.not_allowed')} />
  return (
    <Suspense fallback={<Loading rows={3} />}>
      <Player record={detail.record.id} />
    </Suspense>
  )
}

/** The record, fetched anew when the contact's live row changes and while its recording is made. */
function useDetail(id: string) {
  const client = useQueryClient()
  useTopics('contacts')
  const row = useRow<object>('contacts', id)
  useEffect(() => {
    void client.invalidateQueries({ queryKey: ['record', id] })
  }, [client, id, row])
  return useQuery({
    queryKey: ['record', id],
    queryFn: () => records.read(id),
    // No event says that a recording is ready.
    refetchInterval: (query) => {
      const detail = query.state.data
      const isOver = detail !== undefined && detail.record.outcome !== 'in_progress'
      return isOver && detail.recording.state === 'pending' ? WHILE_PENDING_MS : false
    },
  })
}

function Beside({ id }: { id: string }): ReactElement {
  const { t } = useTranslation()
  return (
    <>
      <code className="quiet">{id}</code>
      <Link to="/records">{t('records.to_list')}</Link>
    </>
  )
}

export function RecordPage(): ReactElement {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const detail = useDetail(id)
  return (
    <PageShell title={t('records.detail_title')} beside={<Beside id={id} />}>
      {detail.isPending ? <Loading rows={8} /> : null}
      {detail.isError ? <ErrorBox error={detail.error} onRetry={() => void detail.refetch()} /> : null}
      {detail.isSuccess ? (
        <>
          <section className="panel" aria-label={t('records.recording')}>
            <h2>{t('records.recording')}</h2>
            <Recording detail={detail.data} />
          </section>
          <div className="record">
            <Facts detail={detail.data} />
            <Ladder steps={detail.data.ladder} />
          </div>
        </>
      ) : null}
    </PageShell>
  )
}
