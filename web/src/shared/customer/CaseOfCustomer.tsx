/** A work order of the customer in two lines: number, title, state, and how its nearest deadline stands. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { CaseOfCustomer as Line } from '@/api/customers'
import { Limit } from '@/shared/cases/Limit'
import { nearest } from '@/shared/cases/limits'

export function CaseOfCustomer({ line, isLinked }: { line: Line; isLinked: boolean }): ReactElement {
  const { t } = useTranslation()
  const clock = nearest(line.clocks)
  return (
    <li data-testid={`case-${line.id}`}>
      <div className="customer-line">
        {isLinked ? <Link className="figure" to={`/cases/${encodeURIComponent(line.id)}`}>{line.number}</Link> : <span className="figure">{line.number}</span>}
        <span className="grow" />
        {clock === null ? null : <Limit clock={clock} isNamed={false} />}
      </div>
      <p className="customer-small customer-cut" title={line.title}>
        {t(`customers.case_state.${line.state}`)} · {line.title}
      </p>
    </li>
  )
}
