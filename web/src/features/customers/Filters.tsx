/** Which customers are listed; every choice stands in the address. */
import { Input, Select } from 'antd'
import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { PURPOSES, type CustomersAsked } from '@/api/customers'
import { useChoices } from '@/shared/customer/known'
import type { TableQuery } from '@/ui/tableView'

export const FILTERS = ['text', 'number_tail', 'level', 'tag', 'consent'] as const
const ANSWERS = ['yes', 'no', 'open'] as const
const TYPED_MS = 250
const SHORTEST_TAIL = 3

/** `marketing:no` in the address is two parameters of the server's. */
export function askedOf(filters: Readonly<Record<string, string>>): CustomersAsked {
  const [consent, answer] = (filters['consent'] ?? '').split(':')
  const tail = filters['number_tail'] ?? ''
  return {
    text: filters['text'],
    number_tail: tail.length < SHORTEST_TAIL ? undefined : tail,
    level: filters['level'],
    tag: filters['tag'],
    ...(consent ? { consent, answer: answer ?? 'yes' } : {}),
  }
}

interface TypedProps {
  query: TableQuery
  name: 'text' | 'number_tail'
  clean?: (text: string) => string
}

/** What is typed is asked for once the hand rests, not at every letter. */
function Typed({ query, name, clean = (text) => text }: TypedProps): ReactElement {
  const { t } = useTranslation()
  const asked = query.filters[name] ?? ''
  const [text, setText] = useState(asked)
  const [seen, setSeen] = useState(asked)
  const { setFilter } = query
  if (seen !== asked) {
    // The address changed: taken away, or somebody went back.
    setSeen(asked)
    setText(asked)
  }
  useEffect(() => {
    if (text.trim() === asked) return undefined
    const rest = setTimeout(() => setFilter(name, text.trim()), TYPED_MS)
    return () => clearTimeout(rest)
  }, [text, asked, name, setFilter])
  return (
    <Input
      className={`customers-${name}`}
      value={text}
      maxLength={name === 'text' ? 100 : 20}
      inputMode={name === 'text' ? 'search' : 'numeric'}
      placeholder={t(`customers.filter.${name}`)}
      aria-label={t(`customers.filter.${name}`)}
      data-testid={`filter-${name}`}
      onChange={(event) => setText(clean(event.target.value))}
    />
  )
}

const plain = (values: readonly string[] = []): { value: string; label: string }[] => values.map((value) => ({ value, label: value }))

export function Filters({ query }: { query: TableQuery }): ReactElement {
  const { t } = useTranslation()
  const choices = useChoices()
  const choice = (name: 'level' | 'tag' | 'consent', options: { value: string; label: string }[]): ReactElement => (
    <Select
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      className="customers-filter"
      popupMatchSelectWidth={false}
      value={query.filters[name] ?? null}
      placeholder={t(`customers.filter.${name}`)}
      aria-label={t(`customers.filter.${name}`)}
      options={options}
      data-testid={`filter-${name}`}
      onChange={(value: string | null) => query.setFilter(name, value)}
    />
  )
  const said = PURPOSES.flatMap((purpose) =>
    ANSWERS.map((answer) => ({ value: `${purpose}:${answer}`, label: `${t(`customers.purpose.${purpose}`)}: ${t(`customers.consent.${answer}`)}` })),
  )
  return (
    <div className="row" role="search" aria-label={t('customers.filters')}>
      <Typed query={query} name="text" />
      <Typed query={query} name="number_tail" clean={(text) => text.replaceAll(/\D/g, '')} />
      {choice('level', plain(choices.data?.levels))}
      {choice('tag', plain(choices.data?.tags))}
      {choice('consent', said)}
    </div>
  )
}
