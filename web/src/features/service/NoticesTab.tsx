/** 模板: the words of every notice, by event and channel. */
import { useQuery } from '@tanstack/react-query'
import { Fragment, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { NOTICE_TEMPLATES, noticeTemplates, type NoticeTemplate } from '@/api/notices'
import { ErrorBox, Loading } from '@/ui/states'

import { FRESH_MS } from './keys'
import { LetterChannels } from './notices/LetterChannels'
import { TemplateEditor } from './notices/TemplateEditor'
import './notices/notices.css'
import './scripts.css'

const groupOf = (event: string): string => event.split('.')[0] ?? event

function Events({ all, chosen, onChoose }: { all: readonly NoticeTemplate[]; chosen: string; onChoose: (event: string) => void }): ReactElement {
  const { t } = useTranslation()
  return (
    <nav className="stack notice-events" aria-label={t('service.tab.notices')}>
      {all.map(({ event, revision, coming }, index) => {
        const group = groupOf(event)
        const isFirst = group !== groupOf(all[index - 1]?.event ?? '')
        return (
          <Fragment key={event}>
            {isFirst ? <h2 className="notice-group">{t(`notices.group.${group}`)}</h2> : null}
            <button type="button" className="plain-button service-entry" aria-current={event === chosen} data-testid={`notice-event-${event}`} onClick={() => onChoose(event)}>
              {t(`notices.event.${event}`)}
              <span className="quiet">
                {' '}
                {coming === null ? '' : '◔'}
                {revision === '0' ? '' : `v${revision}`}
              </span>
            </button>
          </Fragment>
        )
      })}
    </nav>
  )
}

export function NoticesTab(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const all = useQuery({ queryKey: NOTICE_TEMPLATES, queryFn: noticeTemplates.all, refetchInterval: FRESH_MS, refetchOnWindowFocus: true })
  if (all.isError) return <ErrorBox error={all.error} onRetry={() => void all.refetch()} />
  if (all.data === undefined) return <Loading rows={8} />
  const open = all.data.find(({ event }) => event === search.get('event')) ?? all.data[0]
  return (
    <div className="stack">
      <LetterChannels />
      <div className="service-split">
        <Events all={all.data} chosen={open?.event ?? ''} onChoose={(event) => setSearch({ tab: 'notices', event })} />
        {open === undefined ? null : <TemplateEditor key={open.event} template={open} />}
      </div>
    </div>
  )
}
