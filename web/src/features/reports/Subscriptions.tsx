/** 订阅: reports that go out by e-mail, when next, and what became of the last time. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { savedReports, type SavedReport } from '@/api/figures'
import { useZone } from '@/api/session'
import { dateTime } from '@/ui/format'
import { ErrorBox } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

import { NOTHING } from './printed'
import { SubscriptionForm } from './SubscriptionForm'

const SHAPES = { waiting: '◔', sent: '●', partly: '▲', failed: '■' } as const

function LastRun({ report }: { report: SavedReport }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const run = report.last_run
  if (run === null) return <span className="quiet">{t('subscription.never')}</span>
  return (
    <span className={run.state === 'failed' ? 'over' : ''} data-state={run.state}>
      <span aria-hidden="true">{SHAPES[run.state]} </span>
      {t(`subscription.state.${run.state}`)} {dateTime(run.ended_at ?? run.due_at, i18n.language, zone)}
      {run.error_text === null ? '' : ` · ${run.error_text}`}
    </span>
  )
}

function Row({ report }: { report: SavedReport }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const client = useQueryClient()
  const fresh = (): Promise<void> => client.invalidateQueries({ queryKey: ['saved-reports'] })
  const send = useCommand(async () => {
    await savedReports.send(report.id)
    await fresh()
  })
  const remove = useCommand(async () => {
    await savedReports.remove(report.id)
    await fresh()
  })
  return (
    <tr data-testid={`subscription-${report.id}`}>
      <th scope="row">{report.title}</th>
      <td>
        {t(`subscription.every.${report.cadence}`)} · {t(`reports.format.${report.format}`)} ·{' '}
        {t('subscription.people', { count: report.recipients.length })}
      </td>
      <td className="figure">{report.due_at === null ? NOTHING : dateTime(report.due_at, i18n.language, zone)}</td>
      <td>
        <LastRun report={report} />
      </td>
      <td aria-label={t('subscription.column.actions')}>
        <span className="row">
          <Button size="small" loading={send.isBusy} onClick={() => void send.run()}>
            {t('subscription.send')}
          </Button>
          <Button size="small" loading={remove.isBusy} data-testid={`subscription-remove-${report.id}`} onClick={() => void remove.run()}>
            {t('subscription.remove')}
          </Button>
        </span>
      </td>
    </tr>
  )
}

export function Subscriptions(): ReactElement {
  const { t } = useTranslation()
  const [isAdding, setAdding] = useState(false)
  const list = useQuery({ queryKey: ['saved-reports'], queryFn: savedReports.list })
  const reports = list.data ?? []
  return (
    <section className="panel stack" aria-label={t('subscription.list')} data-testid="subscriptions">
      <div className="row">
        <h2 className="panel-title">{t('subscription.list')}</h2>
        {isAdding ? null : (
          <Button size="small" data-testid="subscription-add" onClick={() => setAdding(true)}>
            {t('subscription.add')}
          </Button>
        )}
      </div>
      {isAdding ? <SubscriptionForm title="" question={null} onDone={() => setAdding(false)} /> : null}
      {list.isError ? <ErrorBox error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.isSuccess && reports.length === 0 ? <p className="quiet">{t('subscription.none')}</p> : null}
      {reports.length === 0 ? null : (
        <div className="scroll">
          <table className="grid" aria-label={t('subscription.list')}>
            <thead>
              <tr>
                {(['title', 'cadence', 'next', 'last', 'actions'] as const).map((column) => (
                  <th key={column} scope="col">
                    {t(`subscription.column.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {reports.map((report) => (
                <Row key={report.id} report={report} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
