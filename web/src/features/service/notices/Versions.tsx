/** What was saved of an event, when and by whom; an older version can be taken up again. */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { NOTICE_TEMPLATES, noticeTemplates, type NoticeTemplate, type NoticeTemplateVersion } from '@/api/notices'
import { useZone } from '@/api/session'
import { shortDateTime } from '@/ui/format'
import { ErrorBox, Loading } from '@/ui/states'

import { CHANNELS, said } from './words'

interface Props {
  template: NoticeTemplate
  onLoad: (version: NoticeTemplateVersion) => void
}

export function Versions({ template, onLoad }: Props): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const { event, current, coming, revision } = template
  const list = useQuery({ queryKey: [...NOTICE_TEMPLATES, event, 'versions', revision], queryFn: () => noticeTemplates.versions(event) })
  const when = (at: number): string => shortDateTime(at, i18n.language, zone)
  const mark = (number: number): string => {
    if (number === current.number) return `● ${t('notices.in_force')}`
    return number === coming?.number ? `◔ ${t('notices.to_come')}` : ''
  }
  return (
    <details className="panel" data-testid="notice-versions">
      <summary>{t('notices.versions')}</summary>
      {list.isPending ? <Loading rows={2} /> : null}
      {list.isError ? <ErrorBox error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.data?.length === 0 ? <p className="quiet">{t('notices.as_shipped')}</p> : null}
      <ul className="script-versions">
        {(list.data ?? []).map((version) => (
          <li key={version.number} className="script-version">
            <div className="row">
              <b>{t('notices.version', { number: version.number })}</b>
              <span>{mark(version.number)}</span>
              <span className="quiet grow">{t('notices.saved', { by: version.saved_by, at: when(version.saved_at), from: when(version.effective_at) })}</span>
              <Button size="small" onClick={() => onLoad(version)}>
                {t('notices.load')}
              </Button>
            </div>
            {CHANNELS.map((channel) => {
              const words = version.wordings[channel]
              return words === undefined ? null : (
                <p key={channel} className="notice-said">
                  <span className="quiet">{t(`notices.channel.${channel}`)}</span> {said(words)}
                </p>
              )
            })}
          </li>
        ))}
      </ul>
    </details>
  )
}
