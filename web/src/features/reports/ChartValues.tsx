/** The values of a chart as a table: for screen readers, and for who wants the digits. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { Chart, Unit } from '@/api/figures'

import { limitAt } from './geometry'
import { NOTHING, printed } from './printed'
import { markOf, signalsAt } from './signals'

const COLUMNS = ['value', 'n', 'lower', 'centre', 'upper', 'signal'] as const

export interface ChartValuesProps {
  chart: Chart
  unit: Unit
  nameOf: (index: number) => string
}

export function ChartValues({ chart, unit, nameOf }: ChartValuesProps): ReactElement {
  const { t } = useTranslation()
  return (
    <details data-testid="chart-values">
      <summary>{t('chart.values')}</summary>
      <div className="scroll">
        <table className="grid" aria-label={t('chart.values')}>
          <thead>
            <tr>
              <th scope="col">{t('reports.when')}</th>
              {COLUMNS.map((column) => (
                <th key={column} scope="col" className="number">
                  {t(`chart.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {chart.points.map((point, index) => (
              <tr key={point.begins_at}>
                <th scope="row">{nameOf(index)}</th>
                <td className="number">{point.value === null ? t('reports.nothing') : printed(point.value, unit)}</td>
                <td className="number">{point.n ?? NOTHING}</td>
                <td className="number">{printed(limitAt(chart.lower, index), unit)}</td>
                <td className="number">{printed(limitAt(chart.centre, index), unit)}</td>
                <td className="number">{printed(limitAt(chart.upper, index), unit)}</td>
                <td className="number">
                  {signalsAt(chart, index).map(markOf).join(' ')} {point.signal.join(' ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
