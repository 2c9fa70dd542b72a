/** Before it is published: whether it comes early enough, who is told, and how it reads. */
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { announcements } from '@/api/announcements'
import { Times, TypeTag, wordsIn } from '@/shared/announcements/AnnouncementTags'
import { ErrorBox, Loading } from '@/ui/states'

import type { Draft } from './draft'

const HOUR = 3_600_000
const DAY = 24 * HOUR

function Lead({ lead, shortBy }: { lead: number; shortBy: number }): ReactElement | null {
  const { t } = useTranslation()
  if (lead === 0) return null
  const said = lead >= 2 * DAY ? t('announcements.days', { count: lead / DAY }) : t('announcements.hours', { count: lead / HOUR })
  if (shortBy === 0) return <p className="quiet">✓ {t('announcements.early', { lead: said })}</p>
  const short = shortBy >= 2 * DAY ? t('announcements.days', { count: Math.ceil(shortBy / DAY) }) : t('announcements.hours', { count: Math.ceil(shortBy / HOUR) })
  return (
    <p className="announcements-late" role="status" data-testid="announcement-late">
      ▲ {t('announcements.late', { lead: said, short })}
    </p>
  )
}

export function Preview({ draft }: { draft: Draft }): ReactElement {
  const { t, i18n } = useTranslation()
  const { type, places, areas, starts_at: startsAt } = useDeferredValue(draft)
  const found = useQuery({
    queryKey: ['announcements', 'preview', type, places, areas, startsAt],
    queryFn: () => announcements.preview({ type, places, areas, starts_at: startsAt }),
    placeholderData: (before) => before,
  })
  const words = wordsIn(i18n.language, draft)
  return (
    <aside className="panel stack side" aria-label={t('announcements.preview')}>
      <h2 className="panel-title">{t('announcements.preview')}</h2>
      <div className="announcements-card">
        <span className="row">
          <TypeTag type={draft.type} /> <Times startsAt={draft.starts_at} expectedEnd={draft.expected_end} />
        </span>
        <strong>{words.title || t('announcements.untitled')}</strong>
        <p className="announcements-body">{words.body || '—'}</p>
        <span className="quiet">{draft.places.join(' · ') || (draft.type === 'info' ? t('announcements.everybody') : '—')}</span>
      </div>
      <h2 className="panel-title">{t('announcements.who')}</h2>
      {found.isError ? <ErrorBox error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Loading rows={3} /> : null}
      {found.data === undefined ? null : (
        <>
          <Lead lead={found.data.lead_ms} shortBy={found.data.short_by_ms} />
          <p data-testid="announcement-who">{t('announcements.who_counts', { sms: found.data.sms, mail: found.data.mail })}</p>
          {found.data.sample.length === 0 ? null : (
            <ul className="announcements-sample">
              {found.data.sample.map((one) => (
                <li key={one.id}>
                  <span className="figure">{one.address}</span> <span className="quiet">{[one.name, one.place].filter(Boolean).join(' · ')}</span>
                </li>
              ))}
            </ul>
          )}
          <p className="quiet">{draft.prompt === '' ? t('announcements.not_played') : t('announcements.played')}</p>
        </>
      )}
    </aside>
  )
}
