/** Beside the occupancy of all agents together: the mean of their own, in which each counts once. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { figures } from '@/api/figures'
import { textIn } from '@/ui/format'
import { ErrorBox } from '@/ui/states'

import { useView } from './asked'
import { plusDays } from './days'
import { NOTHING, printed } from './printed'

const FRESH_MS = 60_000

export function AgentsMean(): ReactElement | null {
  const { t, i18n } = useTranslation()
  const { from, to, at, team, queue, agent, number } = useView()
  const of = { from, to: plusDays(to, 1), team }
  // Of one agent there is no mean; queues and numbers have no agents' time; an hour has its own page.
  const isAsked = at === null && queue === null && agent === null && number === null
  const mean = useQuery({
    queryKey: ['agents-mean', of],
    queryFn: () => figures.agentsMean(of),
    enabled: isAsked,
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  })
  if (!isAsked) return null
  if (mean.isError) return <ErrorBox error={mean.error} onRetry={() => void mean.refetch()} />
  if (mean.data === undefined) return null
  const { value, agents, formula, formula_text: zh, formula_text_en: en } = mean.data
  return (
    <p data-testid="agents-mean">
      {t('reports.agents_mean')} <b>{value === null ? NOTHING : printed(value, 'ratio')}</b> <span>{t('reports.agents_mean_of', { count: agents })}</span>{' '}
      <span className="quiet">
        <code>{formula}</code> {textIn(i18n.language, zh, en)}
      </span>
    </p>
  )
}
