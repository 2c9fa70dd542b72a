/** What narrows the list: number, state, level, store, days; all of it in the address. */
import { Input, Select } from 'antd'
import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { TableQuery } from '@/ui/tableView'

import { ORDERS, type FilterName } from './asked'
import { LEVELS, STATES } from './words'

const SETTLED_MS = 300

/** Asked for when the person stops typing. */
function Typed({ query, name }: { query: TableQuery; name: FilterName }): ReactElement {
  const { t } = useTranslation()
  const given = query.filters[name] ?? ''
  const [text, setText] = useState(given)
  const [known, setKnown] = useState(given)
  if (known !== given) {
    setKnown(given)
    setText(given)
  }
  useEffect(() => {
    if (text.trim() === given) return undefined
    const soon = setTimeout(() => query.setFilter(name, text.trim()), SETTLED_MS)
    return () => clearTimeout(soon)
  }, [text, given, name, query])
  return (
    <Input
      className="ew-typed"
      maxLength={80}
      allowClear
      aria-label={t(`warnings.filter.${name}`)}
      placeholder={t(`warnings.filter.${name}`)}
      value={text}
      onChange={(event) => setText(event.target.value)}
      data-testid={`filter-${name}`}
    />
  )
}

function Choice({ query, name, options }: { query: TableQuery; name: FilterName; options: { value: string; label: string }[] }): ReactElement {
  const { t } = useTranslation()
  return (
    <Select
      className="ew-choice"
      allowClear
      aria-label={t(`warnings.filter.${name}`)}
      placeholder={t(`warnings.filter.${name}`)}
      value={query.filters[name] ?? null}
      onChange={(value: string | null) => query.setFilter(name, value)}
      options={options}
      popupMatchSelectWidth={false}
      data-testid={`filter-${name}`}
    />
  )
}

export function WarningFilters({ query }: { query: TableQuery }): ReactElement {
  const { t } = useTranslation()
  const day = (name: 'from' | 'to'): ReactElement => (
    <Input
      type="date"
      className="ew-day"
      prefix={t(`warnings.filter.${name}`)}
      aria-label={t(`warnings.filter.${name}`)}
      value={query.filters[name] ?? ''}
      onChange={(event) => query.setFilter(name, event.target.value)}
    />
  )
  return (
    <div className="row" role="search" aria-label={t('warnings.filters')}>
      <Typed query={query} name="text" />
      <Choice query={query} name="state" options={STATES.map((state) => ({ value: state, label: t(`warnings.state.${state}`) }))} />
      <Choice query={query} name="level" options={LEVELS.map((level) => ({ value: level, label: t(`warnings.level.${level}`) }))} />
      <Typed query={query} name="store" />
      {day('from')}
      {day('to')}
      <Select
        className="ew-choice"
        aria-label={t('warnings.order')}
        value={query.order}
        onChange={query.setOrder}
        options={ORDERS.map((order) => ({ value: order as string, label: t(`warnings.order.${order}`) }))}
        popupMatchSelectWidth={false}
        data-testid="warning-order"
      />
    </div>
  )
}
