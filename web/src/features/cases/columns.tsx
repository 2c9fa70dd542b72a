/** The columns of the list. */
import { Checkbox } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { CaseLine } from '@/api/cases'
import { useZone } from '@/api/session'
import { CaseMarks, CaseStateTag, PriorityTag } from '@/shared/cases/CaseTags'
import { useCaseNames } from '@/shared/cases/known'
import { Limits } from '@/shared/cases/Limit'
import type { Column } from '@/ui/DataTable'
import { shortDateTime } from '@/ui/format'

/** Of these states a work order can be dispatched. */
export const isDispatchable = (line: CaseLine): boolean => (line.state === 'dispatching' || line.state === 'redispatching') && !line.suspended

export interface Picking {
  picked: ReadonlySet<string>
  onPick: (line: CaseLine, isPicked: boolean) => void
}

function Title({ line }: { line: CaseLine }): ReactElement {
  return (
    <>
      {line.title} <CaseMarks {...line} />
    </>
  )
}

export function useColumns(picking: Picking | null): Column<CaseLine>[] {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const { kind, area } = useCaseNames()
  const title = (key: string): string => t(`casework.column.${key}`)
  const pick: Column<CaseLine>[] =
    picking === null
      ? []
      : [
          {
            key: 'pick',
            title: title('pick'),
            render: (line) => (
              <Checkbox
                checked={picking.picked.has(line.id)}
                disabled={!isDispatchable(line)}
                aria-label={t('casework.pick', { number: line.number })}
                data-testid={`pick-${line.id}`}
                onChange={(event) => picking.onPick(line, event.target.checked)}
              />
            ),
          },
        ]
  return [
    ...pick,
    {
      key: 'number',
      title: title('number'),
      stays: true,
      render: (line) => (
        <Link className="figure" to={`/cases/${encodeURIComponent(line.id)}`} data-testid={`case-${line.id}`}>
          {line.number}
        </Link>
      ),
    },
    { key: 'title', title: title('title'), stays: true, widest: '24em', render: (line) => <Title line={line} /> },
    { key: 'kind', title: title('kind'), widest: '9em', render: (line) => kind(line.kind) },
    { key: 'customer', title: title('customer'), widest: '12em', render: (line) => [line.customer_name, line.phone].filter((part) => part !== '').join(' ') || '—' },
    { key: 'state', title: title('state'), stays: true, render: (line) => <CaseStateTag state={line.state} isSuspended={line.suspended} /> },
    { key: 'area', title: title('area'), widest: '9em', render: (line) => area(line.area) },
    { key: 'priority', title: title('priority'), render: (line) => <PriorityTag priority={line.priority} /> },
    { key: 'limits', title: title('limits'), stays: true, render: (line) => <Limits clocks={line.clocks} /> },
    { key: 'place', title: title('place'), widest: '12em', isExtra: true, render: (line) => line.place || '—' },
    { key: 'misdispatches', title: title('misdispatches'), align: 'end', isExtra: true, render: (line) => line.misdispatches },
    { key: 'urges', title: title('urges'), align: 'end', isExtra: true, render: (line) => line.urges },
    { key: 'round', title: title('round'), align: 'end', isExtra: true, render: (line) => line.round },
    { key: 'opened', title: title('opened'), render: (line) => <span className="figure">{shortDateTime(line.opened_at, i18n.language, zone)}</span> },
  ]
}
