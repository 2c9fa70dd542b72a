/** 客户: found however one looks; made, merged where two are one. Filters live in the address. */
import { useQuery } from '@tanstack/react-query'
import { Button, Drawer } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'

import { customers, type CustomerLine, type CustomerStanding } from '@/api/customers'
import { exportJobs } from '@/api/exports'
import { useMay } from '@/api/session'
import { pathOf } from '@/shared/customer/Customer360'
import '@/shared/customer/customer.css'
import { FRESH_MS } from '@/shared/customer/known'
import { NewCustomer, profileOfNew, type NewCustomerWish } from '@/shared/customer/NewCustomer'
import { ActionButton } from '@/ui/ActionButton'
import { DataTable } from '@/ui/DataTable'
import { JobExport } from '@/ui/ExportMenu'
import { usePageHelp } from '@/ui/help'
import { PageShell } from '@/ui/PageShell'
import { useTableQuery } from '@/ui/tableView'
import { useServerRows } from '@/ui/useServerRows'

import { useColumns } from './columns'
import './customers.css'
import { DuplicateList } from './DuplicateList'
import { askedOf, Filters, FILTERS } from './Filters'
import { ImportDrawer } from './ImportDrawer'
import { MergeDrawer } from './MergeDrawer'

const PART = 100
const PAIR = 2

/** When each was last in contact and what is open, for the rows that are shown. */
function useStanding(lines: readonly CustomerLine[]): ReadonlyMap<string, CustomerStanding> {
  const ids = lines.map((line) => line.id)
  const parts = Array.from({ length: Math.ceil(ids.length / PART) }, (_, at) => ids.slice(at * PART, (at + 1) * PART))
  const found = useQuery({
    queryKey: ['customers', 'standing', ids],
    queryFn: async () => (await Promise.all(parts.map(customers.standing))).flat(),
    enabled: ids.length > 0,
    placeholderData: (before) => before,
    refetchInterval: FRESH_MS * Math.max(1, parts.length),
  })
  return new Map((found.data ?? []).map((each) => [each.customer, each]))
}

const numbersOf = ({ number, label }: NewCustomerWish): { number: string; label: string }[] => (number.trim() === '' ? [] : [{ number: number.trim(), label: label.trim() }])

function NewDrawer({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <Drawer open onClose={onClose} title={t('customers.new')} size={420} destroyOnHidden data-testid="customer-drawer">
      <NewCustomer number={null} send={(wish) => customers.create(profileOfNew(wish), numbersOf(wish))} onMade={(made) => void navigate(pathOf(made.id))} />
    </Drawer>
  )
}

function AllCustomers(): ReactElement {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const mayEdit = useMay('customers.edit')
  const mayMerge = useMay('customers.merge')
  const mayImport = useMay('customers.import')
  const mayExport = useMay('records.export')
  const mayReveal = useMay('records.reveal')
  const [picked, setPicked] = useState<readonly CustomerLine[]>([])
  const [isMerging, setMerging] = useState(false)
  const query = useTableQuery(FILTERS, 'newest')
  const asked = askedOf(query.filters)
  const rows = useServerRows(['customers', 'list', asked], (cursor) => customers.find({ ...asked, cursor }))
  const standing = useStanding(rows.rows)
  const pick = (line: CustomerLine, isPicked: boolean): void => setPicked((before) => (isPicked ? [...before, line] : before.filter((each) => each.id !== line.id)))
  const columns = useColumns(standing, mayMerge ? { picked: picked.map((each) => each.id), pick } : null)
  /** One drawer at a time; it stands in the address. */
  const show = (drawer: 'new' | 'import' | null): void =>
    setSearch((before) => {
      const next = new URLSearchParams(before)
      if (drawer === null) next.delete('open')
      else next.set('open', drawer)
      return next
    })
  const drawer = search.get('open')
  const [one, other] = picked
  return (
    <>
      <DataTable
        name="customers"
        label={t('customers.title')}
        columns={columns}
        rows={rows}
        keyOf={(line) => line.id}
        query={query}
        isChosen={(line) => picked.some((each) => each.id === line.id)}
        empty={{ title: t('customers.none'), why: t('customers.none_why') }}
        filters={<Filters query={query} />}
        actions={
          <>
            {mayMerge ? (
              <ActionButton label={t('customers.merge')} testId="customers-merge" whyNot={picked.length === PAIR ? null : t('customers.merge_two', { count: picked.length })} onAct={() => setMerging(true)} />
            ) : null}
            {mayExport ? <JobExport kind="customers" filter={asked} door={exportJobs} mayReveal={mayReveal} /> : null}
            {mayImport ? (
              <Button data-testid="customers-import" onClick={() => show('import')}>
                {t('customers.import')}
              </Button>
            ) : null}
            {mayEdit ? (
              <Button type="primary" data-testid="customers-new" onClick={() => show('new')}>
                {t('customers.new')}
              </Button>
            ) : null}
          </>
        }
      />
      {drawer === 'new' && mayEdit ? <NewDrawer onClose={() => show(null)} /> : null}
      {drawer === 'import' && mayImport ? <ImportDrawer onClose={() => show(null)} /> : null}
      {isMerging && one !== undefined && other !== undefined ? (
        <MergeDrawer
          pair={[one.id, other.id]}
          onClose={() => setMerging(false)}
          onDone={() => {
            setMerging(false)
            setPicked([])
          }}
        />
      ) : null}
    </>
  )
}

const VIEWS = ['all', 'duplicates'] as const

export function CustomersPage(): ReactElement {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const mayMerge = useMay('customers.merge')
  usePageHelp(t('customers.about'))
  const view = mayMerge && search.get('view') === 'duplicates' ? 'duplicates' : 'all'
  return (
    <PageShell
      title={t('customers.title')}
      beside={
        mayMerge ? (
          <div className="view-tabs" role="group" aria-label={t('customers.views')}>
            {VIEWS.map((each) => (
              <button key={each} type="button" className="view-tab" aria-pressed={each === view} data-testid={`view-${each}`} onClick={() => setSearch(each === 'all' ? {} : { view: each })}>
                {t(`customers.view.${each}`)}
              </button>
            ))}
          </div>
        ) : null
      }
    >
      {view === 'all' ? <AllCustomers /> : <DuplicateList />}
    </PageShell>
  )
}
