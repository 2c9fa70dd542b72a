/** What became of an announcement: the timeline, who was told what, what is about it. */
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { announcements, type Announcement, type AnnouncementTelling } from '@/api/announcements'
import { useMay, useZone } from '@/api/session'
import { shortDateTime } from '@/ui/format'
import { ErrorBox, Loading } from '@/ui/states'

const SHAPES: Readonly<Record<string, string>> = { waiting: '◔', told: '✓', given_up: '✕' }
const COUNTS = ['contacts', 'heard', 'ticked', 'cases', 'recipients'] as const
/** Of a message: its head, and what changed. */
const SHOWN_LINES = 2

export function Counts({ one }: { one: Announcement }): ReactElement {
  const { t } = useTranslation()
  return (
    <div className="tiles" data-testid="announcement-counts">
      {COUNTS.map((name) => (
        <div className="tile" key={name}>
          <b className="figure">{one.counts[name]}</b>
          <span className="quiet">{t(`announcements.count.${name}`)}</span>
        </div>
      ))}
    </div>
  )
}

export function Timeline({ one }: { one: Announcement }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  return (
    <section className="panel" aria-label={t('announcements.timeline')}>
      <h2 className="panel-title">{t('announcements.timeline')}</h2>
      <ol className="announcements-story">
        {one.updates.toReversed().map((update) => (
          <li key={update.number} data-testid={`announcement-update-${update.event}`}>
            <span className="figure quiet">{shortDateTime(update.at, i18n.language, zone)}</span>
            <span>
              <strong>{t(`announcements.happened.${update.event}`)}</strong>
              {update.told === 0 ? null : <span className="quiet"> · {t('announcements.told', { count: update.told })}</span>}
              {update.text === '' ? null : <p className="announcements-body">{update.text}</p>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Told({ telling }: { telling: AnnouncementTelling }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  return (
    <tr>
      <td className="figure">{shortDateTime(telling.at, i18n.language, zone)}</td>
      <td>{t(`announcements.channel.${telling.channel}`)}</td>
      <td className="figure">
        {telling.address} <span className="quiet">{telling.name}</span>
      </td>
      <td className="table-cut announcements-said" title={telling.text}>
        {telling.text.split('\n').slice(0, SHOWN_LINES).join(' · ')}
      </td>
      <td className={telling.state === 'given_up' ? 'over' : undefined} title={telling.error === '' ? undefined : telling.error}>
        {SHAPES[telling.state] ?? '○'} {t(`announcements.sent.${telling.state}`)}
      </td>
    </tr>
  )
}

/** Who was told what, and whether it went out; for who writes announcements. */
export function Tellings({ one }: { one: Announcement }): ReactElement | null {
  const { t } = useTranslation()
  const isShown = useMay('announcements.edit') && one.counts.recipients > 0
  const found = useQuery({ queryKey: ['announcements', 'tellings', one.id, one.revision], queryFn: () => announcements.tellings(one.id), enabled: isShown })
  if (!isShown) return null
  return (
    <section className="panel" aria-label={t('announcements.tellings')}>
      <h2 className="panel-title">{t('announcements.tellings')}</h2>
      {found.isPending ? <Loading /> : null}
      {found.isError ? <ErrorBox error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.data === undefined ? null : (
        // What scrolls must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className="scroll announcements-scroll" tabIndex={0} role="region" aria-label={t('announcements.tellings')}>
          <table className="grid" data-testid="announcement-tellings">
            <tbody>
              {found.data.map((telling) => (
                <Told key={`${telling.update} ${telling.channel} ${telling.address} ${telling.at}`} telling={telling} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

/** Contacts and work orders about it, with their pages. */
export function Linked({ one }: { one: Announcement }): ReactElement | null {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const found = useQuery({ queryKey: ['announcements', 'links', one.id, one.counts], queryFn: () => announcements.links(one.id), enabled: one.counts.contacts + one.counts.cases > 0 })
  if (found.data === undefined || found.data.length === 0) return null
  return (
    <section className="panel" aria-label={t('announcements.linked')}>
      <h2 className="panel-title">{t('announcements.linked')}</h2>
      <ul className="announcements-sample">
        {found.data.map((link) => {
          const [kind, id = ''] = link.subject.split(':', 2)
          return (
            <li key={`${link.subject} ${link.how}`}>
              <span className="figure quiet">{shortDateTime(link.at, i18n.language, zone)}</span>{' '}
              <Link to={kind === 'case' ? `/cases/${id}` : `/records/${id}`}>{kind === 'case' ? t('announcements.case') : t('announcements.contact')}</Link>{' '}
              <span className="quiet">{t(`announcements.how.${link.how}`)}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
