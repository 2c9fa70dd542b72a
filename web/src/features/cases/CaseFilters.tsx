/** What narrows the list: the usual in a line, the rest behind a button. */
import { Button, Input, Popover, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { useCaseNames } from '@/shared/cases/known'
import { FilterChoice, type FilterOption } from '@/ui/FilterChoice'
import type { TableQuery } from '@/ui/tableView'

import { DUES, SELDOM, SORTS, type FilterName } from './asked'
import { TextFilter } from './TextFilter'

const CATEGORIES = ['query', 'business', 'complaint'] as const
const PRIORITIES = ['1', '2', '3', '4'] as const

function Choice({ query, name, options, width }: { query: TableQuery; name: FilterName; options: FilterOption[]; width: number }): ReactElement {
  const { t } = useTranslation()
  return <FilterChoice query={query} name={name} label={t(`casework.filter.${name}`)} options={options} width={width} />
}

function Seldom({ query }: { query: TableQuery }): ReactElement {
  const { t } = useTranslation()
  const day = (name: 'from' | 'to'): ReactElement => (
    <Input type="date" className="case-day" prefix={t(`casework.filter.${name}`)} aria-label={t(`casework.filter.${name}`)} value={query.filters[name] ?? ''} onChange={(event) => query.setFilter(name, event.target.value)} />
  )
  const yesNo = (name: 'supervised' | 'warned'): ReactElement => (
    <Choice query={query} name={name} width={160} options={[{ value: 'true', label: t(`casework.${name}_yes`) }, { value: 'false', label: t(`casework.${name}_no`) }]} />
  )
  return (
    <div className="stack">
      <div className="row">
        {day('from')}
        {day('to')}
      </div>
      <div className="row">
        <Choice query={query} name="category" width={160} options={CATEGORIES.map((each) => ({ value: each, label: t(`cases.category.${each}`) }))} />
        {yesNo('supervised')}
        {yesNo('warned')}
      </div>
    </div>
  )
}

export function CaseFilters({ query }: { query: TableQuery }): ReactElement {
  const { t } = useTranslation()
  const { types, areas, kind, area } = useCaseNames()
  const seldom = SELDOM.filter((name) => query.filters[name] !== undefined).length
  return (
    <div className="row" role="search" aria-label={t('casework.filters')}>
      <TextFilter className="case-text" label={t('casework.filter.text')} value={query.filters['text'] ?? ''} onChange={(text) => query.setFilter('text', text)} testId="filter-text" />
      <TextFilter
        className="case-tail"
        label={t('casework.filter.phone_tail')}
        value={query.filters['phone_tail'] ?? ''}
        clean={(text) => text.replaceAll(/[^0-9+*#]/g, '').slice(0, 20)}
        onChange={(text) => query.setFilter('phone_tail', text)}
        testId="filter-phone_tail"
      />
      <Choice query={query} name="kind" width={116} options={types.map((each) => ({ value: each.kind, label: kind(each.kind) }))} />
      <Choice query={query} name="area" width={104} options={areas.map((each) => ({ value: each.id, label: area(each.id) }))} />
      <Choice query={query} name="priority" width={96} options={PRIORITIES.map((each) => ({ value: each, label: t(`cases.priority.${each}`) }))} />
      <Choice query={query} name="due" width={104} options={DUES.map((each) => ({ value: each, label: t(`casework.due_within.${each}`) }))} />
      <Popover trigger="click" placement="bottomRight" content={<Seldom query={query} />}>
        <Button data-testid="filters-more">{seldom === 0 ? t('casework.more_filters') : t('casework.more_filters_set', { count: seldom })}</Button>
      </Popover>
      <Select
        style={{ width: 108 }}
        aria-label={t('casework.sort')}
        value={query.order}
        options={SORTS.map((each) => ({ value: each, label: t(`casework.sort.${each}`) }))}
        onChange={query.setOrder}
        data-testid="case-sort"
      />
    </div>
  )
}
