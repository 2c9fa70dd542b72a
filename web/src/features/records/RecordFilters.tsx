/** What narrows the list of records: the usual in a line, the rest behind a button. */
import { useQuery } from '@tanstack/react-query'
import { Button, Input, InputNumber, Popover } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { recordList } from '@/api/records'
import { nameIn } from '@/ui/format'
import { FilterChoice, type FilterOption } from '@/ui/FilterChoice'
import type { TableQuery } from '@/ui/tableView'

import { SELDOM, type FilterName } from './asked'

const OUTCOMES = [
  'answered', 'abandoned', 'flow_ended', 'system', 'in_progress', 'busy', 'no_answer', 'refused', 'failed', 'cancelled',
] as const
const DIRECTIONS = ['inbound', 'outbound', 'internal'] as const
const PARTIES = ['customer', 'agent', 'system'] as const
const LONGEST_S = 86_400

function Choice({ query, name, options, width }: { query: TableQuery; name: FilterName; options: FilterOption[]; width: number }): ReactElement {
  const { t } = useTranslation()
  return <FilterChoice query={query} name={name} label={t(`records.filter.${name}`)} options={options} width={width} />
}

function Seconds({ query, name }: { query: TableQuery; name: FilterName }): ReactElement {
  const { t } = useTranslation()
  const given = query.filters[name]
  return (
    <InputNumber
      min={0}
      max={LONGEST_S}
      precision={0}
      suffix="s"
      style={{ width: 120 }}
      aria-label={t(`records.filter.${name}`)}
      placeholder={t(`records.filter.${name}`)}
      value={given === undefined ? null : Number(given)}
      onChange={(value) => query.setFilter(name, value === null ? null : String(value))}
    />
  )
}

function Seldom({ query }: { query: TableQuery }): ReactElement {
  const { t, i18n } = useTranslation()
  const choices = useQuery({ queryKey: ['record-choices'], queryFn: recordList.choices, staleTime: 300_000 })
  const named = (things: { id: string; name: string; name_en: string }[]): FilterOption[] =>
    things.map((thing) => ({ value: thing.id, label: nameIn(i18n.language, thing) }))
  return (
    <div className="stack record-seldom">
      <div className="row">
        <Choice query={query} name="team" width={160} options={named(choices.data?.teams ?? [])} />
        <Choice
          query={query}
          name="code"
          width={200}
          options={(choices.data?.codes ?? []).map((code) => ({ value: code.code, label: nameIn(i18n.language, code) }))}
        />
      </div>
      <div className="row">
        <Choice
          query={query}
          name="ended_by"
          width={160}
          options={PARTIES.map((party) => ({ value: party, label: t(`ended_by.${party}`) }))}
        />
        <Choice
          query={query}
          name="recorded"
          width={200}
          options={[
            { value: 'true', label: t('records.recorded_yes') },
            { value: 'false', label: t('records.recorded_no') },
          ]}
        />
      </div>
      <div className="row">
        <span className="record-seldom-name">{t('records.column.waited')}</span>
        <Seconds query={query} name="waited_from_s" /> – <Seconds query={query} name="waited_to_s" />
      </div>
      <div className="row">
        <span className="record-seldom-name">{t('records.column.talk')}</span>
        <Seconds query={query} name="talked_from_s" /> – <Seconds query={query} name="talked_to_s" />
      </div>
    </div>
  )
}

export function RecordFilters({ query }: { query: TableQuery }): ReactElement {
  const { t, i18n } = useTranslation()
  const choices = useQuery({ queryKey: ['record-choices'], queryFn: recordList.choices, staleTime: 300_000 })
  const seldom = SELDOM.filter((name) => query.filters[name] !== undefined).length
  const day = (name: 'from' | 'to'): ReactElement => (
    <Input
      type="date"
      className="record-day"
      prefix={t(`records.filter.${name}`)}
      aria-label={t(`records.filter.${name}`)}
      value={query.filters[name] ?? ''}
      onChange={(event) => query.setFilter(name, event.target.value)}
    />
  )
  return (
    <div className="row" role="search" aria-label={t('records.filters')}>
      {day('from')}
      {day('to')}
      <Input
        className="record-tail"
        inputMode="numeric"
        maxLength={20}
        aria-label={t('records.filter.number_tail')}
        placeholder={t('records.filter.number_tail')}
        value={query.filters['number_tail'] ?? ''}
        onChange={(event) => query.setFilter('number_tail', event.target.value.replaceAll(/[^0-9+*#]/g, ''))}
      />
      <Choice
        query={query}
        name="queue"
        width={112}
        options={(choices.data?.queues ?? []).map((queue) => ({ value: queue.id, label: nameIn(i18n.language, queue) }))}
      />
      <Choice
        query={query}
        name="agent"
        width={108}
        options={(choices.data?.agents ?? []).map((agent) => ({ value: agent.id, label: `${agent.no} ${agent.name}` }))}
      />
      <Choice
        query={query}
        name="direction"
        width={98}
        options={DIRECTIONS.map((each) => ({ value: each, label: t(`direction.${each}`) }))}
      />
      <Choice query={query} name="outcome" width={108} options={OUTCOMES.map((each) => ({ value: each, label: t(`outcome.${each}`) }))} />
      <Popover trigger="click" placement="bottomRight" content={<Seldom query={query} />}>
        <Button data-testid="filters-more">{seldom === 0 ? t('records.more_filters') : t('records.more_filters_set', { count: seldom })}</Button>
      </Popover>
    </div>
  )
}
