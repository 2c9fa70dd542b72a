/** 公告详情: one announcement: written while it is a draft; then what it says, what came of it, what may happen. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'

import type { Announcement } from '@/api/announcements'
import { useMay } from '@/api/session'
import { StateTag, Times, TypeTag, wordsIn } from '@/shared/announcements/AnnouncementTags'
import { usePageHelp } from '@/ui/help'
import { PageShell } from '@/ui/PageShell'
import { ErrorBox, Loading } from '@/ui/states'

import './announcements.css'
import { Composer } from './Composer'
import { DraftPanel } from './DraftPanel'
import { useAnnouncement, useAreaName } from './keys'
import { NewAnnouncement } from './NewAnnouncement'
import { Counts, Linked, Tellings, Timeline } from './Story'

function Said({ one }: { one: Announcement }): ReactElement {
  const { t, i18n } = useTranslation()
  const words = wordsIn(i18n.language, one)
  const areaName = useAreaName()
  return (
    <section className="panel stack" aria-label={t('announcements.content')}>
      <h2 className="panel-title">{words.title}</h2>
      <p className="announcements-body">{words.body || '—'}</p>
      <dl className="facts">
        <dt>{t('announcements.field.places')}</dt>
        <dd>{one.places.join(' · ') || (one.areas.length === 0 ? t('announcements.everybody') : '—')}</dd>
        {one.areas.length === 0 ? null : (
          <>
            <dt>{t('announcements.field.areas')}</dt>
            <dd>{one.areas.map(areaName).join(' · ')}</dd>
          </>
        )}
        <dt>{t('announcements.times')}</dt>
        <dd>
          <Times startsAt={one.starts_at} expectedEnd={one.expected_end} endedAt={one.ended_at} />
        </dd>
        <dt>{t('announcements.field.prompt')}</dt>
        <dd>{one.prompt || t('announcements.no_prompt')}</dd>
      </dl>
    </section>
  )
}

function Out({ one }: { one: Announcement }): ReactElement {
  const mayEdit = useMay('announcements.edit')
  return (
    <>
      {mayEdit ? <Composer stored={one} /> : null}
      <Counts one={one} />
      <div className="announcements-out">
        <Said one={one} />
        <Timeline one={one} />
      </div>
      <Tellings one={one} />
      <Linked one={one} />
    </>
  )
}

function Found({ id }: { id: string }): ReactElement {
  const { t } = useTranslation()
  const found = useAnnouncement(id)
  const mayEdit = useMay('announcements.edit')
  usePageHelp(t('announcements.about'))
  const one = found.data
  return (
    <PageShell
      title={one === undefined ? t('announcements.one') : one.number}
      beside={
        <>
          {one === undefined ? null : (
            <>
              <TypeTag type={one.type} />
              <StateTag state={one.state} type={one.type} />
            </>
          )}
          <span className="grow" />
          <Link to="/announcements">{t('announcements.to_list')}</Link>
        </>
      }
    >
      {one === undefined ? found.isError ? <ErrorBox error={found.error} onRetry={() => void found.refetch()} /> : <Loading rows={8} /> : one.state === 'draft' && mayEdit ? <DraftPanel key={one.id} stored={one} /> : <Out one={one} />}
    </PageShell>
  )
}

export function AnnouncementPage(): ReactElement {
  const { id = '' } = useParams()
  return id === 'new' ? <NewAnnouncement /> : <Found key={id} id={id} />
}
