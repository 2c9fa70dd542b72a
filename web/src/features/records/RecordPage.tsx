/** 通话详情: prove what happened: the sound, the ladder with its times, who and how, how well it was heard. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useCallback, useEffect, useMemo, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'

import { records } from '@/api/calls'
import type { LadderStep, RecordDetail } from '@/api/schema'
import { useMay } from '@/api/session'
import { useRow, useTopics } from '@/live/hooks'
import { announce } from '@/ui/announce'
import { usePageHelp } from '@/ui/help'
import { PageShell } from '@/ui/PageShell'
import { ErrorBox, Loading } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

import { Facts } from './Facts'
import { Ladder } from './Ladder'
import { Quality } from './Quality'
import { Recording } from './Recording'
import './records.css'
import { Statements } from './Statements'
import { placeOf } from './sound'
import { ladderWord } from './words'

const WHILE_PENDING_MS = 2_000

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
  const mayWarn = useMay('cases.create')
  const share = useCommand(async () => {
    await navigator.clipboard.writeText(window.location.href)
    announce(t('records.link_copied'))
  })
  return (
    <>
      <code className="quiet">{id}</code>
      <Button size="small" data-testid="share" onClick={() => void share.run()}>
        {t('records.copy_link')}
      </Button>
      <span className="grow" />
      {mayWarn ? (
        <Link to={`/warnings?contact=${encodeURIComponent(id)}`} data-testid="record-warn">
          {t('records.warn')}
        </Link>
      ) : null}
      <Link to="/records">{t('records.to_list')}</Link>
    </>
  )
}

function Detail({ detail }: { detail: RecordDetail }): ReactElement {
  const { t, i18n } = useTranslation()
  // A function in the state is called by the setter unless it comes out of one.
  const [seek, setSeek] = useState<((to_ms: number) => void) | null>(null)
  const onReady = useCallback((next: ((to_ms: number) => void) | null) => setSeek(() => next), [])
  const { recording_began: began, recording, ladder } = detail
  const length = recording.duration_ms
  const where = useCallback((step: LadderStep) => placeOf(step, began, length), [began, length])
  const language = i18n.language
  const moments = useMemo(
    () =>
      ladder.flatMap((step) => {
        const at_ms = where(step)
        return at_ms === null ? [] : [{ at_ms, name: ladderWord(step.kind) }]
      }),
    // The words depend on the language, though nothing here names it.
    // oxlint-disable-next-line react/exhaustive-deps
    [ladder, where, language],
  )
  return (
    <>
      <section className="panel" aria-label={t('records.recording')}>
        <h2>{recording.pages === null ? t('records.recording') : t('records.fax')}</h2>
        <Recording detail={detail} moments={moments} onReady={onReady} />
      </section>
      <div className="record">
        <Facts detail={detail} />
        <div className="stack">
          <Statements record={detail.record.id} placeOf={where} onJump={seek} />
          <Ladder steps={ladder} placeOf={where} onJump={seek} />
          <Quality legs={detail.quality} />
        </div>
      </div>
    </>
  )
}

export function RecordPage(): ReactElement {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const detail = useDetail(id)
  usePageHelp(t('records.detail_about'))
  return (
    <PageShell title={t('records.detail_title')} beside={<Beside id={id} />}>
      {detail.isPending ? <Loading rows={8} /> : null}
      {detail.isError ? <ErrorBox error={detail.error} onRetry={() => void detail.refetch()} /> : null}
      {detail.isSuccess ? <Detail key={id} detail={detail.data} /> : null}
    </PageShell>
  )
}
