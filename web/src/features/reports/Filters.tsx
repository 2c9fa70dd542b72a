/** What a report looks at: days, queue, team, width, the comparison. All of it is in the address. */
import { useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { centre } from '@/api/calls'
import { useZone } from '@/api/session'
import { serverNow } from '@/live/clock'
import { nameIn } from '@/ui/format'

import { useAnswer, useMetrics, useView } from './asked'
import { dayAt, daysIn, isDay } from './days'
import { changed, daysOf, presetOf, PRESETS, questionOf, widthsFor, type Change, type Preset } from './view'

const HANDLED = 'K05'

/** The teams that have figures in these days; asked for when somebody wants to choose one. */
function TeamSelect({ onChange }: { onChange: (team: string | null) => void }): ReactElement {
  const { t } = useTranslation()
  const view = useView()
  const metrics = useMetrics()
  const [isWanted, setWanted] = useState(false)
  const metric = metrics.data?.find((each) => each.no === HANDLED) ?? metrics.data?.[0]
  const asks = isWanted && metric !== undefined
  const answer = useAnswer(view, asks ? questionOf({ ...view, team: null, agent: null, at: null }, [metric.id], { by: ['team'] }) : null)
  const teams = (answer.data?.rows ?? []).map((row) => row.keys.team ?? '').filter((team) => team !== '')
  return (
    <Select
      style={{ width: 140 }}
      allowClear
      aria-label={t('reports.filter.team')}
      placeholder={t('reports.filter.team')}
      value={view.team}
      loading={answer.isFetching}
      onOpenChange={(isShown) => isShown && setWanted(true)}
      onChange={(team: string | null) => onChange(team ?? null)}
      options={[...new Set(teams)].map((team) => ({ value: team, label: team }))}
    />
  )
}

export function Filters(): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const [search, setSearch] = useSearchParams()
  const view = useView()
  const today = dayAt(serverNow(), zone)
  const queues = useQuery({ queryKey: ['queues'], queryFn: centre.queues, staleTime: 300_000 })
  const change = (what: Change): void => setSearch(changed(search, what), { replace: true })
  // What was drilled into lies within the former days.
  const changeDays = (days: { from: string; to: string }): void => change({ ...days, at: null, width: null })
  const day = (name: 'from' | 'to') => ({
    type: 'date',
    style: { width: 172 },
    prefix: t(`reports.filter.${name}`),
    'aria-label': t(`reports.filter.${name}`),
    value: view[name],
    max: name === 'from' ? view.to : undefined,
    min: name === 'to' ? view.from : undefined,
    onChange: (event: { target: { value: string } }) => {
      const days = { from: view.from, to: view.to, [name]: event.target.value }
      if (isDay(event.target.value) && days.from <= days.to) changeDays(days)
    },
  })
  const preset = presetOf(view, today)
  return (
    <div className="row" role="search" aria-label={t('reports.filters')}>
      <Select<Preset | 'own'>
        style={{ width: 140 }}
        aria-label={t('reports.filter.preset')}
        data-testid="filter-preset"
        value={preset ?? 'own'}
        onChange={(chosen) => chosen !== 'own' && changeDays(daysOf(chosen, today))}
        options={[
          ...PRESETS.map((each) => ({ value: each, label: t(`reports.preset.${each}`) })),
          ...(preset === null ? [{ value: 'own' as const, label: t('reports.preset.own') }] : []),
        ]}
      />
      <Input {...day('from')} />
      <Input {...day('to')} />
      <Select
        style={{ width: 112 }}
        aria-label={t('reports.filter.width')}
        data-testid="filter-width"
        value={view.width}
        onChange={(width) => change({ width })}
        options={widthsFor(daysIn(view.from, view.to)).map((width) => ({ value: width, label: t(`reports.width.${width}`) }))}
      />
      <Select
        style={{ width: 150 }}
        allowClear
        aria-label={t('reports.filter.queue')}
        data-testid="filter-queue"
        placeholder={t('reports.filter.queue')}
        value={view.queue}
        onChange={(queue: string | null) => change({ queue: queue ?? null })}
        options={(queues.data ?? []).map((queue) => ({ value: queue.id, label: nameIn(i18n.language, queue) }))}
      />
      <TeamSelect onChange={(team) => change({ team })} />
      <Select
        style={{ width: 144 }}
        aria-label={t('reports.filter.compare')}
        data-testid="filter-compare"
        value={view.isCompared ? 'former' : 'none'}
        onChange={(chosen) => change({ compare: chosen === 'none' ? chosen : null })}
        options={(['former', 'none'] as const).map((each) => ({ value: each, label: t(`reports.compare.${each}`) }))}
      />
    </div>
  )
}
