/** 成本: what the centre costs, by period; cost per call is divided out of it. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'

import { costs, SHOWN_AT_MOST, type CostEntry } from '@/api/costs'
import { useZone } from '@/api/session'
import { ReasonForm } from '@/forms/ReasonForm'
import { serverNow } from '@/live/clock'
import { PageShell } from '@/ui/PageShell'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'
import { dayAt } from '@/ui/zone'

import { CostForm } from './CostForm'
import { CostList } from './CostList'
import { isDay, monthOf, plusDays } from './days'
import { money, within } from './ledger'
import './reports.css'

const PRESETS = ['month', 'last_month', 'year'] as const
type Preset = (typeof PRESETS)[number]
const USUAL_CURRENCY = 'CNY'

function daysOf(preset: Preset, today: string): { from: string; to: string } {
  switch (preset) {
    case 'month':
      return { from: monthOf(today), to: plusDays(monthOf(today, 1), -1) }
    case 'last_month':
      return { from: monthOf(today, -1), to: plusDays(monthOf(today), -1) }
    case 'year':
      return { from: `${today.slice(0, 4)}-01-01`, to: `${today.slice(0, 4)}-12-31` }
  }
}

function usePeriod() {
  const [search, setSearch] = useSearchParams()
  const today = dayAt(serverNow(), useZone())
  const [from, to] = [search.get('from'), search.get('to')]
  const days = isDay(from) && isDay(to) && from <= to ? { from, to } : daysOf('month', today)
  const preset = PRESETS.find((each) => {
    const meant = daysOf(each, today)
    return meant.from === days.from && meant.to === days.to
  })
  return { ...days, today, preset, change: (next: { from: string; to: string }) => setSearch(next, { replace: true }) }
}

function Period({ period }: { period: ReturnType<typeof usePeriod> }): ReactElement {
  const { t } = useTranslation()
  const { from, to, today, preset, change } = period
  const day = (name: 'from' | 'to') => ({
    type: 'date',
    style: { width: 172 },
    prefix: t(`reports.filter.${name}`),
    'aria-label': t(`reports.filter.${name}`),
    'data-testid': `costs-${name}`,
    value: period[name],
    onChange: (event: { target: { value: string } }) => {
      const days = { from, to, [name]: event.target.value }
      if (isDay(event.target.value) && days.from <= days.to) change(days)
    },
  })
  return (
    <div className="row" role="search" aria-label={t('reports.filters')}>
      <Select<Preset | 'own'>
        style={{ width: 140 }}
        aria-label={t('reports.filter.preset')}
        value={preset ?? 'own'}
        onChange={(chosen) => chosen !== 'own' && change(daysOf(chosen, today))}
        options={[
          ...PRESETS.map((each) => ({ value: each, label: t(`costs.preset.${each}`) })),
          ...(preset === undefined ? [{ value: 'own' as const, label: t('reports.preset.own') }] : []),
        ]}
      />
      <Input {...day('from')} />
      <Input {...day('to')} />
    </div>
  )
}

/** What the entries come to on the days shown; the whole ledger has one currency. */
function Total({ entries, from, to }: { entries: CostEntry[]; from: string; to: string }): ReactElement | null {
  const { t } = useTranslation()
  const booked = entries.filter((entry) => entry.cancelled_at === null)
  // Where the list was cut, a sum of it would be of nothing in particular.
  if (booked.length === 0 || entries.length >= SHOWN_AT_MOST) return null
  const sum = booked.reduce((total, entry) => total + within(entry, from, to), 0)
  return <p data-testid="costs-total">{t('costs.total', { amount: `${money(sum)} ${booked[0]?.currency ?? ''}` })}</p>
}

function CancelForm({ entry, onDone }: { entry: CostEntry; onDone: () => void }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const cancel = useCommand(async (reason: string) => {
    try {
      await costs.cancel(entry.id, reason)
    } finally {
      await Promise.all(['costs', 'figures', 'chart'].map((key) => client.invalidateQueries({ queryKey: [key] })))
    }
    onDone()
  })
  return (
    <>
      <p>
        {t(`costs.category.${entry.category}`)} · {entry.first_day} ~ {entry.last_day} · {money(entry.amount_minor)} {entry.currency}
      </p>
      <p className="quiet">{t('costs.cancel_why')}</p>
      <ReasonForm danger submitLabel={t('costs.cancel')} onSubmit={(reason) => cancel.run(reason)} onCancel={onDone} />
    </>
  )
}

export function CostsPage(): ReactElement {
  const { t } = useTranslation()
  const period = usePeriod()
  const { from, to } = period
  const [open, setOpen] = useState<'book' | CostEntry | null>(null)
  const list = useQuery({ queryKey: ['costs', from, to], queryFn: () => costs.list(from, to) })
  const entries = list.data ?? []
  const currency = entries.find((entry) => entry.cancelled_at === null)?.currency ?? USUAL_CURRENCY
  const close = (): void => setOpen(null)
  const book = (
    <Button type="primary" data-testid="cost-book" onClick={() => setOpen('book')}>
      {t('costs.book')}
    </Button>
  )
  return (
    <PageShell title={t('costs.title')} beside={book}>
      <p className="quiet">
        {t('costs.about')} <Link to={`/reports/cost_per_call?from=${from}&to=${to}`}>{t('costs.to_figure')}</Link>
      </p>
      <Period period={period} />
      {list.isPending ? <Loading rows={6} /> : null}
      {list.isError ? <ErrorBox error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.isSuccess && entries.length === 0 ? <EmptyState title={t('costs.none')} why={t('costs.none_why')} /> : null}
      {entries.length === 0 ? null : (
        <>
          <Total entries={entries} from={from} to={to} />
          <CostList entries={entries} from={from} to={to} onCancel={setOpen} />
          {entries.length < SHOWN_AT_MOST ? null : <p className="quiet">{t('costs.cut', { count: SHOWN_AT_MOST })}</p>}
        </>
      )}
      <Drawer title={t('costs.book')} open={open === 'book'} onClose={close} destroyOnHidden>
        <CostForm currency={currency} from={from} to={to} onDone={close} />
      </Drawer>
      <Drawer title={t('costs.cancel_title')} open={open !== null && open !== 'book'} onClose={close} destroyOnHidden>
        {open === null || open === 'book' ? null : <CancelForm entry={open} onDone={close} />}
      </Drawer>
    </PageShell>
  )
}
