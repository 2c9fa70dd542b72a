/** What one was told: newest first, with the way to the matter; comes when the bell is opened. */
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { NOTICES, notices, type Notice } from '@/api/notices'
import type { Me } from '@/api/schema'
import { useZone } from '@/api/session'
import { shortDateTime, textIn } from '@/ui/format'
import { ErrorBox, Loading } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

import { mayOpen } from './nav'
import { hasRoom } from './rooms'

const PAGES: Partial<Record<string, string>> = { case: '/cases', warning: '/warnings', announcement: '/announcements' }

/** Where one deals with it; `null` where this person has no such page. */
export function placeOf(subject: string, me: Me): string | null {
  const [kind = '', id = ''] = subject.split(':', 2)
  const page = PAGES[kind]
  if (page === undefined || id === '' || !mayOpen(me, page)) return null
  if (hasRoom(`${page}/:id`)) return `${page}/${encodeURIComponent(id)}`
  return hasRoom(page) ? page : null
}

interface LineProps {
  notice: Notice
  to: string | null
  onRead: () => void
  onGo: () => void
}

function NoticeLine({ notice, to, onRead, onGo }: LineProps): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const text = textIn(i18n.language, notice.zh, notice.en)
  const isNew = notice.read_at === null
  return (
    <li className={isNew ? 'notice notice-new' : 'notice'} data-testid={`notice-${notice.id}`} data-read={!isNew}>
      <span aria-hidden="true">{isNew ? '●' : '○'}</span>
      <span className="notice-text">
        {to === null ? text : (
          <Link
            to={to}
            onClick={() => {
              if (isNew) onRead()
              onGo()
            }}
          >
            {text}
          </Link>
        )}
        <span className="quiet notice-when">
          {shortDateTime(notice.at, i18n.language, zone)}
          {isNew ? <span className="screen-reader"> {t('notices.unread')}</span> : null}
        </span>
      </span>
      {isNew ? (
        <Button type="text" size="small" aria-label={t('notices.read_one', { text })} title={t('notices.read')} onClick={onRead}>
          ✓
        </Button>
      ) : null}
    </li>
  )
}

export function BellNotices({ me, onGo }: { me: Me; onGo: () => void }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const list = useInfiniteQuery({
    queryKey: [...NOTICES, 'all'],
    queryFn: ({ pageParam }) => notices.list(pageParam),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
  const after = (): Promise<void> => client.invalidateQueries({ queryKey: NOTICES })
  const one = useCommand((id: number) => notices.read(id).then(after))
  const all = useCommand((upTo: number) => notices.readAll(upTo).then(after))
  if (list.isPending) return <Loading rows={3} />
  if (list.isError) return <ErrorBox error={list.error} onRetry={() => void list.refetch()} />
  const items = list.data.pages.flatMap((page) => page.items)
  const unread = list.data.pages[0]?.unread ?? 0
  const newest = items[0]
  if (newest === undefined) return <p className="quiet">{t('notices.none')}</p>
  return (
    <section aria-label={t('notices.title')} data-testid="bell-notices">
      <div className="row notice-head">
        <span className="quiet grow">{unread === 0 ? t('notices.all_read') : t('notices.count', { count: unread })}</span>
        <Button type="link" size="small" disabled={unread === 0} loading={all.isBusy} data-testid="notices-read-all" onClick={() => void all.run(newest.id)}>
          {t('notices.read_all')}
        </Button>
      </div>
      <ul className="lights notes">
        {items.map((notice) => (
          <NoticeLine key={notice.id} notice={notice} to={placeOf(notice.subject, me)} onRead={() => void one.run(notice.id)} onGo={onGo} />
        ))}
        {list.hasNextPage ? (
          <li>
            <Button type="link" size="small" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('notices.more')}
            </Button>
          </li>
        ) : null}
      </ul>
    </section>
  )
}
