/** One act: what was before, what is after, and everything else that explains it. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { useZone } from '@/api/session'
import type { AuditRow } from '@/api/system'

import { stamp } from './days'

type Facts = Record<string, unknown>

export const shown = (value: unknown): string =>
  value === null || value === undefined || value === '' ? '—' : typeof value === 'object' ? JSON.stringify(value, null, 1) : String(value)

/** Fields of either side, those that differ first. */
export function fieldsOf(before: Facts | null, after: Facts | null): { field: string; isChanged: boolean }[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  const all = names.map((field) => ({ field, isChanged: JSON.stringify(before?.[field] ?? null) !== JSON.stringify(after?.[field] ?? null) }))
  return [...all.filter((each) => each.isChanged), ...all.filter((each) => !each.isChanged)]
}

function Changes({ before, after }: { before: Facts | null; after: Facts | null }): ReactElement | null {
  const { t } = useTranslation()
  if (before === null && after === null) return null
  return (
    <table className="grid system-changes" data-testid="audit-changes">
      <thead>
        <tr>
          <th scope="col">{t('system.column.field')}</th>
          <th scope="col">{t('system.column.before')}</th>
          <th scope="col">{t('system.column.after')}</th>
        </tr>
      </thead>
      <tbody>
        {fieldsOf(before, after).map(({ field, isChanged }) => (
          <tr key={field} className={isChanged ? 'table-chosen' : undefined}>
            <th scope="row">{field}</th>
            <td>{shown(before?.[field])}</td>
            <td>{shown(after?.[field])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function AuditDetail({ row }: { row: AuditRow }): ReactElement {
  const { t } = useTranslation()
  const zone = useZone()
  const facts: [string, string][] = [
    [t('system.column.at'), stamp(row.at, zone)],
    [t('system.column.who'), row.who_name || t('system.nobody')],
    [t('system.column.object'), row.object],
    [t('system.column.reason'), row.reason],
    [t('system.column.address'), row.address],
    [t('system.column.code'), row.act],
    ...Object.entries(row.facts).map(([name, value]): [string, string] => [name, shown(value)]),
  ]
  return (
    <div className="system-stack">
      <dl className="system-facts system-facts-wide">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value === '' ? '—' : value}</dd>
          </div>
        ))}
      </dl>
      <Changes before={row.before} after={row.after} />
    </div>
  )
}
