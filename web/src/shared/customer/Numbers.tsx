/** The customer's numbers: masked until somebody asks to see them, called by a click, or left alone. */
import { Button, Input } from 'antd'
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { customers, type Customer, type CustomerNumber } from '@/api/customers'
import { calling } from '@/api/handing'
import { hasDesk, useMay, useMe, useZone } from '@/api/session'
import { ActionButton } from '@/ui/ActionButton'
import { announce } from '@/ui/announce'
import { dateTime, regionIn } from '@/ui/format'
import { useCommand } from '@/ui/useCommand'
import { endOfDay } from '@/ui/zone'

import { isLive, useNoted } from './known'
import { Part } from './Part'
import { useWhyNotCall } from './whyNotCall'

interface QuietProps {
  isBusy: boolean
  onSend: (reason: string, until: number | null) => void
  onCancel: () => void
}

function QuietForm({ isBusy, onSend, onCancel }: QuietProps): ReactElement {
  const { t } = useTranslation()
  const zone = useZone()
  const [reason, setReason] = useState('')
  const [day, setDay] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (reason.trim() !== '') onSend(reason.trim(), day === '' ? null : endOfDay(day, zone))
  }
  return (
    <form className="customer-inline" onSubmit={submit}>
      <Input value={reason} maxLength={200} autoFocus placeholder={t('customers.quiet.reason')} aria-label={t('customers.quiet.reason')} data-testid="quiet-reason" onChange={(event) => setReason(event.target.value)} />
      <Input type="date" value={day} prefix={t('customers.quiet.until')} aria-label={t('customers.quiet.until')} onChange={(event) => setDay(event.target.value)} />
      <p className="quiet customer-small">{t('customers.quiet.about')}</p>
      <div className="row">
        <Button type="primary" size="small" htmlType="submit" disabled={reason.trim() === ''} loading={isBusy} data-testid="quiet-send">
          {t('customers.quiet.set')}
        </Button>
        <Button size="small" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}

function Quiet({ one }: { one: CustomerNumber }): ReactElement | null {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const quiet = one.do_not_call
  if (quiet === null) return null
  const until = quiet.until === null ? t('customers.quiet.for_good') : t('customers.quiet.until_at', { at: dateTime(quiet.until - 1, i18n.language, zone) })
  return (
    <p className="over customer-small" data-testid={`quiet-${one.id}`}>
      ✕ {t('customers.quiet')} · {quiet.reason} · {until}
    </p>
  )
}

interface LineProps {
  customer: Customer
  one: CustomerNumber
  full: string | undefined
  mayCall: boolean
  onReveal: () => Promise<Customer>
}

function Line({ customer, one, full, mayCall, onReveal }: LineProps): ReactElement {
  const { t, i18n } = useTranslation()
  const noted = useNoted()
  const mayEdit = useMay('customers.edit') && isLive(customer)
  const [isOpen, setOpen] = useState(false)
  const whyNot = useWhyNotCall()
  const call = useCommand(async () => {
    const number = full ?? (await onReveal()).numbers.find((each) => each.id === one.id)?.number
    if (number !== undefined) await calling.number(number, null)
    announce(t('customers.calling'))
  })
  const quiet = useCommand(async (reason: string, until: number | null) => {
    noted(await customers.keepQuiet(customer.id, one.id, reason, until))
    setOpen(false)
  })
  const lift = useCommand(async () => noted(await customers.mayCall(customer.id, one.id)))
  const quietWord = one.do_not_call === null ? t('customers.quiet.set') : t('customers.quiet.lift')
  const region = one.region === null ? '' : regionIn(i18n.language, one.region)
  return (
    <li data-testid={`number-${one.id}`}>
      <div className="customer-line">
        <span className="figure customer-number">{full ?? one.number}</span>
        <span className="quiet customer-cut" title={[one.label, region].filter(Boolean).join(' · ')}>
          {[one.label, region].filter(Boolean).join(' · ')}
        </span>
        <span className="grow" />
        {mayCall ? (
          <ActionButton size="small" label={t('customers.call')} testId={`call-${one.id}`} isBusy={call.isBusy} whyNot={one.do_not_call === null ? whyNot : t('customers.quiet')} onAct={() => void call.run()} />
        ) : null}
        {mayEdit && !isOpen ? (
          <Button
            size="small"
            type="link"
            loading={lift.isBusy}
            aria-label={`${one.number} ${quietWord}`}
            data-testid={`number-quiet-${one.id}`}
            onClick={() => (one.do_not_call === null ? setOpen(true) : void lift.run())}
          >
            {quietWord}
          </Button>
        ) : null}
      </div>
      <Quiet one={one} />
      {isOpen ? <QuietForm isBusy={quiet.isBusy} onSend={(reason, until) => void quiet.run(reason, until)} onCancel={() => setOpen(false)} /> : null}
    </li>
  )
}

/** @param mayCall whether numbers can be called from here; at a desk that talks already they are not */
export function Numbers({ customer, mayCall }: { customer: Customer; mayCall: boolean }): ReactElement {
  const { t } = useTranslation()
  const me = useMe()
  const mayReveal = useMay('records.reveal')
  const [full, setFull] = useState<Readonly<Record<string, string>>>({})
  const fetch = async (): Promise<Customer> => {
    const found = await customers.reveal(customer.id)
    setFull(Object.fromEntries(found.numbers.map(({ id, number }) => [id, number])))
    return found
  }
  const reveal = useCommand(fetch)
  const isHidden = customer.numbers.some((each) => full[each.id] === undefined)
  return (
    <Part
      title={t('customers.numbers')}
      testId="customer-numbers"
      beside={
        mayReveal && isHidden ? (
          <Button size="small" type="link" loading={reveal.isBusy} title={t('customers.reveal_does')} data-testid="customer-reveal" onClick={() => void reveal.run()}>
            {t('common.reveal')}
          </Button>
        ) : null
      }
    >
      {customer.numbers.length === 0 ? <p className="quiet customer-fact">{t('customers.no_numbers')}</p> : null}
      <ul className="customer-lines">
        {customer.numbers.map((one) => (
          <Line key={one.id} customer={customer} one={one} full={full[one.id]} mayCall={mayCall && mayReveal && hasDesk(me)} onReveal={fetch} />
        ))}
      </ul>
      {customer.profile.identities.length === 0 ? null : (
        <dl className="facts customer-small">
          {customer.profile.identities.map(({ kind, value }) => (
            <span key={`${kind} ${value}`} className="customer-identity">
              <dt>{t(`customers.kind.${kind}`, { defaultValue: kind })}</dt>
              <dd>{value}</dd>
            </span>
          ))}
        </dl>
      )}
    </Part>
  )
}
