/** Book a cost: for what, for which days, how much. */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { ApiProblem } from '@/api/client'
import { CATEGORIES, costs, type CostCategory } from '@/api/costs'
import { announce } from '@/ui/announce'
import { notify } from '@/ui/notices'
import { problemText } from '@/ui/problems'

import { daysIn, isDay } from './days'
import { LONGEST_DAYS, minorOf, money, perDay } from './ledger'

interface Wish {
  category: CostCategory
  first_day: string
  last_day: string
  amount: string
  currency: string
  note: string
}

type Field = keyof Wish

/** The field of the form that the server refused, if it named one. */
function refusedField(error: unknown): Field | null {
  if (!(error instanceof ApiProblem)) return null
  if (error.code === 'cost_currency_differs') return 'currency'
  if (error.code === 'window_invalid') return 'first_day'
  const named = String(error.facts['field'] ?? '').replace('body.', '').replace('amount_minor', 'amount')
  const fields: Field[] = ['category', 'first_day', 'last_day', 'amount', 'currency', 'note']
  return fields.find((each) => each === named) ?? null
}

/** What the amount comes to on a day, as soon as both are known. */
function Accrual({ amount, first, last }: { amount: string; first: string; last: string }): ReactElement | null {
  const { t } = useTranslation()
  const minor = minorOf(amount)
  const days = isDay(first) && isDay(last) ? daysIn(first, last) : 0
  if (minor === null || days < 1 || days > LONGEST_DAYS) return null
  return (
    <p className="quiet" data-testid="cost-accrual">
      {t('costs.accrual', { count: days, amount: money(perDay(minor, first, last)) })}
    </p>
  )
}

export interface CostFormProps {
  /** The currency of the ledger, and the days that are shown. */
  currency: string
  from: string
  to: string
  onDone: () => void
}

export function CostForm({ currency, from, to, onDone }: CostFormProps): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [form] = Form.useForm<Wish>()
  const [isBusy, setBusy] = useState(false)
  const wish = Form.useWatch([], form) as Partial<Wish> | undefined
  const book = async ({ amount, ...given }: Wish): Promise<void> => {
    setBusy(true)
    try {
      await costs.book({ ...given, note: given.note.trim(), amount_minor: minorOf(amount) ?? 0 })
      // Cost per call of these days is another one now.
      await Promise.all(['costs', 'figures', 'chart'].map((key) => client.invalidateQueries({ queryKey: [key] })))
      announce(t('costs.booked'))
      onDone()
    } catch (error) {
      const field = refusedField(error)
      if (field === null) notify(error)
      else form.setFields([{ name: field, errors: [problemText(error)] }])
    } finally {
      setBusy(false)
    }
  }
  const day = (name: 'first_day' | 'last_day') => (
    <Form.Item
      name={name}
      label={t(`costs.${name}`)}
      dependencies={['first_day']}
      rules={[
        { required: true, message: t('costs.day_required') },
        ({ getFieldValue }) => ({
          validator: async (_, last: string) => {
            const first = String(getFieldValue('first_day') ?? '')
            if (name === 'first_day' || !isDay(first) || !isDay(last)) return
            const days = daysIn(first, last)
            if (days < 1) throw new Error(t('costs.ends_before'))
            if (days > LONGEST_DAYS) throw new Error(t('costs.too_long'))
          },
        }),
      ]}
    >
      <Input type="date" min="1900-01-01" max="2999-12-31" data-testid={`cost-${name}`} />
    </Form.Item>
  )
  return (
    <Form<Wish>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ category: 'staff', first_day: from, last_day: to, amount: '', currency, note: '' }}
      onFinish={(given) => void book(given)}
    >
      <Form.Item name="category" label={t('costs.column.category')}>
        <Select data-testid="cost-category" options={CATEGORIES.map((each) => ({ value: each, label: t(`costs.category.${each}`) }))} />
      </Form.Item>
      {day('first_day')}
      {day('last_day')}
      <Form.Item
        name="amount"
        label={t('costs.column.amount')}
        rules={[
          { validator: async (_, text: string) => { if (minorOf(text) === null) throw new Error(t('costs.amount_wrong')) } },
        ]}
      >
        <Input inputMode="decimal" autoComplete="off" data-testid="cost-amount" />
      </Form.Item>
      <Form.Item
        name="currency"
        label={t('costs.currency')}
        normalize={(text: string) => text.toUpperCase()}
        rules={[{ pattern: /^[A-Z]{3}$/, required: true, message: t('costs.currency_wrong') }]}
      >
        <Input maxLength={3} style={{ width: 96 }} data-testid="cost-currency" />
      </Form.Item>
      <Form.Item name="note" label={t('costs.note')}>
        <Input maxLength={200} data-testid="cost-note" />
      </Form.Item>
      <Accrual amount={wish?.amount ?? ''} first={wish?.first_day ?? ''} last={wish?.last_day ?? ''} />
      <div className="row">
        <Button htmlType="submit" type="primary" loading={isBusy} data-testid="cost-save">
          {t('costs.book')}
        </Button>
        <Button onClick={onDone}>{t('common.cancel')}</Button>
      </div>
    </Form>
  )
}
