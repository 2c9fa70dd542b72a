/** Which people are listed; every choice stands in the address. */
import { Input, Select } from 'antd'
import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { TableQuery } from '@/ui/tableView'

import { useQueueOptions, useRoleOptions, useSkillOptions, useTeamOptions, type Option } from './known'

export const FILTERS = ['q', 'role', 'team', 'queue', 'skill', 'state'] as const
const STATES = ['open', 'online', 'locked', 'never', 'closed'] as const
const TYPED_MS = 250

/** What is typed is asked for once the hand rests, not at every letter. */
function Words({ query }: { query: TableQuery }): ReactElement {
  const { t } = useTranslation()
  const asked = query.filters['q'] ?? ''
  const [text, setText] = useState(asked)
  const { setFilter } = query
  const [seen, setSeen] = useState(asked)
  if (seen !== asked) {
    // The address changed: taken away, or somebody went back.
    setSeen(asked)
    setText(asked)
  }
  useEffect(() => {
    if (text === asked) return
    const rest = setTimeout(() => setFilter('q', text.trim()), TYPED_MS)
    return () => clearTimeout(rest)
  }, [text, asked, setFilter])
  return (
    <Input.Search
      allowClear
      className="people-words"
      value={text}
      placeholder={t('people.find')}
      aria-label={t('people.find')}
      data-testid="people-find"
      onChange={(event) => setText(event.target.value)}
      onSearch={(value) => setFilter('q', value.trim())}
    />
  )
}

export function Filters({ query }: { query: TableQuery }): ReactElement {
  const { t } = useTranslation()
  const choice = (name: string, label: string, options: readonly Option[]): ReactElement => (
    <Select
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      className="people-filter"
      popupMatchSelectWidth={false}
      value={query.filters[name] ?? null}
      placeholder={label}
      aria-label={label}
      options={[...options]}
      data-testid={`people-filter-${name}`}
      onChange={(value: string | null) => query.setFilter(name, value)}
    />
  )
  const states = STATES.map((state) => ({ value: state, label: t(`people.filter.${state}`) }))
  const teams = [...useTeamOptions(), { value: '-', label: t('people.no_team') }]
  return (
    <>
      <Words query={query} />
      {choice('role', t('people.role'), useRoleOptions())}
      {choice('team', t('people.team'), teams)}
      {choice('queue', t('people.queues'), useQueueOptions())}
      {choice('skill', t('people.skills'), useSkillOptions())}
      {choice('state', t('people.standing'), states)}
    </>
  )
}
