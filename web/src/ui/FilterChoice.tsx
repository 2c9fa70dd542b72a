/** One filter of a list as a choice; it lives in the address. */
import { Select } from 'antd'
import type { ReactElement } from 'react'

import type { TableQuery } from './tableView'

export interface FilterOption {
  value: string
  label: string
}

export interface FilterChoiceProps {
  query: TableQuery
  name: string
  label: string
  options: FilterOption[]
  width: number
}

export function FilterChoice({ query, name, label, options, width }: FilterChoiceProps): ReactElement {
  return (
    <Select
      style={{ width }}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={label}
      placeholder={label}
      value={query.filters[name] ?? null}
      onChange={(value: string | null) => query.setFilter(name, value)}
      options={options}
      popupMatchSelectWidth={false}
      data-testid={`filter-${name}`}
    />
  )
}
