/** Costs of a period, the newest first; a cancelled one stays, and says who cancelled it and why. */
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { CostEntry } from '@/api/costs'
import { useZone } from '@/api/session'
import { dateTime } from '@/ui/format'

import { money, perDay, within } from './ledger'
import { NOTHING } from './printed'

const COLUMNS = ['category', 'period', 'amount', 'per_day', 'within', 'note', 'booked', 'state'] as const
const FIGURES = new Set<string>(['amount', 'per_day', 'within'])

interface ListedProps {
  from: string
  to: string
  onCancel: (entry: CostEntry) => void
}

function Row({ entry, from, to, onCancel }: ListedProps & { entry: CostEntry }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const isGone = entry.cancelled_at !== null
  const when = (at: number): string => dateTime(at, i18n.language, zone)
  return (
    <tr data-testid={`cost-${entry.id}`} data-state={isGone ? 'cancelled' : 'booked'}>
      <th scope="row">{t(`costs.category.${entry.category}`)}</th>
      <td>
        {entry.first_day} ~ {entry.last_day}
      </td>
      <td className="figure">
        {isGone ? <del>{money(entry.amount_minor)}</del> : money(entry.amount_minor)} {entry.currency}
      </td>
      <td className="figure">{isGone ? NOTHING : money(perDay(entry.amount_minor, entry.first_day, entry.last_day))}</td>
      <td className="figure">{isGone ? NOTHING : money(within(entry, from, to))}</td>
      <td>{entry.note || NOTHING}</td>
      <td>
        {entry.booked_by} {when(entry.booked_at)}
      </td>
      <td>
        {entry.cancelled_at === null ? (
          <Button size="small" data-testid={`cost-cancel-${entry.id}`} onClick={() => onCancel(entry)}>
            {t('costs.cancel')}
          </Button>
        ) : (
          <span className="quiet">
            {t('costs.cancelled', { who: entry.cancelled_by, at: when(entry.cancelled_at) })}
            {entry.cancel_reason === '' ? '' : ` · ${entry.cancel_reason}`}
          </span>
        )}
      </td>
    </tr>
  )
}

export function CostList({ entries, ...listed }: ListedProps & { entries: CostEntry[] }): ReactElement {
  const { t } = useTranslation()
  return (
    <div className="panel scroll">
      <table className="grid ledger" aria-label={t('costs.title')} data-testid="costs">
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className={FIGURES.has(column) ? 'figure' : undefined}>
                {t(`costs.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <Row key={entry.id} entry={entry} {...listed} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
