/** 通话记录: find any contact. The filters live in the address, so a list can be sent to someone. */
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { records, type RecordFilter } from '@/api/calls'
import { useZone } from '@/api/session'
import { useRowIds, useTopics } from '@/live/hooks'
import { PageShell } from '@/ui/PageShell'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'

import { Filters } from './Filters'
import { RecordTable } from './RecordTable'
import { endOfDay, startOfDay } from './zone'

const text = (value: number | null): string | undefined => (value === null ? undefined : String(value))

/** What the server is asked, from what the address says. */
export function filterOf(search: URLSearchParams, zone: string): RecordFilter {
  const given = (name: string): string | undefined => search.get(name) ?? undefined
  return {
    from: text(startOfDay(search.get('from') ?? '', zone)),
    to: text(endOfDay(search.get('to') ?? '', zone)),
    queue: given('queue'),
    agent: given('agent'),
    number_tail: given('number_tail'),
    outcome: given('outcome'),
  }
}

/** Fetch anew when a contact begins or ends. */
function useFreshness(): void {
  const client = useQueryClient()
  useTopics('contacts')
  const present = useRowIds<object>('contacts', (rows) => rows.map(([id]) => id).sort()).join(' ')
  useEffect(() => {
    void client.invalidateQueries({ queryKey: ['records'] })
  }, [client, present])
}

export function RecordsPage(): ReactElement {
  const { t } = useTranslation()
  const zone = useZone()
  const [search, setSearch] = useSearchParams()
  const filter = filterOf(search, zone)
  useFreshness()
  const list = useInfiniteQuery({
    queryKey: ['records', filter],
    queryFn: ({ pageParam }) => records.list({ ...filter, cursor: pageParam ?? undefined }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  })
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const isFiltered = [...search.keys()].length > 0
  return (
    <PageShell title={t('records.title')}>
      <Filters />
      {list.isPending ? <Loading rows={8} /> : null}
      {list.isError ? <ErrorBox error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.isSuccess && items.length === 0 ? (
        <EmptyState
          title={isFiltered ? t('records.none_match') : t('records.none')}
          why={isFiltered ? undefined : t('records.none_why')}
          action={isFiltered ? <Button onClick={() => setSearch({})}>{t('records.clear')}</Button> : undefined}
        />
      ) : null}
      {items.length > 0 ? <RecordTable items={items} /> : null}
      {list.hasNextPage ? (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('records.more')}
        </Button>
      ) : null}
    </PageShell>
  )
}
