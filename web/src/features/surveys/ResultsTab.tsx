/** Who was asked, who was not and why, what was said; and the figures of these days above. */
import { useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { exportJobs } from '@/api/exports'
import { useMay, useZone } from '@/api/session'
import { surveys, type SurveyFigures, type SurveyResult } from '@/api/surveys'
import { serverNow } from '@/live/clock'
import { SurveyStateTag, VerdictTag, wordsOf } from '@/shared/surveys/SurveyTags'
import { DataTable, type Column } from '@/ui/DataTable'
import { JobExport } from '@/ui/ExportMenu'
import { figure, shortDateTime, textIn } from '@/ui/format'
import { ErrorBox } from '@/ui/states'
import { useTableQuery } from '@/ui/tableView'
import { useServerRows } from '@/ui/useServerRows'
import { dayAt, endOfDay, startOfDay } from '@/ui/zone'

const FILTERS = ['survey', 'state', 'verdict', 'from', 'to']
const STATES = ['waiting', 'sent', 'answered', 'expired', 'not_sent'] as const
const VERDICTS = ['satisfied', 'neutral', 'unsatisfied'] as const
const A_MONTH_MS = 29 * 86_400_000
const FIVE = 20

function Tile({ name, value, about }: { name: string; value: string; about: string }): ReactElement {
  return (
    <div className="tile" data-testid={`survey-figure-${name}`}>
      <FigureName name={name} />
      <b className="figure">{value}</b>
      <span className="quiet">{about}</span>
    </div>
  )
}

function FigureName({ name }: { name: string }): ReactElement {
  const { t } = useTranslation()
  return <span>{t(`surveys.figure.${name}`)}</span>
}

function Figures({ found }: { found: SurveyFigures }): ReactElement {
  const { t } = useTranslation()
  const silent = Object.values(found.not_sent).reduce((sum, many) => sum + (many ?? 0), 0)
  const why = Object.entries(found.not_sent)
    .map(([reason, many]) => `${t(`surveys.why.${reason}`)} ${many}`)
    .join(' · ')
  return (
    <div className="tiles" data-testid="survey-figures">
      <Tile name="sent" value={String(found.sent)} about={t('surveys.figure.of', { count: found.chosen })} />
      <Tile name="response" value={figure(found.response_rate, 'ratio')} about={t('surveys.figure.answers', { count: found.answered })} />
      <Tile name="satisfied" value={figure(found.satisfied_share, 'ratio')} about={t('surveys.figure.verdicts', { satisfied: found.satisfied, neutral: found.neutral, unsatisfied: found.unsatisfied })} />
      <Tile name="mean" value={found.mean_percent === null ? '—' : (found.mean_percent / FIVE).toFixed(2)} about={t('surveys.figure.mean_about')} />
      <Tile name="not_sent" value={String(silent)} about={why === '' ? '—' : why} />
      <Tile
        name="keys"
        value={found.keys_answered === 0 ? '—' : figure(found.keys_satisfied / found.keys_answered, 'ratio')}
        about={t('surveys.figure.keys_about', { asked: found.keys_asked, answered: found.keys_answered, mean: found.keys_mean === null ? '—' : found.keys_mean.toFixed(2) })}
      />
    </div>
  )
}

function useColumns(nameOf: (survey: string) => string): Column<SurveyResult>[] {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const title = (key: string): string => t(`surveys.column.${key}`)
  return [
    { key: 'made', title: title('made'), render: (one) => <span className="figure">{shortDateTime(one.made_at, i18n.language, zone)}</span> },
    {
      key: 'case',
      title: title('case'),
      render: (one) => (
        <Link className="figure" to={`/cases/${encodeURIComponent(one.case)}`} data-testid={`survey-case-${one.id}`}>
          {one.case_number}
        </Link>
      ),
    },
    { key: 'survey', title: title('survey'), widest: '12em', render: (one) => nameOf(one.survey) },
    { key: 'channel', title: title('channel'), render: (one) => t(`surveys.channel.${one.channel}`) },
    { key: 'to', title: title('to'), widest: '12em', render: (one) => one.to || '—' },
    { key: 'state', title: title('state'), render: (one) => <SurveyStateTag result={one} /> },
    { key: 'verdict', title: title('verdict'), render: (one) => <VerdictTag verdict={one.verdict} percent={one.percent} /> },
    { key: 'words', title: title('words'), widest: '24em', render: (one) => wordsOf(one) || '—' },
  ]
}

export function ResultsTab(): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const mayExport = useMay('records.export')
  const mayReveal = useMay('records.reveal')
  const all = useQuery({ queryKey: ['surveys'], queryFn: surveys.list })
  const query = useTableQuery(FILTERS, '-made')
  const { filters } = query
  const from = filters['from'] ?? dayAt(serverNow() - A_MONTH_MS, zone)
  const to = filters['to'] ?? dayAt(serverNow(), zone)
  const days = { from: startOfDay(from, zone) ?? undefined, to: endOfDay(to, zone) ?? undefined, survey: filters['survey'] }
  const asked = { ...days, state: filters['state'], verdict: filters['verdict'] }
  const figures = useQuery({ queryKey: ['survey-figures', days], queryFn: () => surveys.figures(days), placeholderData: (before) => before, refetchOnWindowFocus: true })
  const rows = useServerRows<SurveyResult>(['survey-results', asked], (cursor) => surveys.results({ ...asked, cursor }))
  const nameOf = (id: string): string => {
    const survey = all.data?.find((each) => each.id === id)
    return survey === undefined ? id : textIn(i18n.language, survey.zh, survey.en)
  }
  const select = (name: string, values: readonly { value: string; label: string }[]): ReactElement => (
    <Select
      key={name}
      allowClear
      className="survey-filter"
      placeholder={t(`surveys.filter.${name}`)}
      aria-label={t(`surveys.filter.${name}`)}
      data-testid={`survey-filter-${name}`}
      value={filters[name] ?? null}
      onChange={(value: string | null) => query.setFilter(name, value)}
      options={[...values]}
    />
  )
  return (
    <>
      {figures.isError ? <ErrorBox error={figures.error} onRetry={() => void figures.refetch()} /> : null}
      {figures.data === undefined ? null : <Figures found={figures.data} />}
      <DataTable
        name="survey-results"
        label={t('surveys.title')}
        columns={useColumns(nameOf)}
        rows={rows}
        keyOf={(one) => one.id}
        query={query}
        actions={mayExport ? <JobExport kind="survey-results" filter={asked} door={exportJobs} mayReveal={mayReveal} /> : undefined}
        empty={{ title: t('surveys.none'), why: t('surveys.none_why') }}
        filters={
          <div className="row" role="search" aria-label={t('surveys.filters')}>
            {([['from', from], ['to', to]] as const).map(([name, value]) => (
              <Input key={name} type="date" className="survey-day" prefix={t(`surveys.${name}`)} aria-label={t(`surveys.${name}`)} value={value} onChange={(event) => query.setFilter(name, event.target.value)} />
            ))}
            {select('survey', (all.data ?? []).map((survey) => ({ value: survey.id, label: nameOf(survey.id) })))}
            {select('state', STATES.map((value) => ({ value, label: t(`surveys.state.${value}`) })))}
            {select('verdict', VERDICTS.map((value) => ({ value, label: t(`surveys.verdict.${value}`) })))}
          </div>
        }
      />
    </>
  )
}
