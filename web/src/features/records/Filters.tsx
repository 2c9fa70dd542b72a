/** What narrows the list: days, queue, agent number, the last digits, how it ended. */
import { useQuery } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { centre } from '@/api/calls'
import { nameIn } from '@/ui/format'

const OUTCOMES = ['answered', 'abandoned', 'flow_ended', 'system', 'in_progress'] as const

export function Filters(): ReactElement {
  const { t, i18n } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const queues = useQuery({ queryKey: ['queues'], queryFn: centre.queues, staleTime: 300_000 })
  const change = (name: string, value: string | undefined): void => {
    const next = new URLSearchParams(search)
    if (value === undefined || value === '') next.delete(name)
    else next.set(name, value)
    setSearch(next, { replace: true })
  }
  const field = (name: string) => ({
    value: search.get(name) ?? '',
    'aria-label': t(`records.filter.${name}`),
    onChange: (event: { target: { value: string } }) => change(name, event.target.value),
  })
  return (
    <div className="row" role="search" aria-label={t('records.filters')}>
      <Input type="date" style={{ width: 176 }} prefix={t('records.filter.from')} {...field('from')} />
      <Input type="date" style={{ width: 176 }} prefix={t('records.filter.to')} {...field('to')} />
      <Select
        style={{ width: 160 }}
        allowClear
        aria-label={t('records.filter.queue')}
        placeholder={t('records.filter.queue')}
        value={search.get('queue')}
        onChange={(value: string | null) => change('queue', value ?? undefined)}
        options={(queues.data ?? []).map((queue) => ({ value: queue.id, label: nameIn(i18n.language, queue) }))}
      />
      <Select
        style={{ width: 140 }}
        allowClear
        aria-label={t('records.filter.outcome')}
        placeholder={t('records.filter.outcome')}
        value={search.get('outcome')}
        onChange={(value: string | null) => change('outcome', value ?? undefined)}
        options={OUTCOMES.map((outcome) => ({ value: outcome, label: t(`outcome.${outcome}`) }))}
      />
      <Input style={{ width: 120 }} placeholder={t('records.filter.agent')} {...field('agent')} />
      <Input
        style={{ width: 130 }}
        inputMode="numeric"
        maxLength={8}
        placeholder={t('records.filter.number_tail')}
        {...field('number_tail')}
      />
      <Button onClick={() => setSearch({}, { replace: true })}>{t('records.clear')}</Button>
    </div>
  )
}
