/** 控制表: figures out of their range, what was found, who sees to it and whether it helped. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { controlSheet } from '@/api/figures'
import { PageShell } from '@/ui/PageShell'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'

import { useMetrics } from './asked'
import { ControlEntry } from './ControlEntry'
import './reports.css'

const STATES = ['standing', 'open', 'acting', 'checking', 'closed', 'all'] as const
type Shown = (typeof STATES)[number]

export function ControlSheetPage(): ReactElement {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const shown = STATES.find((each) => each === search.get('state')) ?? 'standing'
  const metrics = useMetrics()
  const sheet = useInfiniteQuery({
    queryKey: ['control-sheet', 'pages', shown],
    queryFn: ({ pageParam }) => controlSheet.list({ state: shown, cursor: pageParam ?? undefined }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
  const entries = sheet.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <PageShell
      title={t('control.title')}
      beside={
        <Segmented<Shown>
          aria-label={t('control.which')}
          value={shown}
          onChange={(state) => setSearch(state === 'standing' ? {} : { state }, { replace: true })}
          options={STATES.map((state) => ({ value: state, label: t(`control.state.${state}`) }))}
        />
      }
    >
      {sheet.isPending ? <Loading rows={6} /> : null}
      {sheet.isError ? <ErrorBox error={sheet.error} onRetry={() => void sheet.refetch()} /> : null}
      {sheet.isSuccess && entries.length === 0 ? <EmptyState title={t('control.none')} why={t('control.none_why')} /> : null}
      {entries.map((entry) => (
        <ControlEntry key={entry.id} entry={entry} metrics={metrics.data ?? []} />
      ))}
      {sheet.hasNextPage ? (
        <Button loading={sheet.isFetchingNextPage} onClick={() => void sheet.fetchNextPage()}>
          {t('reports.more')}
        </Button>
      ) : null}
    </PageShell>
  )
}
