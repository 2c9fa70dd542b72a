/** Who was merged into this customer, or it into whom; and taking that back. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'

import { customers, type Customer, type CustomerMerge } from '@/api/customers'
import { useMay, useZone } from '@/api/session'
import { ReasonForm } from '@/forms/ReasonForm'
import { pathOf } from '@/shared/customer/Customer360'
import { announce } from '@/ui/announce'
import { dateTime } from '@/ui/format'
import { notify } from '@/ui/notices'

function Line({ merge, here }: { merge: CustomerMerge; here: string }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const client = useQueryClient()
  const navigate = useNavigate()
  const mayMerge = useMay('customers.merge')
  const [isAsking, setAsking] = useState(false)
  const isGone = merge.one === here
  const when = (at: number): string => dateTime(at, i18n.language, zone)
  const undo = async (reason: string): Promise<void> => {
    try {
      const free = await customers.unmerge(merge.one, reason)
      await client.invalidateQueries({ queryKey: ['customers'] })
      announce(t('customers.unmerged'))
      setAsking(false)
      void navigate(pathOf(free.id))
    } catch (error) {
      notify(error)
    }
  }
  return (
    <li data-testid={`merge-${merge.id}`}>
      <div className="customer-line">
        <span className="figure">{when(merge.at)}</span>
        <span className="customer-cut" title={merge.reason}>
          {isGone ? t('customers.merged_into') : t('customers.merged_from')}{' '}
          <Link to={pathOf(isGone ? merge.into : merge.one)}>{isGone ? merge.after.profile.name : t('customers.merged_other')}</Link> · {merge.reason}
        </span>
        <span className="grow" />
        {merge.undone_at === null && mayMerge && !isAsking ? (
          <Button size="small" data-testid={`unmerge-${merge.id}`} onClick={() => setAsking(true)}>
            {t('customers.unmerge')}
          </Button>
        ) : null}
      </div>
      {merge.undone_at === null ? null : (
        <p className="quiet customer-small">
          {t('customers.undone', { at: when(merge.undone_at) })} · {merge.undone_reason}
        </p>
      )}
      {isAsking ? <ReasonForm submitLabel={t('customers.unmerge')} onSubmit={undo} onCancel={() => setAsking(false)} /> : null}
    </li>
  )
}

export function Merges({ customer }: { customer: Customer }): ReactElement | null {
  const { t } = useTranslation()
  const found = useQuery({ queryKey: ['customers', 'merges', customer.id, customer.revision, customer.merged_into], queryFn: () => customers.merges(customer.id), placeholderData: (before) => before })
  const merges = found.data ?? []
  if (merges.length === 0) return null
  return (
    <section className="panel" aria-label={t('customers.merges')} data-testid="customer-merges">
      <h2>{t('customers.merges')}</h2>
      <ul className="customer-lines">
        {merges.map((merge) => (
          <Line key={merge.id} merge={merge} here={customer.id} />
        ))}
      </ul>
    </section>
  )
}
