/** 订阅: reports that go out by e-mail, when next, and what became of the last time. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Modal } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { savedReports, type SavedReport } from '@/api/figures'
import { useMe, useZone } from '@/api/session'
import { dateTime } from '@/ui/format'
import { ErrorBox, Loading } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

import { AddressDrawer, AddressStrip } from './Addresses'
import { NOTHING } from './printed'
import { useNameOf } from './recipients'
import { changedReport } from './saved'
import { SubscriptionForm } from './SubscriptionForm'
import { RunState, SubscriptionRuns, useWhy } from './SubscriptionRuns'

const LOOK_AGAIN_MS = 5_000
const COLUMNS = ['title', 'cadence', 'next', 'last', 'actions'] as const

type What = 'edit' | 'runs' | 'remove'

function LastRun({ report }: { report: SavedReport }): ReactElement {
  const { t } = useTranslation()
  const why = useWhy()
  if (report.last_run === null) return <span className="quiet">{t('subscription.never')}</span>
  const said = why(report.last_run)
  return (
    <>
      <RunState run={report.last_run} />
      {said === '' ? '' : ` · ${said}`}
    </>
  )
}

function Next({ report }: { report: SavedReport }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  if (report.paused) return <span data-testid={`subscription-paused-${report.id}`}>‖ {t('subscription.paused')}</span>
  return <>{report.due_at === null ? NOTHING : dateTime(report.due_at, i18n.language, zone)}</>
}

function Row({ report, onOpen }: { report: SavedReport; onOpen: (what: What) => void }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const me = useMe()
  const nameOf = useNameOf()
  const fresh = (): Promise<void> => client.invalidateQueries({ queryKey: ['saved-reports'] })
  const send = useCommand(() => savedReports.send(report.id).finally(() => void fresh()))
  const pause = useCommand(() => savedReports.change(report.id, changedReport(report, { paused: !report.paused })).finally(() => void fresh()))
  const button = (what: What) => (
    <Button size="small" data-testid={`subscription-${what}-${report.id}`} onClick={() => onOpen(what)}>
      {t(`subscription.${what}`)}
    </Button>
  )
  return (
    <tr data-testid={`subscription-${report.id}`}>
      <th scope="row">
        {report.title}
        {report.owner === me?.user.id ? null : <span className="quiet"> {t('subscription.of', { name: nameOf(report.owner) })}</span>}
      </th>
      <td>
        {t(`subscription.every.${report.cadence}`)} · {t(`reports.format.${report.format}`)} ·{' '}
        {t('subscription.people', { count: report.recipients.length })}
      </td>
      <td className="figure">
        <Next report={report} />
      </td>
      <td>
        <LastRun report={report} />
      </td>
      <td aria-label={t('subscription.column.actions')}>
        <span className="row">
          <Button size="small" loading={send.isBusy} data-testid={`subscription-send-${report.id}`} onClick={() => void send.run()}>
            {t('subscription.send')}
          </Button>
          {button('edit')}
          {report.cadence === 'none' ? null : (
            <Button size="small" loading={pause.isBusy} data-testid={`subscription-pause-${report.id}`} onClick={() => void pause.run()}>
              {report.paused ? t('subscription.go_on') : t('subscription.pause')}
            </Button>
          )}
          {button('runs')}
          {button('remove')}
        </span>
      </td>
    </tr>
  )
}

/** Asked once more, as its runs go with it. */
function Removal({ report, onDone }: { report: SavedReport; onDone: () => void }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const remove = useCommand(async () => {
    await savedReports.remove(report.id).finally(() => void client.invalidateQueries({ queryKey: ['saved-reports'] }))
    onDone()
  })
  return (
    <Modal
      open
      title={t('subscription.remove_title', { title: report.title })}
      okText={t('subscription.remove')}
      okButtonProps={{ danger: true, loading: remove.isBusy, 'data-testid': 'subscription-remove-sure' }}
      cancelText={t('common.cancel')}
      onOk={() => void remove.run()}
      onCancel={onDone}
    >
      {t('subscription.remove_why')}
    </Modal>
  )
}

interface OpenedProps {
  report: SavedReport
  what: What
  onDone: () => void
}

function Opened({ report, what, onDone }: OpenedProps): ReactElement {
  const { t } = useTranslation()
  if (what === 'remove') return <Removal report={report} onDone={onDone} />
  return (
    <Drawer open title={`${t(`subscription.${what}`)}: ${report.title}`} onClose={onDone} size="large">
      {what === 'runs' ? (
        <SubscriptionRuns report={report.id} />
      ) : (
        // Anew for each version: who was second sees what the first one made of it.
        <SubscriptionForm key={report.version} title={report.title} question={report.question} report={report} onDone={onDone} />
      )}
    </Drawer>
  )
}

function List({ reports, onOpen }: { reports: SavedReport[]; onOpen: (report: SavedReport, what: What) => void }): ReactElement {
  const { t } = useTranslation()
  return (
    <div className="scroll">
      <table className="grid" aria-label={t('subscription.list')}>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {t(`subscription.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {reports.map((report) => (
            <Row key={report.id} report={report} onOpen={(what) => onOpen(report, what)} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function Subscriptions(): ReactElement {
  const { t } = useTranslation()
  const [isAdding, setAdding] = useState(false)
  const [isAddressing, setAddressing] = useState(false)
  const [opened, setOpened] = useState<{ id: string; what: What } | null>(null)
  const list = useQuery({
    queryKey: ['saved-reports'],
    queryFn: savedReports.list,
    // What waits is sent within half a minute, or tried again later.
    refetchInterval: (query) => (query.state.data?.some((each) => each.last_run?.state === 'waiting') === true ? LOOK_AGAIN_MS : false),
  })
  const reports = list.data ?? []
  const report = reports.find((each) => each.id === opened?.id)
  return (
    <section className="panel stack" aria-label={t('subscription.list')} data-testid="subscriptions">
      <div className="row">
        <h2 className="panel-title">{t('subscription.list')}</h2>
        {isAdding ? null : (
          <Button size="small" data-testid="subscription-add" onClick={() => setAdding(true)}>
            {t('subscription.add')}
          </Button>
        )}
        <Button size="small" data-testid="addresses" onClick={() => setAddressing(true)}>
          {t('address.open')}
        </Button>
      </div>
      <AddressStrip onOpen={() => setAddressing(true)} />
      {isAdding ? <SubscriptionForm title="" question={null} onDone={() => setAdding(false)} /> : null}
      {list.isPending ? <Loading rows={2} /> : null}
      {list.isError ? <ErrorBox error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.isSuccess && reports.length === 0 ? <p className="quiet">{t('subscription.none')}</p> : null}
      {reports.length === 0 ? null : <List reports={reports} onOpen={({ id }, what) => setOpened({ id, what })} />}
      {report === undefined || opened === null ? null : <Opened report={report} what={opened.what} onDone={() => setOpened(null)} />}
      {isAddressing ? <AddressDrawer onDone={() => setAddressing(false)} /> : null}
    </section>
  )
}
