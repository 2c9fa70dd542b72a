/** 原始记录: the contacts that the figure was computed from; each leads to its page. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import i18next from 'i18next'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { figures, type FigureContact, type MetricEntry } from '@/api/figures'
import { useZone } from '@/api/session'
import { durationOrDash, shortDateTime } from '@/ui/format'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'

import { useNames, useView } from './asked'
import { NOTHING } from './printed'
import { questionOf, type View } from './view'

/** The view as the contacts' address wants it. */
function asked(view: View): Record<string, string | number | null | undefined> {
  const { from, to, begins_at, ends_at } = questionOf(view, [])
  const { queue, team, agent, number, formula } = view
  return { from, to, begins_at, ends_at, queue, team, agent, number, formula }
}

/** How it ended or what it was; an unknown kind shows its code. */
function what(item: FigureContact): string {
  if (item.what === '') return i18next.t('behind.going_on')
  return i18next.exists(`behind.${item.what}`) ? i18next.t(`behind.${item.what}`) : item.what
}

function useContacts(metric: MetricEntry) {
  const of = asked(useView())
  return useInfiniteQuery({
    queryKey: ['figure-contacts', metric.id, of],
    queryFn: ({ pageParam }) => figures.contacts(metric.id, { ...of, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  })
}

export function RawContacts({ metric }: { metric: MetricEntry }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const nameOf = useNames()
  const list = useContacts(metric)
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section className="panel stack" aria-label={t('reports.contacts')} data-testid="raw-contacts">
      <h2>{t('reports.contacts')}</h2>
      {list.isPending ? <Loading rows={4} /> : null}
      {list.isError ? <ErrorBox error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.isSuccess && items.length === 0 ? <EmptyState title={t('reports.no_contacts')} why={t('reports.no_contacts_why')} /> : null}
      {items.length === 0 ? null : (
        <div className={list.isPlaceholderData ? 'scroll stale' : 'scroll'}>
          <table className="grid" aria-label={t('reports.contacts')}>
            <thead>
              <tr>
                {(['at', 'queue', 'agent', 'what', 'lasted'] as const).map((column) => (
                  <th key={column} scope="col" className={column === 'lasted' ? 'number' : ''}>
                    {t(`reports.contact.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <tr key={item.fact} data-testid={`figure-contact-${item.contact}`}>
                  <th scope="row">
                    <Link to={`/records/${encodeURIComponent(item.contact)}`} className="figure">
                      {shortDateTime(item.at, i18n.language, zone)}
                    </Link>
                  </th>
                  <td>{item.queue === null ? NOTHING : nameOf('queue', item.queue)}</td>
                  <td>{item.agent === null ? NOTHING : nameOf('agent', item.agent)}</td>
                  <td>{what(item)}</td>
                  <td className="number">{durationOrDash(item.lasted)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {list.hasNextPage ? (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('reports.more')}
        </Button>
      ) : null}
    </section>
  )
}
