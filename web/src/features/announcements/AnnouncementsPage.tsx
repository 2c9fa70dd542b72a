/** 公告: what goes on now, what lies ahead, what is over; drafts, and who is told. */
import { useQuery } from '@tanstack/react-query'
import { Button, Select, Tabs } from 'antd'
import { Suspense, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'

import { announcements, TYPES, type Announcement, type AnnouncementState } from '@/api/announcements'
import { useMay } from '@/api/session'
import { StateTag, Times, TypeTag, wordsIn } from '@/shared/announcements/AnnouncementTags'
import { DataTable, type Column } from '@/ui/DataTable'
import { usePageHelp } from '@/ui/help'
import { late } from '@/ui/late'
import { PageShell } from '@/ui/PageShell'
import { Loading } from '@/ui/states'
import { useServerRows } from '@/ui/useServerRows'

import './announcements.css'
import { pathOf } from './keys'

const Subscribers = late(() => import('./Subscribers').then((room) => room.Subscribers))

const PARTS: Readonly<Record<string, readonly AnnouncementState[]>> = {
  now: ['ongoing'],
  upcoming: ['published'],
  past: ['restored', 'cancelled'],
  drafts: ['draft'],
}
const FRESH_MS = 10_000

function useColumns(): Column<Announcement>[] {
  const { t, i18n } = useTranslation()
  const title = (key: string): string => t(`announcements.column.${key}`)
  return [
    { key: 'number', title: title('number'), render: (one) => <Link to={pathOf(one.number)} className="figure" data-testid={`announcement-link-${one.number}`}>{one.number}</Link> },
    { key: 'type', title: title('type'), render: (one) => <TypeTag type={one.type} /> },
    { key: 'state', title: title('state'), render: (one) => <StateTag state={one.state} type={one.type} /> },
    { key: 'title', title: title('title'), widest: '22em', render: (one) => wordsIn(i18n.language, one).title },
    { key: 'places', title: title('places'), widest: '18em', render: (one) => one.places.join(' · ') || (one.areas.length === 0 ? t('announcements.everybody') : '—') },
    { key: 'times', title: title('times'), render: (one) => <Times startsAt={one.starts_at} expectedEnd={one.expected_end} endedAt={one.ended_at} /> },
    { key: 'contacts', title: title('contacts'), align: 'end', render: (one) => one.counts.contacts },
    { key: 'recipients', title: title('recipients'), align: 'end', render: (one) => one.counts.recipients },
  ]
}

function List({ part }: { part: string }): ReactElement {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const type = search.get('type') ?? undefined
  const rows = useServerRows(['announcements', 'list', part, type], (cursor) => announcements.list(PARTS[part] ?? [], type, cursor))
  return (
    <DataTable
      name={`announcements-${part}`}
      label={t(`announcements.part.${part}`)}
      columns={useColumns()}
      rows={rows}
      keyOf={(one) => one.number}
      empty={{ title: t(`announcements.none.${part}`), why: t('announcements.none_why') }}
      filters={
        <Select
          allowClear
          className="announcements-type"
          value={type}
          placeholder={t('announcements.any_type')}
          aria-label={t('announcements.field.type')}
          options={TYPES.map((each) => ({ value: each, label: t(`announcements.type.${each}`) }))}
          onChange={(next?: string) => setSearch(next === undefined ? { part } : { part, type: next }, { replace: true })}
        />
      }
    />
  )
}

export function AnnouncementsPage(): ReactElement {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const mayEdit = useMay('announcements.edit')
  usePageHelp(t('announcements.about'))
  const standing = useQuery({ queryKey: ['announcements', 'standing'], queryFn: announcements.standing, refetchInterval: FRESH_MS })
  const parts = Object.keys(PARTS).filter((part) => part !== 'drafts' || mayEdit)
  const wanted = search.get('part') ?? 'now'
  const active = parts.includes(wanted) || (wanted === 'subscribers' && mayEdit) ? wanted : 'now'
  const counted = (part: string): string => {
    const count = (PARTS[part] ?? []).reduce((sum, state) => sum + (standing.data?.[state] ?? 0), 0)
    return standing.data === undefined || part === 'past' ? t(`announcements.part.${part}`) : `${t(`announcements.part.${part}`)} ${count}`
  }
  return (
    <PageShell
      title={t('announcements.title')}
      beside={
        mayEdit ? (
          <>
            <span className="grow" />
            <Button type="primary" data-testid="announcement-new" onClick={() => void navigate('/announcements/new')}>
              {t('announcements.new')}
            </Button>
          </>
        ) : null
      }
    >
      <Tabs
        activeKey={active}
        destroyOnHidden
        onChange={(part) => setSearch({ part })}
        items={[
          ...parts.map((part) => ({ key: part, label: <span data-testid={`part-${part}`}>{counted(part)}</span>, children: <List part={part} /> })),
          ...(mayEdit
            ? [
                {
                  key: 'subscribers',
                  label: <span data-testid="part-subscribers">{t('announcements.part.subscribers')}</span>,
                  children: (
                    <Suspense fallback={<Loading rows={6} />}>
                      <Subscribers />
                    </Suspense>
                  ),
                },
              ]
            : []),
        ]}
      />
    </PageShell>
  )
}
