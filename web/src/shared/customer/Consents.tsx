/** What the customer said to being recorded, advertised to, and asked: yes, no, or nothing so far. */
import { Button, Input, Radio } from 'antd'
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { customers, PURPOSES, type Customer, type Purpose } from '@/api/customers'
import { useMay, useZone } from '@/api/session'
import { announce } from '@/ui/announce'
import { dateTime } from '@/ui/format'
import { useCommand } from '@/ui/useCommand'

import { isLive, useNoted } from './known'
import { Part } from './Part'

export type Answer = 'yes' | 'no' | 'open'
const SHAPES: Record<Answer, string> = { yes: '●', no: '✕', open: '○' }

export const answerOf = (consents: Customer['consents'], purpose: Purpose): Answer => {
  const said = consents.find((each) => each.purpose === purpose)
  return said === undefined ? 'open' : said.given ? 'yes' : 'no'
}

/** Shape and word, never colour alone. */
export function AnswerWord({ answer }: { answer: Answer }): ReactElement {
  const { t } = useTranslation()
  return (
    <span className={`consent consent-${answer}`}>
      <span aria-hidden="true">{SHAPES[answer]} </span>
      {t(`customers.consent.${answer}`)}
    </span>
  )
}

interface FormProps {
  customer: Customer
  purpose: Purpose
  how: string
  onDone: () => void
}

function Form({ customer, purpose, how: first, onDone }: FormProps): ReactElement {
  const { t } = useTranslation()
  const noted = useNoted()
  const [given, setGiven] = useState<boolean | null>(null)
  const [how, setHow] = useState(first)
  const send = useCommand(async (answer: boolean) => {
    noted(await customers.consent(customer.id, purpose, answer, how.trim()))
    announce(t('customers.saved'))
    onDone()
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (given !== null && how.trim() !== '') void send.run(given)
  }
  return (
    <form className="customer-inline" onSubmit={submit}>
      <Radio.Group
        value={given}
        aria-label={t(`customers.purpose.${purpose}`)}
        onChange={(event) => setGiven(event.target.value as boolean)}
        options={[
          { value: true, label: t('customers.consent.yes') },
          { value: false, label: t('customers.consent.no') },
        ]}
        data-testid={`consent-answer-${purpose}`}
      />
      <Input value={how} maxLength={200} placeholder={t('customers.consent.how')} aria-label={t('customers.consent.how')} data-testid={`consent-how-${purpose}`} onChange={(event) => setHow(event.target.value)} />
      <div className="row">
        <Button type="primary" size="small" htmlType="submit" disabled={given === null || how.trim() === ''} loading={send.isBusy} data-testid={`consent-save-${purpose}`}>
          {t('edit.save')}
        </Button>
        <Button size="small" onClick={onDone}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}

function Line({ customer, purpose, how }: { customer: Customer; purpose: Purpose; how: string }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const mayEdit = useMay('customers.edit') && isLive(customer)
  const [isOpen, setOpen] = useState(false)
  const said = customer.consents.find((each) => each.purpose === purpose)
  return (
    <li data-testid={`consent-${purpose}`}>
      <div className="customer-line">
        <span className="customer-line-name">{t(`customers.purpose.${purpose}`)}</span>
        <AnswerWord answer={answerOf(customer.consents, purpose)} />
        <span className="grow" />
        {mayEdit && !isOpen ? (
          <Button size="small" type="link" aria-label={`${t(`customers.purpose.${purpose}`)} ${t('customers.consent.note')}`} data-testid={`consent-note-${purpose}`} onClick={() => setOpen(true)}>
            {t('customers.consent.note')}
          </Button>
        ) : null}
      </div>
      {said === undefined || isOpen ? null : (
        <p className="quiet customer-small customer-said">
          {dateTime(said.at, i18n.language, zone)} · {said.how}
        </p>
      )}
      {isOpen ? <Form customer={customer} purpose={purpose} how={how} onDone={() => setOpen(false)} /> : null}
    </li>
  )
}

/** @param how what stands in the field at first, e.g. the call that is going on */
export function Consents({ customer, how = '' }: { customer: Customer; how?: string }): ReactElement {
  const { t } = useTranslation()
  return (
    <Part title={t('customers.consents')} testId="customer-consents">
      <ul className="customer-lines">
        {PURPOSES.map((purpose) => (
          <Line key={purpose} customer={customer} purpose={purpose} how={how} />
        ))}
      </ul>
    </Part>
  )
}
