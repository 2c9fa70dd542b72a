/** By what letters leave the house: the mail server of the settings, a connector for short messages. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { NOTICE_CHANNELS, noticeTemplates } from '@/api/notices'
import { announce } from '@/ui/announce'
import { ErrorBox } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

export function LetterChannels(): ReactElement | null {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { data, error, refetch } = useQuery({ queryKey: NOTICE_CHANNELS, queryFn: noticeTemplates.channels })
  const choose = useCommand(async (name: string) => {
    client.setQueryData(NOTICE_CHANNELS, await noticeTemplates.choose(name))
    announce(t('notices.sms_chosen'))
  })
  if (error !== null) return <ErrorBox error={error} onRetry={() => void refetch()} />
  if (data === undefined) return null
  const known = data.connectors.map(({ name, title }) => ({ value: name, label: title }))
  const isGone = data.sms_connector !== '' && !known.some(({ value }) => value === data.sms_connector)
  return (
    <section className="panel notice-ways" aria-label={t('notices.ways')}>
      <p>
        <span className="quiet">{t('notices.channel.mail')}</span>{' '}
        {data.mail_from === '' ? <span className="note-amber">▲ {t('notices.mail_not_set_up')}</span> : t('notices.mail_from', { from: data.mail_from })}
      </p>
      <div className="row">
        <label htmlFor="sms-connector" className="quiet">
          {t('notices.sms_by')}
        </label>
        <Select
          id="sms-connector"
          className="service-name"
          data-testid="notice-sms-connector"
          loading={choose.isBusy}
          value={data.sms_connector}
          options={[{ value: '', label: t('notices.sms_none') }, ...known, ...(isGone ? [{ value: data.sms_connector, label: data.sms_connector }] : [])]}
          onChange={(name: string) => void choose.run(name)}
        />
        {data.sms_connector === '' ? <span className="note-amber">▲ {t('notices.sms_not_set_up')}</span> : null}
        {isGone ? <span className="note-amber">▲ {t('notices.sms_gone')}</span> : null}
      </div>
    </section>
  )
}
