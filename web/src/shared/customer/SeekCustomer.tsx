/** A customer who is known already, under another number: found by name, pinyin, certificate or number. */
import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useDeferredValue, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { customers, type CustomerLine } from '@/api/customers'
import { useProblemText } from '@/ui/problems'

import { PickCustomer } from './PickCustomer'

const SHOWN = 8
const DIGITS = /^[0-9]{3,20}$/

/** What the list is asked for: digits are the end of a number first, anything else are words. */
export const askedFor = (typed: string): { text: string } | { number_tail: string } => (DIGITS.test(typed) ? { number_tail: typed } : { text: typed })

async function found(typed: string): Promise<CustomerLine[]> {
  const first = (await customers.find({ ...askedFor(typed), limit: SHOWN })).items
  if (!DIGITS.test(typed) || first.length === SHOWN) return first
  // Digits may be a certificate as well.
  const more = (await customers.find({ text: typed, limit: SHOWN })).items
  return [...first, ...more.filter((one) => first.every((other) => other.id !== one.id))].slice(0, SHOWN)
}

export interface SeekCustomerProps {
  onPick: (customer: CustomerLine) => void
  isBusy?: boolean
}

export function SeekCustomer({ onPick, isBusy = false }: SeekCustomerProps): ReactElement {
  const { t } = useTranslation()
  const textOf = useProblemText()
  const [typed, setTyped] = useState('')
  const asked = useDeferredValue(typed.trim())
  const answer = useQuery({ queryKey: ['customers', 'seek', asked], queryFn: () => found(asked), enabled: asked.length > 1, placeholderData: (before) => before })
  const lines = asked.length > 1 ? (answer.data ?? []) : []
  return (
    <div className="stack" role="search">
      <Input value={typed} maxLength={100} placeholder={t('customers.seek')} aria-label={t('customers.seek')} data-testid="customer-seek" onChange={(event) => setTyped(event.target.value)} />
      {answer.isError ? <p role="alert">{textOf(answer.error)}</p> : null}
      {asked.length > 1 && answer.isSuccess && lines.length === 0 ? <p className="quiet customer-fact">{t('customers.nobody_found')}</p> : null}
      <PickCustomer lines={lines} label={t('customers.found')} isBusy={isBusy} onPick={onPick} />
    </div>
  )
}
