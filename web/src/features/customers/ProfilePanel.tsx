/** What is known of a customer: read, or changed; somebody else's change meanwhile is shown beside it. */
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { changeFrom, customers, type Customer } from '@/api/customers'
import { useZone } from '@/api/session'
import { changeOf, draftOf, type CustomerDraft } from '@/shared/customer/draft'
import { isLive, noted } from '@/shared/customer/known'
import type { ConflictField } from '@/ui/Conflict'
import { EditBar, EditFrame } from '@/ui/EditFrame'
import { dateTime } from '@/ui/format'
import { useVersions } from '@/ui/versions'

import { ProfileFields } from './ProfileFields'

const PLAIN = ['name', 'certificate', 'sex', 'company', 'level', 'tags', 'address', 'place', 'language', 'remark', 'confidential', 'numbers', 'identities'] as const
type FieldName = (typeof PLAIN)[number]

/** A field's value in words. */
function useShown(): (draft: CustomerDraft, field: FieldName) => string {
  const { t } = useTranslation()
  const between = t('customers.between')
  return (draft, field) => {
    switch (field) {
      case 'sex':
        return draft.sex === '' ? '' : t(`customers.sex.${draft.sex}`)
      case 'confidential':
        return draft.confidential ? t('customers.yes') : t('customers.no')
      case 'tags':
        return draft.tags.join(between)
      case 'numbers':
        return draft.numbers.map(({ number, label }) => [number, label].filter(Boolean).join(' ')).join(between)
      case 'identities':
        return draft.identities.map(({ kind, value }) => `${t(`customers.kind.${kind}`, { defaultValue: kind })} ${value}`).join(between)
      default:
        return draft[field]
    }
  }
}

function useConflictFields(): ConflictField<CustomerDraft>[] {
  const { t } = useTranslation()
  const shown = useShown()
  return PLAIN.map((field) => ({ key: field, label: t(`customers.field.${field}`), show: (draft) => shown(draft, field) || '—' }))
}

function Facts({ customer }: { customer: Customer }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const shown = useShown()
  const draft = draftOf(customer)
  const when = (at: number): string => dateTime(at, i18n.language, zone)
  const rows: [string, ReactNode][] = [
    ...PLAIN.filter((field) => field !== 'numbers').map((field): [string, ReactNode] => [t(`customers.field.${field}`), shown(draft, field) || '—']),
    [t('customers.created'), when(customer.created_at)],
    [t('customers.changed'), when(customer.changed_at)],
  ]
  return (
    <dl className="customers-facts" data-testid="profile-facts">
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

interface ProfilePanelProps {
  customer: Customer
  /** Somebody pressed 编辑. */
  isAsked: boolean
  onDone: () => void
}

export function ProfilePanel({ customer, isAsked, onDone }: ProfilePanelProps): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const editing = useVersions<CustomerDraft>({
    name: `customer-${customer.id}`,
    stored: draftOf(customer),
    send: async (_changes, whole, content) => {
      const after = await changeFrom(customer.id, content, (latest) => changeOf(whole, latest))
      noted(client, after)
      return draftOf(after)
    },
    reread: async () => {
      const latest = await customers.read(customer.id)
      noted(client, latest)
      return draftOf(latest)
    },
    saved: t('customers.saved'),
  })
  const fields = useConflictFields()
  // What was written and not saved is found again after a reload.
  const isOpen = (isAsked || editing.isDirty) && isLive(customer)
  return (
    <section className="panel" aria-label={t('customers.profile')}>
      <div className="customer-part-head">
        <h2 className="panel-title">{t('customers.profile')}</h2>
        {isOpen ? (
          <EditBar editing={editing}>
            {editing.isDirty ? null : (
              <Button data-testid="edit-close" onClick={onDone}>
                {t('common.close')}
              </Button>
            )}
          </EditBar>
        ) : null}
      </div>
      {isOpen ? (
        <EditFrame<CustomerDraft> editing={editing} fields={fields}>
          <ProfileFields draft={editing.draft} refusal={editing.refusal} onChange={editing.change} />
        </EditFrame>
      ) : (
        <Facts customer={customer} />
      )}
    </section>
  )
}
