/** 新客户: the few things that make a customer; the rest is written on the customer's page. */
import { AutoComplete, Button, Form, Input, Radio } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { Customer, CustomerProfileWish } from '@/api/customers'
import { FormField, FormProblems, TextField } from '@/ui/FormField'
import { useServerForm } from '@/ui/useServerForm'

import { NOBODY } from './draft'
import { useChoices } from './known'

export interface NewCustomerWish {
  name: string
  sex: NonNullable<CustomerProfileWish['sex']>
  certificate: string
  level: string
  number: string
  label: string
}

const EMPTY: NewCustomerWish = { name: '', sex: '', certificate: '', level: '', number: '', label: '' }
const FIELD_OF = { customer_name_missing: 'name', customer_number_invalid: 'number', certificate_taken: 'certificate' }

export const profileOfNew = ({ name, sex, certificate, level }: NewCustomerWish): CustomerProfileWish => ({ ...NOBODY, name, sex, certificate, level })

export interface NewCustomerProps {
  /** The number that is known already, masked; `null` = it is typed. */
  number: string | null
  send: (wish: NewCustomerWish) => Promise<Customer>
  onMade: (customer: Customer) => void
  beside?: ReactNode
}

export function NewCustomer({ number, send, onMade, beside }: NewCustomerProps): ReactElement {
  const { t } = useTranslation()
  const choices = useChoices()
  const sheet = useServerForm<NewCustomerWish>(async (wish) => onMade(await send({ ...EMPTY, ...wish })), FIELD_OF)
  return (
    <Form<NewCustomerWish> form={sheet.form} layout="vertical" className="customer-form" initialValues={EMPTY} requiredMark={false} onFinish={(wish) => void sheet.submit(wish)} data-testid="customer-new-form">
      <FormProblems problems={sheet.problems} onGo={sheet.go} />
      <TextField name="name" label={t('customers.name')} longest={200} isRequired testId="new-name" />
      <FormField name="sex" label={t('customers.sex')}>
        <Radio.Group
          options={[
            { value: 'female', label: t('customers.sex.female') },
            { value: 'male', label: t('customers.sex.male') },
            { value: '', label: t('customers.sex.unknown') },
          ]}
        />
      </FormField>
      <div className="customer-pair">
        {number === null ? (
          <TextField name="number" label={t('customers.number')} longest={40} testId="new-number" />
        ) : (
          <div className="form-field">
            <div className="customer-label">{t('customers.number')}</div>
            <span className="figure" data-testid="new-number-known">
              {number === '' ? t('customers.withheld') : number}
            </span>
          </div>
        )}
        {number === '' ? null : (
          <FormField name="label" label={t('customers.number_label')}>
            <Input maxLength={40} placeholder={t('customers.number_label_hint')} />
          </FormField>
        )}
      </div>
      <div className="customer-pair">
        <TextField name="certificate" label={t('customers.certificate')} longest={40} testId="new-certificate" />
        <FormField name="level" label={t('customers.level')}>
          <AutoComplete options={(choices.data?.levels ?? []).map((level) => ({ value: level }))} showSearch={{ filterOption: (typed, option) => (option?.value ?? '').includes(typed) }} />
        </FormField>
      </div>
      <div className="row">
        <Button type="primary" htmlType="submit" loading={sheet.isBusy} data-testid="new-save">
          {t('customers.make')}
        </Button>
        {beside}
      </div>
    </Form>
  )
}
