/** What the report pages ask the server, and how long an answer stays good. */
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { centre } from '@/api/calls'
import { figures, metricNotes, type Answer, type Chart, type Key, type MetricEntry, type Notes, type Question } from '@/api/figures'
import { useZone } from '@/api/session'
import { serverNow } from '@/live/clock'
import { nameIn } from '@/ui/format'

import { plusDays } from './days'
import { hasFacts } from './standing'
import { ABOUT, aboutOf, isOpen, untoldIn, viewOf, type View } from './view'

const OPEN_MS = 60_000
const CLOSED_MS = 300_000

/** What the address says, with today's defaults. */
export function useView(): View {
  const [search] = useSearchParams()
  return viewOf(search, serverNow(), useZone())
}

export function useMetrics(): UseQueryResult<MetricEntry[]> {
  return useQuery({ queryKey: ['metrics'], queryFn: figures.metrics, staleTime: CLOSED_MS })
}

/** Figures of today change, so they are asked for again every minute; closed days do not. */
function useFreshness(view: View): { staleTime: number; refetchInterval: number | false } {
  const changes = isOpen(view, serverNow(), useZone())
  return { staleTime: changes ? OPEN_MS : CLOSED_MS, refetchInterval: changes ? OPEN_MS : false }
}

/** `null` asks nothing. What was shown before stays until the answer is here. */
export function useAnswer(view: View, question: Question | null): UseQueryResult<Answer> {
  return useQuery({
    queryKey: ['figures', question],
    queryFn: ({ signal }) => figures.query(question as Question, signal),
    enabled: question !== null && question.metrics.length > 0,
    placeholderData: keepPreviousData,
    ...useFreshness(view),
  })
}

export function useChart(metric: MetricEntry, view: View): UseQueryResult<Chart> {
  const of = {
    from: view.from,
    // The server leaves the last day out.
    to: plusDays(view.to, 1),
    width: view.width,
    ...aboutOf(view),
    formula: view.formula,
  }
  return useQuery({
    queryKey: ['chart', metric.id, of],
    queryFn: () => figures.chart(metric.id, of),
    enabled: hasFacts(metric) && untoldIn(view, metric) === null,
    placeholderData: keepPreviousData,
    ...useFreshness(view),
  })
}

/** What people wrote beside the days of the chart. */
export function useNotes(metric: MetricEntry, view: View): UseQueryResult<Notes> {
  const of = { from: view.from, to: plusDays(view.to, 1), ...aboutOf(view) }
  return useQuery({
    queryKey: ['metric-notes', metric.id, of],
    queryFn: () => metricNotes.list(metric.id, of),
    placeholderData: keepPreviousData,
    staleTime: OPEN_MS,
  })
}

/** The name of what a row is about, in the language of the page. */
export function useNames(): (key: Key, id: string) => string {
  const { t, i18n } = useTranslation()
  const queues = useQuery({ queryKey: ['queues'], queryFn: centre.queues, staleTime: CLOSED_MS })
  const known = queues.data
  return useCallback(
    (key: Key, id: string): string => {
      if (id === '') return t(`reports.nobody.${key}`)
      const queue = key === 'queue' ? known?.find((each) => each.id === id) : undefined
      return queue === undefined ? id : nameIn(i18n.language, queue)
    },
    [known, t, i18n.language],
  )
}

/** Whose figures the page shows, in words. */
export function useAboutWords(): string {
  const { t } = useTranslation()
  const view = useView()
  const nameOf = useNames()
  const parts = ABOUT.flatMap((key) => (view[key] === null ? [] : [`${t(`reports.filter.${key}`)} ${nameOf(key, view[key])}`]))
  return parts.length === 0 ? t('reports.whole_centre') : parts.join(' · ')
}
