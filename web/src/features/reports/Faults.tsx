/** Files of closed days that are damaged: whose figures come from the database instead. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { FileFault } from '@/api/figures'
import { Strip } from '@/ui/Strip'

/** Days that are named; more are counted. */
const NAMED = 5

export function Faults({ of }: { of: (readonly FileFault[] | undefined)[] }): ReactElement | null {
  const { t } = useTranslation()
  const lines = [...new Set(of.flatMap((each) => each ?? []).map(({ day, table, what }) => [day, table, what].filter(Boolean).join(' ')))].sort()
  const days = [...new Set(lines.map((line) => line.split(' ')[0] ?? ''))]
  if (days.length === 0) return null
  const named = days.slice(0, NAMED).join(', ')
  return (
    <div className="report-strips">
      <Strip code="faults" tone="amber">
        {t('reports.faults', { count: days.length, days: days.length > NAMED ? `${named} …` : named })}
        <details data-testid="faults">
          <summary>{t('reports.faults_which', { count: lines.length })}</summary>
          <ul>
            {lines.map((line) => (
              <li key={line}>
                <code>{line}</code>
              </li>
            ))}
          </ul>
        </details>
      </Strip>
    </div>
  )
}
