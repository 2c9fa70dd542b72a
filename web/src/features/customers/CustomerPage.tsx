/** 客户详情: one customer, whole: 客户 360 beside what is known and everything that was with them. */
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'

import type { Customer } from '@/api/customers'
import { useMay } from '@/api/session'
import { Customer360, NameLine, newCasePath } from '@/shared/customer/Customer360'
import { useCustomer } from '@/shared/customer/known'
import { usePageHelp } from '@/ui/help'
import { PageShell } from '@/ui/PageShell'
import { ErrorBox, Loading } from '@/ui/states'

import './customers.css'
import { Merges } from './Merges'
import { PersonalPanel } from './PersonalPanel'
import { ProfilePanel } from './ProfilePanel'
import { Story } from './Story'

function Beside({ customer, onEdit }: { customer: Customer; onEdit: () => void }): ReactElement {
  const { t } = useTranslation()
  const mayEdit = useMay('customers.edit')
  const mayOpenCase = useMay('cases.create')
  const isOver = customer.merged_into !== null || customer.erased_at !== null
  return (
    <>
      <span className="customer-line customers-marks">
        <NameLine customer={customer} />
      </span>
      {mayOpenCase && !isOver ? (
        <Link className="customers-link" to={newCasePath(customer.id, null)} data-testid="customer-new-case">
          {t('customers.new_case')}
        </Link>
      ) : null}
      {mayEdit && !isOver ? (
        <Button type="primary" data-testid="customer-edit" onClick={onEdit}>
          {t('customers.edit')}
        </Button>
      ) : null}
      <span className="grow" />
      <Link to="/customers">{t('customers.to_list')}</Link>
    </>
  )
}

function Whole({ customer, isEditing, onEdited }: { customer: Customer; isEditing: boolean; onEdited: () => void }): ReactElement {
  const { t } = useTranslation()
  const mayPersonal = useMay('customers.personal')
  return (
    <div className="customers-page">
      <section className="panel" aria-label={t('customers.title')}>
        <Customer360 customer={customer.id} isWithLast={false} mayCall />
      </section>
      <div className="stack">
        <ProfilePanel customer={customer} isAsked={isEditing} onDone={onEdited} />
        <Story customer={customer.id} />
        <Merges customer={customer} />
        {mayPersonal && customer.merged_into === null ? <PersonalPanel customer={customer} /> : null}
      </div>
    </div>
  )
}

function Found({ id }: { id: string }): ReactElement {
  const { t } = useTranslation()
  const found = useCustomer(id)
  const [isEditing, setEditing] = useState(false)
  usePageHelp(t('customers.detail_about'))
  const customer = found.data
  return (
    <PageShell title={customer?.profile.name ?? t('customers.detail_title')} beside={customer === undefined ? <Link to="/customers">{t('customers.to_list')}</Link> : <Beside customer={customer} onEdit={() => setEditing(true)} />}>
      {customer !== undefined ? (
        <Whole customer={customer} isEditing={isEditing} onEdited={() => setEditing(false)} />
      ) : found.isError ? (
        <ErrorBox error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <Loading rows={8} />
      )}
    </PageShell>
  )
}

export function CustomerPage(): ReactElement {
  const { id = '' } = useParams()
  return <Found key={id} id={id} />
}
