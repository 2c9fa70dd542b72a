/** A field for a card number: nothing that is said while it has the focus is kept. */
import { Input } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { DeskView } from '@/api/schema'

import { usePaymentPause } from './usePaymentPause'

export interface PaymentFieldProps {
  view: DeskView | undefined
  label: string
  value: string
  onChange: (value: string) => void
}

export function PaymentField({ view, label, value, onChange }: PaymentFieldProps): ReactElement {
  const { t } = useTranslation()
  const field = usePaymentPause(view)
  const recording = view?.contact?.recording
  const isSilent = recording === 'paused' || recording === 'off'
  return (
    <label>
      {label}
      <Input
        {...field}
        value={value}
        inputMode="numeric"
        autoComplete="off"
        data-testid="payment-field"
        onChange={(event) => onChange(event.target.value)}
      />
      <span role="status" className={isSilent ? '' : 'over'} data-testid="payment-state">
        {isSilent ? t('desk.payment_silent') : t('desk.payment_kept')}
      </span>
    </label>
  )
}
