/** 试呼: the system calls its own hotline as a customer; this page shows what the call goes through. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import i18next from 'i18next'
import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { records, setup } from '@/api/calls'
import { ApiProblem } from '@/api/client'
import type { RecordDetail } from '@/api/schema'
import { hasDesk, useMay, useMe, useZone } from '@/api/session'
import { useRow, useTopics } from '@/live/hooks'
import { clockTime } from '@/ui/format'
import { ErrorBox } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

const UNTIL_WRITTEN_MS = 1_000

/** The record of the call, fetched anew whenever its live row changes, until it is complete. */
export function useProgress(call: string | null): RecordDetail | undefined {
  const client = useQueryClient()
  useTopics('contacts')
  const row = useRow<object>('contacts', call ?? '')
  const found = useQuery({
    queryKey: ['record', call],
    queryFn: () => records.read(call ?? ''),
    enabled: call !== null,
    retry: false,
    // The record is written a moment after the call begins; no event says when.
    refetchInterval: (query) => {
      const record = query.state.data
      const isDone = record !== undefined && record.record.outcome !== 'in_progress' && record.recording.state !== 'pending'
      return isDone ? false : UNTIL_WRITTEN_MS
    },
  })
  useEffect(() => {
    if (call !== null) void client.invalidateQueries({ queryKey: ['record', call] })
  }, [client, call, row])
  return found.data
}

function Steps({ detail }: { detail: RecordDetail }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  return (
    <ol className="ladder" aria-label={t('setup.what_happened')}>
      {detail.ladder.map((step, index) => (
        <li key={`${step.at}-${step.kind}-${index}`} data-testid={`ladder-${step.kind}`}>
          <span className="figure">{clockTime(step.at, i18n.language, zone)}</span>
          <span aria-hidden="true">●</span>
          <span>{i18next.exists(`ladder.${step.kind}`) ? t(`ladder.${step.kind}`) : step.kind}</span>
        </li>
      ))}
    </ol>
  )
}

export interface TestCallProps {
  /** What to dial and to press; the demonstration's hotline when left out. */
  dialled?: { number?: string; press?: string }
  call: string | null
  onCall: (call: string) => void
}

const KEPT = 'lianxi-test-call'

/** The test call of this window: still there on the way back from the desk, and after a reload. */
export function useCall(): [string | null, (call: string) => void] {
  const [call, setCall] = useState(() => sessionStorage.getItem(KEPT))
  const put = (placed: string): void => {
    sessionStorage.setItem(KEPT, placed)
    setCall(placed)
  }
  return [call, put]
}

export function TestCall({ dialled, call, onCall }: TestCallProps): ReactElement | null {
  const { t } = useTranslation()
  const mayCall = useMay('test_call')
  const isAgent = hasDesk(useMe())
  const [error, setError] = useState<unknown>(null)
  const detail = useProgress(call)
  const start = useCommand(async () => {
    setError(null)
    try {
      const { call: placed } = await setup.testCall(dialled)
      onCall(placed)
    } catch (refusal) {
      if (!(refusal instanceof ApiProblem)) throw refusal
      setError(refusal)
    }
  })
  if (!mayCall) return null
  return (
    <section className="panel stack" aria-label={t('setup.test_call')}>
      <h2 className="panel-title">{t('setup.test_call')}</h2>
      <p className="quiet">{isAgent ? t('setup.test_call_why') : t('setup.test_call_no_desk')}</p>
      <div className="row">
        <Button type="primary" loading={start.isBusy} data-testid="test-call" onClick={() => void start.run()}>
          {t('setup.call_now')}
        </Button>
        {isAgent ? <Link to="/desk">{t('setup.to_desk')}</Link> : null}
      </div>
      {error === null ? null : <ErrorBox error={error} />}
      {call === null ? null : (
        <div data-testid="test-call-progress" data-call={call}>
          {detail === undefined ? <p className="quiet">{t('setup.calling')}</p> : <Steps detail={detail} />}
          <Link to={`/records/${encodeURIComponent(call)}`}>{t('setup.to_record')}</Link>
        </div>
      )}
    </section>
  )
}
