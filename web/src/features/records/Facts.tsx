/** Who it was, when, and how it went. */
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { records } from '@/api/calls'
import type { RecordDetail } from '@/api/schema'
import { useMay, useZone } from '@/api/session'
import { dateTime, durationOrDash, nameIn, regionIn } from '@/ui/format'
import { useCommand } from '@/ui/useCommand'

import { causeWord, dispositionWord } from './words'

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

export function Facts({ detail }: { detail: RecordDetail }): ReactElement {
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
          {record.region == null ? null : <span className="quiet">{regionIn(i18n.language, record.region)}</span>}
        </dd>
        <dt>{t('records.column.direction')}</dt>
        <dd>
          {t(`direction.${record.direction}`)} <span className="quiet">{t(`channel.${record.channel}`)}</span>
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
