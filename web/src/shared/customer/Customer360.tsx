/**
 * 客户 360: who it is, by what numbers, whether that was checked, what was agreed, what is open and
 * what went before. The desk has it beside a call, the customer's page beside the whole story.
 */
import { Tag } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Customer } from '@/api/customers'
import { useMay } from '@/api/session'
import { ErrorBox, Loading } from '@/ui/states'

import { CaseOfCustomer } from './CaseOfCustomer'
import { Consents } from './Consents'
import './customer.css'
import { IdentityCheck } from './IdentityCheck'
import { useCustomer, useLastSteps, useOpenCases } from './known'
import { Numbers } from './Numbers'
import { Part } from './Part'
import { Step } from './Steps'

const LAST = 5

export const pathOf = (customer: string): string => `/customers/${encodeURIComponent(customer)}`

/** What cannot be shown now; the call goes on. */
export function Away({ error, onRetry }: { error: unknown; onRetry: () => void }): ReactElement {
  const { t } = useTranslation()
  return (
    <div className="customer-away" data-testid="customer-away">
      <p>{t('customers.away')}</p>
      <ErrorBox error={error} onRetry={onRetry} />
    </div>
  )
}

/** The name with its marks. */
export function NameLine({ customer }: { customer: Customer }): ReactElement {
  const { t } = useTranslation()
  const { profile } = customer
  return (
    <>
      <span className="customer-cut" title={profile.name}>
        {profile.name}
      </span>
      {profile.level === '' ? null : <Tag className="customer-level">{profile.level}</Tag>}
      {profile.confidential ? <Tag className="customer-confidential">■ {t('customers.confidential')}</Tag> : null}
    </>
  )
}

function About({ customer, beside }: { customer: Customer; beside?: ReactNode }): ReactElement {
  const { t } = useTranslation()
  const { profile } = customer
  const facts = [profile.sex === '' ? '' : t(`customers.sex.${profile.sex}`), profile.company, profile.place, profile.language].filter((fact) => fact !== '').join(' · ')
  const isBare = facts === '' && profile.certificate === '' && profile.tags.length === 0 && profile.remark === ''
  return (
    <div className="customer-about" data-testid="customer-about">
      <div className="customer-line">
        <span className="quiet customer-cut grow" title={facts}>
          {isBare ? t('customers.no_facts') : facts}
        </span>
        {beside}
      </div>
      {profile.certificate === '' ? null : (
        <p className="customer-small">
          {t('customers.certificate')} <span className="figure">{profile.certificate}</span>
        </p>
      )}
      {profile.tags.length === 0 ? null : (
        <p className="customer-tags">
          {profile.tags.map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </p>
      )}
      {profile.remark === '' ? null : <p className="customer-small customer-remark">{profile.remark}</p>}
    </div>
  )
}

/** @param isQuiet where there are none, nothing is said: something else on the page does */
function OpenCases({ customer, isQuiet }: { customer: string; isQuiet: boolean }): ReactElement | null {
  const { t } = useTranslation()
  const mayRead = useMay('cases.read')
  const found = useOpenCases(customer, mayRead)
  const lines = found.data?.items ?? []
  if (!mayRead || (isQuiet && lines.length === 0)) return null
  return (
    <Part title={found.data === undefined ? t('customers.open_cases') : t('customers.open_cases_count', { count: lines.length })} testId="customer-cases">
      {found.isPending ? <Loading rows={1} /> : null}
      {found.isError && found.data === undefined ? <p className="quiet customer-fact">{t('customers.away')}</p> : null}
      {found.isSuccess && lines.length === 0 ? <p className="quiet customer-fact">{t('customers.no_open_cases')}</p> : null}
      <ul className="customer-lines">
        {lines.map((line) => (
          <CaseOfCustomer key={line.id} line={line} isLinked />
        ))}
      </ul>
    </Part>
  )
}

function Last({ customer }: { customer: string }): ReactElement {
  const { t } = useTranslation()
  const found = useLastSteps(customer, LAST)
  const steps = found.data?.items ?? []
  return (
    <Part title={t('customers.last')} testId="customer-last">
      {found.isPending ? <Loading rows={2} /> : null}
      {found.isError && found.data === undefined ? <p className="quiet customer-fact">{t('customers.away')}</p> : null}
      {found.isSuccess && steps.length === 0 ? <p className="quiet customer-fact">{t('customers.no_steps')}</p> : null}
      <ul className="customer-steps">
        {steps.map((step) => (
          <Step key={step.contact?.id ?? step.case?.id ?? step.at} step={step} isLinked />
        ))}
      </ul>
    </Part>
  )
}

export interface Customer360Props {
  customer: string
  /** The contact that the customer is with at this desk; none on the customer's own page. */
  contact?: string | null
  /** Beside what is known: another one after all, ... */
  beside?: ReactNode
  /** Leave the last contacts to who shows all of them. */
  isWithLast?: boolean
  mayCall?: boolean
}

export function Customer360({ customer: id, contact = null, beside, isWithLast = true, mayCall = false }: Customer360Props): ReactElement {
  const { t } = useTranslation()
  const found = useCustomer(id)
  if (found.data === undefined) {
    return found.isError ? <Away error={found.error} onRetry={() => void found.refetch()} /> : <Loading rows={6} />
  }
  const customer = found.data
  return (
    <div className="customer-360" data-testid={`customer-${customer.id}`}>
      {contact === null ? null : <About customer={customer} beside={beside} />}
      {customer.merged_into === null ? null : (
        <p className="customer-merged" role="status" data-testid="customer-merged">
          ▲ {t('customers.merged')} <Link to={pathOf(customer.merged_into)}>{t('customers.merged_open')}</Link>
        </p>
      )}
      {customer.erased_at === null ? null : (
        <p className="customer-merged" role="status" data-testid="customer-erased">
          ▲ {t('customers.erased')}
        </p>
      )}
      <IdentityCheck customer={customer} />
      <Numbers customer={customer} mayCall={mayCall} />
      <Consents customer={customer} how={contact === null ? '' : t('customers.consent.by_call', { contact })} />
      <OpenCases customer={customer.id} isQuiet={contact !== null} />
      {isWithLast ? <Last customer={customer.id} /> : null}
      {contact === null ? null : (
        <div className="row">
          <Link to={pathOf(customer.id)} className="customer-more" data-testid="customer-open">
            {t('customers.open')}
          </Link>
        </div>
      )}
    </div>
  )
}

/** Where a new work order of this customer is written. */
export function newCasePath(customer: string, contact: string | null): string {
  const asked = new URLSearchParams({ new: '1', customer, ...(contact === null ? {} : { contact }) })
  return `/cases?${asked.toString()}`
}
