/** What was with a customer, a line each: contacts and work orders. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { ContactOfCustomer, CustomerStep } from '@/api/customers'
import { useMay, useZone } from '@/api/session'
import { dateTime, duration, nameIn, shortDateTime } from '@/ui/format'

const ARROWS: Record<string, string> = { inbound: '↙', outbound: '↗', internal: '⇄' }

function ContactLine({ contact, at }: { contact: ContactOfCustomer; at: string }): ReactElement {
  const { t, i18n } = useTranslation()
  const mayRead = useMay('records.read')
  const facts = [
    t(`outcome.${contact.outcome}`),
    contact.queue === null ? null : nameIn(i18n.language, contact.queue),
    contact.disposition === null ? null : contact.disposition.name === 'TIMEOUT' ? null : nameIn(i18n.language, contact.disposition),
    contact.agent?.name ?? null,
    contact.talk_ms === null ? null : duration(contact.talk_ms),
  ].filter((fact) => fact !== null)
  return (
    <>
      {mayRead ? <Link className="figure" to={`/records/${encodeURIComponent(contact.id)}`}>{at}</Link> : <span className="figure">{at}</span>}{' '}
      <span aria-hidden="true">{ARROWS[contact.direction]} </span>
      <span className="screen-reader">{t(`customers.direction.${contact.direction}`)}</span>
      {facts.join(' · ')}
    </>
  )
}

interface StepProps {
  step: CustomerStep
  /** Whether work orders have a page that the reader may open. */
  isLinked: boolean
  /** With the year: a long story. */
  isWhole?: boolean
}

export function Step({ step, isLinked, isWhole = false }: StepProps): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const at = isWhole ? dateTime(step.at, i18n.language, zone) : shortDateTime(step.at, i18n.language, zone).slice(0, 11)
  if (step.contact != null) {
    return (
      <li data-testid={`step-${step.contact.id}`}>
        <ContactLine contact={step.contact} at={at} />
      </li>
    )
  }
  const line = step.case
  if (line == null) return <></>
  return (
    <li data-testid={`step-${line.id}`}>
      <span className="figure">{at}</span> <span aria-hidden="true">▤ </span>
      <span className="screen-reader">{t('customers.case')}</span>
      {isLinked ? <Link className="figure" to={`/cases/${encodeURIComponent(line.id)}`}>{line.number}</Link> : <span className="figure">{line.number}</span>}
      {' · '}
      {t(`customers.case_state.${line.state}`)} · {line.title}
    </li>
  )
}
