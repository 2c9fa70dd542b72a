/** Whose work order it is, what it is about, and what hangs together with it. */
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { caseCustomers, cases, caseSetUp, type Case } from '@/api/cases'
import { useMay, useZone } from '@/api/session'
import { CaseStateTag } from '@/shared/cases/CaseTags'
import { useCaseNames } from '@/shared/cases/known'
import { FormAnswers } from '@/shared/formspec/FormAnswers'
import { dateTime } from '@/ui/format'

import { CaseCall } from './CaseCall'

const MOST_OTHERS = 5

/** The customer's name, where the person may see customers. */
function Customer({ id }: { id: string }): ReactElement {
  const { t } = useTranslation()
  const mayRead = useMay('customers.read')
  const found = useQuery({ queryKey: ['customer', id], queryFn: () => caseCustomers.read(id), enabled: mayRead })
  if (!mayRead) return <>{id}</>
  const profile = found.data?.profile
  return (
    <>
      <Link to={`/customers/${encodeURIComponent(id)}`} data-testid="case-customer">
        {profile?.name ?? id}
      </Link>
      {profile === undefined ? null : <span className="quiet"> {[profile.level, profile.certificate].filter((part) => part !== '').join(' · ')}</span>}
      {found.isError ? <span className="quiet"> {t('casework.customer_away')}</span> : null}
    </>
  )
}

/** The form in the version that was filled in. */
function useItems(it: Case) {
  const { types } = useCaseNames()
  const form = types.find((type) => type.kind === it.kind)?.form ?? ''
  const versions = useQuery({
    queryKey: ['case-form-versions', form, it.form_version],
    queryFn: () => caseSetUp.formVersions(form),
    enabled: form !== '' && it.form_version > 0,
    staleTime: Infinity,
  })
  return versions.data?.find((each) => each.version === it.form_version)?.items ?? []
}

function Others({ it }: { it: Case }): ReactElement | null {
  const { t } = useTranslation()
  const others = useQuery({
    queryKey: ['cases', 'of-customer', it.customer],
    queryFn: () => cases.find({ list: 'all', customer: it.customer ?? undefined, limit: MOST_OTHERS + 1 }),
    enabled: it.customer !== null,
  })
  const lines = (others.data?.items ?? []).filter((each) => each.id !== it.id).slice(0, MOST_OTHERS)
  if (lines.length === 0 && it.merged_into === null) return null
  return (
    <section className="panel" aria-label={t('casework.related')}>
      <h2>{t('casework.related')}</h2>
      <ul className="case-related">
        {it.merged_into === null ? null : (
          <li>
            {t('casework.merged_into')} <Link to={`/cases/${encodeURIComponent(it.merged_into)}`}>{it.merged_into}</Link>
          </li>
        )}
        {lines.map((each) => (
          <li key={each.id}>
            <Link to={`/cases/${encodeURIComponent(each.id)}`}>{each.number}</Link> {each.title} <CaseStateTag state={each.state} isSuspended={each.suspended} />
          </li>
        ))}
      </ul>
      {it.customer === null ? null : <Link to={`/cases?list=all&customer=${encodeURIComponent(it.customer)}`}>{t('casework.all_of_customer')}</Link>}
    </section>
  )
}

export function CaseFacts({ it }: { it: Case }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const { kind, area } = useCaseNames()
  const items = useItems(it)
  const who = (id: string | null): string => (id === null ? t('casework.system') : (it.people.find((each) => each.id === id)?.name ?? id))
  const lead = it.dispatches.find((each) => each.round === it.round && each.role === 'lead' && each.outcome === 'active')
  const rows: [string, ReactElement | string][] = [
    [t('cases.customer'), it.customer === null ? '—' : <Customer key="customer" id={it.customer} />],
    [t('cases.phone'), it.phone === '' ? '—' : <CaseCall key="phone" it={it} />],
    [t('cases.place'), it.place],
    [t('cases.kind'), `${t(`cases.category.${it.category}`)} / ${kind(it.kind)}`],
    [t('cases.device_type'), it.device_type],
    [t('cases.demand_type'), it.demand_type],
    [t('cases.appointment'), it.appointment_at === null ? '' : dateTime(it.appointment_at, i18n.language, zone)],
    [t('casework.asks.area'), area(it.area)],
    [t('casework.asks.person'), lead?.person == null ? '' : who(lead.person)],
    [t('casework.opened'), `${dateTime(it.opened_at, i18n.language, zone)} · ${who(it.opened_by)}`],
    [t('casework.callback_wanted'), it.callback_required ? t('formspec.yes') : t('formspec.no')],
    [t('casework.visited'), it.visited ? t('formspec.yes') : ''],
    [t('casework.extension'), it.extension === null ? '' : `${t('casework.minutes', { count: it.extension.minutes })} · ${who(it.extension.by)} · ${it.extension.reason}`],
  ]
  return (
    <div className="stack">
      <section className="panel" aria-label={t('casework.facts')} data-testid="case-facts">
        <h2>{t('casework.facts')}</h2>
        <p className="case-content">{it.content}</p>
        <dl className="facts">
          {rows
            .filter(([, value]) => value !== '')
            .map(([name, value]) => (
              <div key={name} className="formspec-answer">
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          <FormAnswers items={items} answers={it.answers} />
        </dl>
      </section>
      <section className="panel" aria-label={t('casework.contacts')}>
        <h2>{t('casework.contacts')}</h2>
        {it.contacts.length === 0 ? <p className="quiet">{t('casework.contacts_none')}</p> : null}
        <ul className="case-related">
          {it.contacts.map((contact) => (
            <li key={contact}>
              <Link to={`/records/${encodeURIComponent(contact)}`} data-testid={`contact-${contact}`}>
                {contact}
              </Link>
            </li>
          ))}
        </ul>
      </section>
      <Others it={it} />
    </div>
  )
}
