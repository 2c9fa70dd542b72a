/** What goes on where the caller is, and what goes on at all: shown with the contact, ticked when the call is about it. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Checkbox } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { announcements, deskAnnouncements, type Announcement, type AnnouncementNote } from '@/api/announcements'
import { StateTag, Times, TypeTag, wordsIn } from '@/shared/announcements/AnnouncementTags'
import { ErrorBox } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

const FRESH_MS = 30_000

type Shown = Pick<AnnouncementNote, 'type' | 'state' | 'title' | 'title_en' | 'body' | 'body_en' | 'places' | 'starts_at' | 'expected_end'>

function Head({ one }: { one: Shown }): ReactElement {
  return (
    <span className="row">
      <TypeTag type={one.type} />
      <StateTag state={one.state} type={one.type} />
      <Times startsAt={one.starts_at} expectedEnd={one.expected_end} />
    </span>
  )
}

function Note({ contact, note }: { contact: string; note: AnnouncementNote }): ReactElement {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const words = wordsIn(i18n.language, note)
  const isTicked = note.linked.includes('ticked')
  const tick = useCommand(async (isOn: boolean) => {
    await (isOn ? deskAnnouncements.link(contact, note.id) : deskAnnouncements.unlink(contact, note.id))
    await client.invalidateQueries({ queryKey: ['desk', 'announcements', contact] })
  })
  return (
    <li className="desk-note" data-testid={`note-${note.number}`}>
      <Head one={note} />
      <strong>{words.title}</strong>
      <p className="desk-note-body">{words.body}</p>
      <span className={note.nearness === 'maybe' ? 'desk-note-maybe' : 'quiet'}>
        {note.nearness === 'maybe' ? `▲ ${t('announcements.desk.maybe')} · ` : ''}
        {note.places.join(' · ')}
        {note.linked.includes('heard') ? ` · ${t('announcements.desk.heard')}` : ''}
      </span>
      <Checkbox checked={isTicked} disabled={tick.isBusy} data-testid={`note-tick-${note.number}`} onChange={(event) => void tick.run(event.target.checked)}>
        {t('announcements.desk.about')}
      </Checkbox>
    </li>
  )
}

/** For the contact at this desk: nothing at all where nothing concerns the caller. */
export function Announced({ contact }: { contact: string }): ReactElement | null {
  const { t } = useTranslation()
  const found = useQuery({ queryKey: ['desk', 'announcements', contact], queryFn: () => deskAnnouncements.list(contact), refetchInterval: FRESH_MS })
  // While it cannot be told the call goes on as ever; what is known stays.
  if (found.isError && found.data === undefined) return <ErrorBox error={found.error} onRetry={() => void found.refetch()} />
  if (found.data === undefined || found.data.length === 0) return null
  return (
    <section className="panel desk-notes" aria-label={t('announcements.desk.title')} data-testid="desk-announcements" role="status">
      <h2>
        <span aria-hidden="true">! </span>
        {t('announcements.desk.title')} · {t('announcements.desk.sure')}
      </h2>
      <ul>
        {found.data.map((note) => (
          <Note key={note.id} contact={contact} note={note} />
        ))}
      </ul>
    </section>
  )
}

function Line({ one }: { one: Announcement }): ReactElement {
  const { i18n } = useTranslation()
  const words = wordsIn(i18n.language, one)
  return (
    <li className="desk-note">
      <Head one={one} />
      <span title={words.body}>
        {words.title} <span className="quiet">{one.places.join(' · ')}</span>
      </span>
    </li>
  )
}

/** Between contacts: what goes on anywhere now. */
export function GoingOn(): ReactElement | null {
  const { t } = useTranslation()
  const found = useQuery({ queryKey: ['announcements', 'now'], queryFn: () => announcements.list(['ongoing'], undefined, undefined, 20), refetchInterval: FRESH_MS })
  const rows = found.data?.items ?? []
  if (rows.length === 0) return null
  return (
    <section className="panel desk-notes" aria-label={t('announcements.desk.title')} data-testid="desk-going-on">
      <h2>
        {t('announcements.desk.title')} · {t('announcements.desk.going_on', { count: rows.length })}
      </h2>
      <ul>
        {rows.map((one) => (
          <Line key={one.id} one={one} />
        ))}
      </ul>
    </section>
  )
}
