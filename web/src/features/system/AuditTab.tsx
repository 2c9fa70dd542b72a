/** 审计: who did what to what, when, from where; and by whose data was touched. */
import { useQuery } from '@tanstack/react-query'
import { Drawer, Input, Select } from 'antd'
import i18next from 'i18next'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { exportJobs } from '@/api/exports'
import { useZone } from '@/api/session'
import { system, type AuditRow } from '@/api/system'
import { DataTable, type Column } from '@/ui/DataTable'
import { JobExport } from '@/ui/ExportMenu'
import { useTableQuery, type TableQuery } from '@/ui/tableView'
import { useServerRows } from '@/ui/useServerRows'

import { AuditDetail } from './AuditDetail'
import { dayBegins, dayEnds, isDay, stamp } from './days'

const FILTERS = ['who', 'act', 'object', 'subject', 'from', 'to'] as const

export const actText = (act: string): string => (i18next.exists(`system.act.${act}`) ? i18next.t(`system.act.${act}`) : act)

/** The filter as the server understands it: days of the centre become instants. */
export function asked(filters: Readonly<Record<string, string>>, zone: string): Record<string, string | number> {
  const { from, to, ...rest } = filters
  return {
    ...rest,
    ...(from === undefined ? {} : { since: dayBegins(from, zone) }),
    ...(to === undefined ? {} : { until: dayEnds(to, zone) }),
  }
}

function Filters({ query }: { query: TableQuery }): ReactElement {
  const { t } = useTranslation()
  const words = useQuery({ queryKey: ['system', 'audit-words'], queryFn: system.auditWords, staleTime: 60_000 })
  const { filters, setFilter } = query
  const typed = (name: 'object' | 'subject'): ReactElement => (
    <Input.Search
      key={`${name} ${filters[name] ?? ''}`}
      className="system-typed"
      allowClear
      defaultValue={filters[name]}
      placeholder={t(`system.filter.${name}`)}
      aria-label={t(`system.filter.${name}`)}
      data-testid={`audit-${name}`}
      onSearch={(value) => setFilter(name, value.trim())}
    />
  )
  const day = (name: 'from' | 'to'): ReactElement => (
    <Input
      type="date"
      className="system-day"
      prefix={t(`system.filter.${name}`)}
      aria-label={t(`system.filter.${name}`)}
      data-testid={`audit-${name}`}
      value={filters[name] ?? ''}
      onChange={(event) => isDay(event.target.value) && setFilter(name, event.target.value)}
    />
  )
  return (
    <>
      <Select
        className="system-chosen"
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('system.filter.who')}
        aria-label={t('system.filter.who')}
        value={filters['who'] ?? null}
        onChange={(value) => setFilter('who', value)}
        options={words.data?.people.map(({ id, name }) => ({ value: id, label: name })) ?? []}
      />
      <Select
        className="system-chosen"
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('system.filter.act')}
        aria-label={t('system.filter.act')}
        value={filters['act'] ?? null}
        onChange={(value) => setFilter('act', value)}
        options={words.data?.acts.map((act) => ({ value: act, label: actText(act) })) ?? []}
      />
      {typed('subject')}
      {typed('object')}
      {day('from')}
      {day('to')}
    </>
  )
}

export function AuditTab(): ReactElement {
  const { t } = useTranslation()
  const zone = useZone()
  const query = useTableQuery(FILTERS, '')
  const [open, setOpen] = useState<AuditRow | null>(null)
  const filter = asked(query.filters, zone)
  const rows = useServerRows<AuditRow>(['system', 'audit', filter], (cursor) => system.audit({ ...filter, cursor, limit: 50 }))
  const columns: Column<AuditRow>[] = [
    { key: 'at', title: t('system.column.at'), render: (row) => stamp(row.at, zone) },
    { key: 'who', title: t('system.column.who'), render: (row) => row.who_name || t('system.nobody'), widest: '12em' },
    { key: 'act', title: t('system.column.act'), render: (row) => actText(row.act), widest: '16em' },
    { key: 'object', title: t('system.column.object'), render: (row) => row.object, widest: '18em' },
    { key: 'reason', title: t('system.column.reason'), render: (row) => row.reason, widest: '16em' },
    { key: 'address', title: t('system.column.address'), render: (row) => row.address },
  ]
  return (
    <>
      <DataTable<AuditRow>
        name="audit"
        label={t('system.tab.audit')}
        columns={columns}
        rows={rows}
        keyOf={(row) => String(row.id)}
        query={query}
        onOpen={setOpen}
        isChosen={(row) => row.id === open?.id}
        filters={<Filters query={query} />}
        actions={<JobExport kind="audit" filter={filter} door={exportJobs} />}
        empty={{ title: t('system.audit_none'), why: t('system.audit_none_why') }}
      />
      <Drawer open={open !== null} onClose={() => setOpen(null)} size={560} title={open === null ? '' : actText(open.act)} destroyOnHidden>
        {open === null ? null : <AuditDetail row={open} />}
      </Drawer>
    </>
  )
}
