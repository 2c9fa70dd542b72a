/** Is it really this customer? By the service code, or by a question that was rightly answered. */
import { Button, Input, Popover } from 'antd'
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { customers, type Customer } from '@/api/customers'
import { useMay, useZone } from '@/api/session'
import { announce } from '@/ui/announce'
import { dateTime } from '@/ui/format'
import { useCommand } from '@/ui/useCommand'

import { isLive, useNoted } from './known'
import { Part } from './Part'

const LONGEST_CODE = 20

function ByCode({ customer, onPassed }: { customer: string; onPassed: (customer: Customer) => void }): ReactElement {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const [isWrong, setWrong] = useState(false)
  const ask = useCommand(async () => {
    const { passed, customer: after } = await customers.check(customer, 'password', code)
    setCode('')
    setWrong(!passed)
    if (passed) onPassed(after)
    else announce(t('customers.check.failed'), 'assertive')
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (code !== '') void ask.run()
  }
  return (
    <form className="customer-check" onSubmit={submit}>
      <Input.Password value={code} maxLength={LONGEST_CODE} inputMode="numeric" autoComplete="off" autoFocus visibilityToggle={false} placeholder={t('customers.check.code')} aria-label={t('customers.check.code')} data-testid="check-code" onChange={(event) => setCode(event.target.value)} />
      <Button type="primary" htmlType="submit" disabled={code === ''} loading={ask.isBusy} data-testid="check-send">
        {t('customers.check.send')}
      </Button>
      {isWrong ? (
        <p className="over" role="alert" data-testid="check-failed">
          ■ {t('customers.check.failed')}
        </p>
      ) : null}
    </form>
  )
}

export function IdentityCheck({ customer }: { customer: Customer }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const noted = useNoted()
  const mayEdit = useMay('customers.edit') && isLive(customer)
  const [isOpen, setOpen] = useState(false)
  const passed = (after: Customer): void => {
    noted(after)
    setOpen(false)
    announce(t('customers.check.passed'))
  }
  const asked = useCommand(async () => passed((await customers.check(customer.id, 'question')).customer))
  const { check } = customer
  return (
    <Part
      title={t('customers.check')}
      testId="customer-check"
      beside={
        mayEdit ? (
          <span className="customer-steps-row">
            <Popover trigger="click" open={isOpen} onOpenChange={setOpen} destroyOnHidden content={<ByCode customer={customer.id} onPassed={passed} />}>
              <Button size="small" data-testid="check-password">
                {t('customers.check.password')}
              </Button>
            </Popover>
            <Button size="small" loading={asked.isBusy} title={t('customers.check.question_does')} data-testid="check-question" onClick={() => void asked.run()}>
              {t('customers.check.question')}
            </Button>
          </span>
        ) : null
      }
    >
      <p className={check === null ? 'quiet customer-fact' : 'customer-checked customer-fact'} data-testid="check-state">
        <span aria-hidden="true">{check === null ? '○' : '●'} </span>
        {check === null ? t('customers.check.none') : t(`customers.check.by_${check.method}`, { at: dateTime(check.at, i18n.language, zone) })}
      </p>
    </Part>
  )
}
