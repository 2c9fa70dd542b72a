/** What became of each sending, for whom and why. */
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { savedReports, type ReportRun } from '@/api/figures'
import { useZone } from '@/api/session'
import { dateTime } from '@/ui/format'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'

import { useNameOf } from './recipients'

const SHAPES = { waiting: '◔', sent: '●', partly: '▲', failed: '■' } as const
/** Beside what is known of them, the mail server's own words tell more. */
const FROM_OUTSIDE = new Set(['mail_away', 'mail_refused', 'internal_error'])

/** Why a run failed, in the language of the page where there are words for it. */
export function useWhy(): (run: ReportRun) => string {
  const { t, i18n } = useTranslation()
  return (run) => {
    if (run.error === null) return ''
    const known = i18n.exists(`problem.${run.error}`) ? t(`problem.${run.error}`) : ''
    const said = FROM_OUTSIDE.has(run.error) || known === '' ? (run.error_text ?? run.error) : ''
    return [known, said].filter((each) => each !== '').join(' ')
  }
}

/** How a run stands, and when that was. */
export function RunState({ run }: { run: ReportRun }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  return (
    <span className={run.state === 'failed' ? 'over' : ''} data-state={run.state}>
      <span aria-hidden="true">{SHAPES[run.state]} </span>
      {t(`subscription.state.${run.state}`)} {dateTime(run.ended_at ?? run.due_at, i18n.language, zone)}
    </span>
  )
}

function Run({ run }: { run: ReportRun }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const nameOf = useNameOf()
  const why = useWhy()(run)
  const outcomes = Object.entries(run.outcomes)
  return (
    <li className="panel stack" data-testid={`run-${run.id}`}>
      <RunState run={run} />
      <span className="quiet">
        {run.asked_by === null ? t('subscription.by_time') : t('subscription.by_person', { name: nameOf(run.asked_by) })} ·{' '}
        {t('subscription.attempts', { count: run.attempts })}
        {run.state === 'waiting' && run.next_try_at !== null && run.attempts > 0
          ? ` · ${t('subscription.next_try', { at: dateTime(run.next_try_at, i18n.language, zone) })}`
          : ''}
      </span>
      {why === '' ? null : <span className="over">{why}</span>}
      {outcomes.length === 0 ? null : (
        <ul className="outcomes">
          {outcomes.map(([person, outcome]) => (
            <li key={person}>
              {nameOf(person)}: {t(`subscription.outcome.${outcome}`)}
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

export function SubscriptionRuns({ report }: { report: string }): ReactElement {
  const { t } = useTranslation()
  const runs = useQuery({ queryKey: ['saved-reports', report, 'runs'], queryFn: () => savedReports.runs(report) })
  if (runs.isPending) return <Loading rows={4} />
  if (runs.isError) return <ErrorBox error={runs.error} onRetry={() => void runs.refetch()} />
  if (runs.data.length === 0) return <EmptyState title={t('subscription.never')} />
  return (
    <ol className="runs" data-testid="subscription-runs">
      {runs.data.map((run) => (
        <Run key={run.id} run={run} />
      ))}
    </ol>
  )
}
