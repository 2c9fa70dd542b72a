/** A table of the system's page: its name, its columns by their words, and the rows. */
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { Scroller } from './Scroller'

interface ListedProps {
  label: string
  /** Named by `system.column.<name>`. */
  columns: readonly string[]
  /** Those of numbers: to the right. */
  numbers?: readonly string[]
  children: ReactNode
}

export function Listed({ label, columns, numbers = [], children }: ListedProps): ReactElement {
  const { t } = useTranslation()
  return (
    <Scroller label={label}>
      <table className="grid">
        <caption className="screen-reader">{label}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" className={numbers.includes(column) ? 'number' : undefined}>
                {t(`system.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </Scroller>
  )
}
