/** 疑似重复: customers who have something in common; a person looks, and merges two of them. */
import { Button, Segmented } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { customerLists, type CustomerDuplicate, type DuplicateWhy } from '@/api/customerLists'
import { pathOf } from '@/shared/customer/Customer360'
import { tellingOf } from '@/shared/customer/PickCustomer'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'
import { useServerRows } from '@/ui/useServerRows'

import { MergeDrawer } from './MergeDrawer'

const WHYS: readonly DuplicateWhy[] = ['number', 'certificate', 'name_address']

function Group({ group, onMerge }: { group: CustomerDuplicate; onMerge: (pair: [string, string]) => void }): ReactElement {
  const { t } = useTranslation()
  const [first] = group.customers
  return (
    <section className="panel" aria-label={group.value}>
      <h2 className="figure">{group.value}</h2>
      <ul className="customer-lines">
        {group.customers.map((line, at) => (
          <li key={line.id} className="customer-line">
            <Link to={pathOf(line.id)}>{line.name}</Link>
            <span className="quiet customer-cut grow" title={tellingOf(line)}>
              {tellingOf(line)}
            </span>
            {at === 0 || first === undefined ? null : (
              <Button size="small" data-testid={`merge-with-${line.id}`} onClick={() => onMerge([first.id, line.id])}>
                {t('customers.merge_with', { name: first.name })}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

export function DuplicateList(): ReactElement {
  const { t } = useTranslation()
  const [why, setWhy] = useState<DuplicateWhy>('number')
  const [pair, setPair] = useState<[string, string] | null>(null)
  const rows = useServerRows(['customers', 'duplicates', why], (cursor) => customerLists.duplicates(why, cursor))
  const isEmpty = !rows.isPending && rows.error === null && rows.rows.length === 0
  return (
    <div className="stack" data-testid="duplicates">
      <div>
        <Segmented<DuplicateWhy> value={why} onChange={setWhy} options={WHYS.map((each) => ({ value: each, label: t(`customers.duplicate.${each}`) }))} />
      </div>
      {rows.isPending ? <Loading rows={6} /> : null}
      {rows.error === null ? null : <ErrorBox error={rows.error} onRetry={rows.retry} />}
      {isEmpty ? <EmptyState title={t('customers.no_duplicates')} why={t('customers.no_duplicates_why')} /> : null}
      {rows.rows.map((group) => (
        <Group key={group.value + group.customers.map((line) => line.id).join(' ')} group={group} onMerge={setPair} />
      ))}
      {rows.hasMore ? (
        <div className="table-more">
          <Button loading={rows.isFetchingMore} onClick={rows.more}>
            {t('table.more')}
          </Button>
        </div>
      ) : null}
      {pair === null ? null : <MergeDrawer pair={pair} onClose={() => setPair(null)} onDone={() => setPair(null)} />}
    </div>
  )
}
