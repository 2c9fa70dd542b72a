/** 相关公告: what goes on at the place of a work order, ticked when the order comes from it. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Checkbox } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { caseAnnouncements, type AnnouncementNote } from '@/api/announcements'
import type { Case } from '@/api/cases'
import type { Permission } from '@/api/schema'
import { may, useMay, useMe } from '@/api/session'
import { StateTag, Times, TypeTag, wordsIn } from '@/shared/announcements/AnnouncementTags'
import { ErrorBox } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

import { caseKey } from './useCase'

const FRESH_MS = 30_000
const CLOSED = new Set<Case['state']>(['archived', 'withdrawn'])
const WORKS: readonly Permission[] = ['cases.create', 'cases.dispatch', 'cases.handle', 'cases.call_back', 'cases.review', 'cases.supervise']

/** Why this person may not say what caused it; `null` = may. */
function useWhyNot(it: Case): string | null {
  const { t } = useTranslation()
  const me = useMe()
  if (!WORKS.some((permission) => may(me, permission))) return t('announcements.order.no_right')
  return CLOSED.has(it.state) ? t('announcements.order.closed') : null
}

function Note({ it, note }: { it: Case; note: AnnouncementNote }): ReactElement {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const whyNot = useWhyNot(it)
  const words = wordsIn(i18n.language, note)
  const tick = useCommand(async (isOn: boolean) => {
    await (isOn ? caseAnnouncements.link(it.id, note.id) : caseAnnouncements.unlink(it.id, note.id))
    await client.invalidateQueries({ queryKey: [...caseKey(it.id), 'announcements'] })
  })
  return (
    <li className="desk-note" data-testid={`note-${note.number}`}>
      <span className="row">
        <TypeTag type={note.type} />
        <StateTag state={note.state} type={note.type} />
        <Times startsAt={note.starts_at} expectedEnd={note.expected_end} />
      </span>
      <Link to={`/announcements/${encodeURIComponent(note.number)}`} title={words.body}>
        {words.title}
      </Link>
      <span className={note.nearness === 'maybe' ? 'desk-note-maybe' : 'quiet'}>
        {note.nearness === 'maybe' ? `▲ ${t('announcements.order.maybe')} · ` : ''}
        {note.places.join(' · ')}
      </span>
      <Checkbox
        checked={note.linked.includes('case')}
        disabled={tick.isBusy || whyNot !== null}
        title={whyNot ?? undefined}
        data-testid={`note-tick-${note.number}`}
        onChange={(event) => void tick.run(event.target.checked)}
      >
        {t('announcements.order.about')}
      </Checkbox>
    </li>
  )
}

/** Nothing at all where nothing goes on, and for those who do not read announcements. */
export function CaseAnnouncements({ it }: { it: Case }): ReactElement | null {
  const { t } = useTranslation()
  const mayRead = useMay('announcements.read')
  const found = useQuery({
    queryKey: [...caseKey(it.id), 'announcements'],
    queryFn: () => caseAnnouncements.list(it.id),
    enabled: mayRead,
    refetchInterval: FRESH_MS,
  })
  if (found.isError && found.data === undefined) return <ErrorBox error={found.error} onRetry={() => void found.refetch()} />
  if (found.data === undefined || found.data.length === 0) return null
  return (
    <section className="panel desk-notes" aria-label={t('announcements.order.title')} data-testid="case-announcements">
      <h2>
        <span aria-hidden="true">! </span>
        {t('announcements.order.title')}
      </h2>
      <ul>
        {found.data.map((note) => (
          <Note key={note.id} it={it} note={note} />
        ))}
      </ul>
    </section>
  )
}
