/** Several that may be meant: a person chooses, nobody is guessed. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { CustomerLine } from '@/api/customers'

export interface PickCustomerProps {
  lines: readonly CustomerLine[]
  label: string
  onPick: (customer: CustomerLine) => void
  isBusy?: boolean
}

/** What tells one from another, beside the name. */
export const tellingOf = (line: CustomerLine): string =>
  [line.level, line.certificate, line.company, line.place, line.numbers.join(' '), line.tags.join(' ')].filter((fact) => fact !== '').join(' · ')

export function PickCustomer({ lines, label, onPick, isBusy = false }: PickCustomerProps): ReactElement {
  const { t } = useTranslation()
  return (
    <ul className="customer-pick" aria-label={label}>
      {lines.map((line) => (
        <li key={line.id}>
          <button type="button" className="customer-choice" disabled={isBusy} data-testid={`pick-${line.id}`} onClick={() => onPick(line)}>
            <b>{line.name}</b>
            <span className="quiet customer-small">{tellingOf(line) || t('customers.nothing_more')}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
