/** The columns of the lists of callbacks. */
import { Button, Checkbox } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { callbacks, type CallbackLine } from '@/api/callbacks'
import type { DeskView } from '@/api/schema'
import { useZone } from '@/api/session'
import { useRow } from '@/live/hooks'
import { useCaseNames } from '@/shared/cases/known'
import { Limits } from '@/shared/cases/Limit'
import { NotCalled, useNotCalled } from '@/shared/customer/NotCalled'
import { useSeconds } from '@/ui/clock'
import type { Column } from '@/ui/DataTable'
import { clockTime, shortDateTime, shortDay, textIn } from '@/ui/format'
import { useCommand } from '@/ui/useCommand'

export interface Picking {
  picked: ReadonlySet<string>
  onPick: (line: CallbackLine, isPicked: boolean) => void
}

interface Asked {
  /** Say how it went; with the contact of the call that was just placed. */
  onOpen: (line: CallbackLine, contact: string | null) => void
  picking?: Picking
}

/** When it was tried, and from when it may be tried again. */
function Attempts({ line }: { line: CallbackLine }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const now = useSeconds() * 1_000
  if (line.attempts === 0) return <span className="quiet">{t('callbacks.not_tried')}</span>
  const waits = line.not_before !== null && now < line.not_before
  return (
    <>
      {t('callbacks.tried', { count: line.attempts })}
      {waits && line.not_before !== null ? (
        <span className="quiet"> · ◔ {t('callbacks.again_from', { at: clockTime(line.not_before, i18n.language, zone) })}</span>
      ) : null}
    </>
  )
}

function LastContact({ line }: { line: CallbackLine }): ReactElement {
  const { i18n } = useTranslation()
  const zone = useZone()
  const last = line.last_contact
  if (last === null) return <>{`${shortDay(line.case.opened_at, i18n.language, zone)} · ${line.case.title}`}</>
  const topic = textIn(i18n.language, last.topic, last.topic_en)
  return (
    <>
      <Link className="figure" to={`/records/${encodeURIComponent(last.contact)}`}>
        {shortDateTime(last.at, i18n.language, zone)}
      </Link>{' '}
      {topic === '' ? line.case.title : topic}
    </>
  )
}

function Steps({ line, onOpen }: { line: CallbackLine; onOpen: Asked['onOpen'] }): ReactElement {
  const { t } = useTranslation()
  const desk = useRow<DeskView>('me', 'me')
  const notCalled = useNotCalled(line.do_not_call)
  const call = useCommand(async () => onOpen(line, (await callbacks.call(line.case.id)).contact))
  const isAtDesk = desk?.signed_in === true && desk.here
  const never = line.case.phone === '' ? t('callbacks.no_number') : notCalled
  const whyNot = never ?? (isAtDesk ? (desk.contact == null ? null : t('callbacks.in_call')) : t('callbacks.sign_in_first'))
  return (
    <span className="row callback-steps">
      <Button size="small" type="primary" loading={call.isBusy} disabled={whyNot !== null} title={whyNot ?? undefined} data-testid={`callback-call-${line.case.id}`} onClick={() => void call.run()}>
        {t('callbacks.call')}
      </Button>
      <Button size="small" data-testid={`callback-say-${line.case.id}`} onClick={() => onOpen(line, null)}>
        {t('callbacks.say')}
      </Button>
    </span>
  )
}

export function useColumns({ onOpen, picking }: Asked): Column<CallbackLine>[] {
  const { t } = useTranslation()
  const { kind } = useCaseNames()
  const title = (key: string): string => t(`callbacks.column.${key}`)
  const pick: Column<CallbackLine>[] =
    picking === undefined
      ? []
      : [
          {
            key: 'pick',
            title: title('pick'),
            render: (line) => (
              <Checkbox
                checked={picking.picked.has(line.case.id)}
                aria-label={t('callbacks.pick', { number: line.case.number })}
                data-testid={`pick-${line.case.id}`}
                onChange={(event) => picking.onPick(line, event.target.checked)}
              />
            ),
          },
        ]
  const steps: Column<CallbackLine>[] =
    picking === undefined ? [{ key: 'steps', title: title('steps'), stays: true, render: (line) => <Steps line={line} onOpen={onOpen} /> }] : []
  return [
    ...pick,
    {
      key: 'number',
      title: title('number'),
      stays: true,
      render: ({ case: order }) => (
        <Link className="figure" to={`/cases/${encodeURIComponent(order.id)}`} data-testid={`callback-${order.id}`}>
          {order.number}
        </Link>
      ),
    },
    { key: 'title', title: title('title'), widest: '18em', render: ({ case: order }) => order.title },
    {
      key: 'customer',
      title: title('customer'),
      widest: '12em',
      render: ({ case: order, do_not_call: why }) => (
        <>
          {[order.customer_name, order.phone].filter((part) => part !== '').join(' ') || '—'} <NotCalled why={why} />
        </>
      ),
    },
    { key: 'last', title: title('last'), widest: '16em', render: (line) => <LastContact line={line} /> },
    { key: 'attempts', title: title('attempts'), render: (line) => <Attempts line={line} /> },
    { key: 'limit', title: title('limit'), render: ({ case: order }) => <Limits clocks={order.clocks} /> },
    { key: 'person', title: title('person'), widest: '9em', render: (line) => line.person?.name ?? t('callbacks.nobody') },
    { key: 'kind', title: title('kind'), widest: '9em', isExtra: true, render: ({ case: order }) => kind(order.kind) },
    ...steps,
  ]
}
