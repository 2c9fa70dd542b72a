/** What a report looks at: days, queue, team, width, the comparison. All of it is in the address. */
import { useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { centre } from '@/api/calls'
import type { MetricEntry } from '@/api/figures'
import { useZone } from '@/api/session'
import { serverNow } from '@/live/clock'
import { nameIn } from '@/ui/format'
import { dayAt } from '@/ui/zone'

import { useAnswer, useMetrics, useNames, useView } from './asked'
import { daysIn, isDay } from './days'
import { changed, daysOf, formulaIn, presetOf, PRESETS, questionOf, widthsFor, type AboutKey, type Change, type Preset } from './view'

const HANDLED = 'K05'
/** All of them fit beside each other on 1366 pixels. */
const WIDTHS = { team: 104, agent: 104, number: 136 }
const PEOPLE_AND_NUMBERS = ['team', 'agent', 'number'] as const

interface KeySelectProps {
  name: 'team' | 'agent' | 'number'
  /** Of the page; a list of figures asks by the one that everybody has. */
  metric: MetricEntry | undefined
  onChange: (value: string | null) => void
}

/** The values that have figures in these days; asked for when somebody wants to choose one. */
function KeySelect({ name, metric: own, onChange }: KeySelectProps): ReactElement {
  const { t } = useTranslation()
  const view = useView()
  const metrics = useMetrics()
  const [isWanted, setWanted] = useState(false)
  const nameOf = useNames()
  const metric = own ?? metrics.data?.find((each) => each.no === HANDLED) ?? metrics.data?.[0]
  const asks = isWanted && metric !== undefined
  const answer = useAnswer(view, asks ? questionOf({ ...view, team: null, agent: null, number: null, at: null }, [metric.id], { by: [name] }) : null)
  const found = (answer.data?.rows ?? []).map((row) => row.keys[name] ?? '').filter((value) => value !== '')
  // What the address names is there, whether it has figures or not.
  const values = [...new Set([...found, ...(view[name] === null ? [] : [view[name]])])]
  return (
    <Select
      style={{ width: WIDTHS[name] }}
      allowClear
      showSearch
      aria-label={t(`reports.filter.${name}`)}
      data-testid={`filter-${name}`}
      placeholder={t(`reports.filter.${name}`)}
      value={view[name]}
      loading={answer.isFetching}
      onOpenChange={(isShown) => isShown && setWanted(true)}
      onChange={(value: string | null) => onChange(value ?? null)}
      options={values.map((value) => ({ value, label: nameOf(name, value) }))}
    />
  )
}

/** Of one metric: also what else it is told apart by. */
export function Filters({ metric }: { metric?: MetricEntry }): ReactElement {
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
    style: { width: name === 'from' ? 176 : 164 },
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
  const formula = metric === undefined ? undefined : formulaIn(view, metric)
  // What the address names can always be taken away again.
  const isTold = (key: AboutKey): boolean => view[key] !== null || (metric === undefined ? key === 'team' || key === 'queue' : formula?.keys.includes(key) === true)
  const keys = PEOPLE_AND_NUMBERS.filter(isTold)
  return (
    <div className="row" role="search" aria-label={t('reports.filters')}>
      <Select<Preset | 'own'>
        style={{ width: 136 }}
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
        style={{ width: 96 }}
        aria-label={t('reports.filter.width')}
        data-testid="filter-width"
        value={view.width}
        onChange={(width) => change({ width })}
        options={widthsFor(daysIn(view.from, view.to)).map((width) => ({ value: width, label: t(`reports.width.${width}`) }))}
      />
      {isTold('queue') ? (
        <Select
          style={{ width: 132 }}
          allowClear
          aria-label={t('reports.filter.queue')}
          data-testid="filter-queue"
          placeholder={t('reports.filter.queue')}
          value={view.queue}
          onChange={(queue: string | null) => change({ queue: queue ?? null })}
          options={(queues.data ?? []).map((queue) => ({ value: queue.id, label: nameIn(i18n.language, queue) }))}
        />
      ) : null}
      {keys.map((name) => (
        <KeySelect key={name} name={name} metric={metric} onChange={(value) => change({ [name]: value })} />
      ))}
      <Select
        style={{ width: 124 }}
        aria-label={t('reports.filter.compare')}
        data-testid="filter-compare"
        value={view.isCompared ? 'former' : 'none'}
        onChange={(chosen) => change({ compare: chosen === 'none' ? chosen : null })}
        options={(['former', 'none'] as const).map((each) => ({ value: each, label: t(`reports.compare.${each}`) }))}
      />
    </div>
  )
}
