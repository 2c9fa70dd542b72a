/** What was with a customer, newest first: contacts and work orders, as far as the reader may see them. */
import { Button, Segmented } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { customers } from '@/api/customers'
import { useMay } from '@/api/session'
import { Step } from '@/shared/customer/Steps'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'
import { useServerRows } from '@/ui/useServerRows'

const PART = 50
const KINDS = ['all', 'contact', 'case'] as const
type Kind = (typeof KINDS)[number]

export function Story({ customer }: { customer: string }): ReactElement {
  const { t } = useTranslation()
  const mayReadCases = useMay('cases.read')
  const [kind, setKind] = useState<Kind>('all')
  const rows = useServerRows(['customers', 'timeline', customer], (cursor) => customers.timeline(customer, cursor, PART))
  const shown = rows.rows.filter((step) => kind === 'all' || step.kind === kind)
  const isEmpty = !rows.isPending && rows.error === null && rows.rows.length === 0
  return (
    <section className="panel" aria-label={t('customers.story')} data-testid="customer-story">
      <div className="customer-part-head">
        <h2 className="panel-title">{t('customers.story')}</h2>
        {mayReadCases ? (
          <Segmented<Kind> size="small" value={kind} onChange={setKind} options={KINDS.map((each) => ({ value: each, label: t(`customers.story.${each}`) }))} data-testid="story-kind" />
        ) : null}
      </div>
      {rows.isPending ? <Loading rows={4} /> : null}
      {rows.error !== null && rows.rows.length === 0 ? <ErrorBox error={rows.error} onRetry={rows.retry} /> : null}
      {isEmpty ? <EmptyState title={t('customers.no_steps')} why={t('customers.no_steps_why')} /> : null}
      {rows.rows.length > 0 && shown.length === 0 ? <p className="quiet customer-fact">{t('customers.none_of_kind')}</p> : null}
      <ul className="customer-steps">
        {shown.map((step) => (
          <Step key={step.contact?.id ?? step.case?.id ?? step.at} step={step} isLinked={mayReadCases} isWhole />
        ))}
      </ul>
      {rows.hasMore ? (
        <div className="table-more">
          <Button loading={rows.isFetchingMore} data-testid="story-more" onClick={rows.more}>
            {t('table.more')}
          </Button>
        </div>
      ) : null}
    </section>
  )
}
