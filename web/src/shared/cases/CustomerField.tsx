/** Whose work order it is: found by name, pinyin, certificate or the end of a number. */
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useDeferredValue, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { caseCustomers, type CaseCustomer } from '@/api/cases'

interface CustomerFieldProps {
  id: string
  customer: string | null
  onChange: (customer: string | null, chosen: CaseCustomer | null) => void
}

const SHORTEST = 2

const lineOf = (one: CaseCustomer): string => [one.name, one.certificate, one.numbers[0] ?? '', one.place].filter((part) => part !== '').join(' · ')

export function CustomerField({ id, customer, onChange }: CustomerFieldProps): ReactElement {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const text = useDeferredValue(typed.trim())
  const isEnough = text.length >= SHORTEST && !/^\d{1,2}$/.test(text)
  const found = useQuery({ queryKey: ['case-customers', text], queryFn: () => caseCustomers.find(text), enabled: isEnough })
  const chosen = useQuery({ queryKey: ['customer', customer], queryFn: () => caseCustomers.read(customer ?? ''), enabled: customer !== null })
  const hits = isEnough ? (found.data?.items ?? []) : []
  const options = hits.map((one) => ({ value: one.id, label: lineOf(one) }))
  if (customer !== null && !options.some((one) => one.value === customer)) {
    options.unshift({ value: customer, label: chosen.data?.profile.name ?? customer })
  }
  const nothing = !isEnough ? t('cases.customer_type') : found.isFetching ? t('common.loading') : t('cases.customer_none')
  return (
    <Select
      id={id}
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      className="new-case-wide"
      placeholder={t('cases.customer_find')}
      value={customer}
      notFoundContent={<span className="quiet">{nothing}</span>}
      options={options}
      data-testid="new-case-customer"
      onChange={(value: string | null | undefined) => onChange(value ?? null, hits.find((one) => one.id === value) ?? null)}
    />
  )
}
