/** 传真: those that came in, and, for who may send some, those on their way out. */
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { recordList, type SentFax } from '@/api/records'
import type { ContactRecord } from '@/api/schema'
import { useMay, useZone } from '@/api/session'
import type { Column } from '@/ui/DataTable'
import { nameIn, shortDateTime } from '@/ui/format'
import { ErrorBox } from '@/ui/states'

import { ChannelRecords } from './ChannelRecords'
import { pathOf } from './columns'
import { causeWord } from './words'

const REFRESH_EVERY_MS = 10_000

function useFaxColumns(): Column<ContactRecord>[] {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  return [
    {
      key: 'arrived',
      title: t('records.column.arrived'),
      render: (record) => (
        <Link className="figure" to={pathOf(record.id)} data-testid={`fax-${record.id}`}>
          {shortDateTime(record.arrived_at, i18n.language, zone)}
        </Link>
      ),
    },
    { key: 'number', title: t('records.column.number'), widest: '14em', render: (record) => record.number || '—' },
    { key: 'queue', title: t('records.column.queue'), widest: '9em', render: (record) => nameIn(i18n.language, record.queue) },
    { key: 'pages', title: t('records.pages'), align: 'end', render: (record) => (record.pages === null ? '—' : String(record.pages)) },
    { key: 'agent', title: t('records.column.agent'), widest: '9em', render: (record) => (record.agent === null ? '—' : `${record.agent.no} ${record.agent.name}`) },
    { key: 'outcome', title: t('records.column.outcome'), render: (record) => t(`outcome.${record.outcome}`) },
  ]
}

function SentRow({ fax }: { fax: SentFax }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  return (
    <tr data-testid={`sent-${fax.fax}`}>
      <td className="figure">{shortDateTime(fax.asked_at, i18n.language, zone)}</td>
      <td className="figure">{fax.number}</td>
      <td className="number">
        {fax.confirmed}/{fax.pages}
      </td>
      <td>
        {t(`fax_state.${fax.state}`)}
        {fax.cause === '' ? null : <span className="quiet"> {causeWord(fax.cause)}</span>}
      </td>
      <td className="number">{fax.attempts}</td>
      <td>{fax.by}</td>
    </tr>
  )
}

function SentFaxes(): ReactElement | null {
  const { t } = useTranslation()
  const sent = useQuery({ queryKey: ['faxes-sent'], queryFn: recordList.sentFaxes, refetchInterval: REFRESH_EVERY_MS })
  if (sent.isError) return <ErrorBox error={sent.error} onRetry={() => void sent.refetch()} />
  if (sent.data === undefined || sent.data.length === 0) return null
  const heads = ['asked', 'number', 'confirmed', 'state', 'attempts', 'by'] as const
  return (
    <section className="panel" aria-label={t('records.sent')}>
      <h2>{t('records.sent')}</h2>
      {/* What scrolls is reached by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="scroll" tabIndex={0} role="region" aria-label={t('records.sent')}>
        <table className="grid">
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col" className={head === 'confirmed' || head === 'attempts' ? 'number' : undefined}>
                  {t(`records.sent_${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sent.data.map((fax) => (
              <SentRow key={fax.fax} fax={fax} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

export function FaxList(): ReactElement {
  const maySend = useMay('desk.use')
  const columns = useFaxColumns()
  return (
    <>
      <ChannelRecords channel="fax" name="faxes" columns={columns} />
      {maySend ? <SentFaxes /> : null}
    </>
  )
}
