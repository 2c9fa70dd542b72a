/** How well each side was heard: what the switch measured over its leg. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { LegHeard } from '@/api/records'

const GOOD = 3.8
const FAIR = 3.1

/** In words: a figure of MOS alone says little to who does not measure lines. */
export function grade(mos: number): 'good' | 'fair' | 'bad' {
  if (mos >= GOOD) return 'good'
  return mos >= FAIR ? 'fair' : 'bad'
}

const SHAPES = { good: '●', fair: '▲', bad: '■' } as const

export function Quality({ legs }: { legs: readonly LegHeard[] }): ReactElement {
  const { t } = useTranslation()
  return (
    <section className="panel" aria-label={t('records.quality')} data-testid="quality">
      <h2>{t('records.quality')}</h2>
      {legs.length === 0 ? (
        <p className="quiet">{t('records.quality_none')}</p>
      ) : (
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">{t('records.leg')}</th>
              <th scope="col">{t('records.heard_how')}</th>
              <th scope="col" className="number">MOS</th>
              <th scope="col" className="number">{t('records.loss')}</th>
              <th scope="col" className="number">{t('records.jitter')}</th>
              <th scope="col" className="number">{t('records.round_trip')}</th>
            </tr>
          </thead>
          <tbody>
            {legs.map((leg, index) => (
              <tr key={`${leg.at} ${index}`}>
                <td>{leg.agent ?? t('records.customer')}</td>
                <td className={`grade-${grade(leg.mos)}`}>
                  <span aria-hidden="true">{SHAPES[grade(leg.mos)]} </span>
                  {t(`records.grade.${grade(leg.mos)}`)}
                  {leg.was_bad && grade(leg.mos) !== 'bad' ? <span className="quiet"> {t('records.was_bad')}</span> : null}
                </td>
                <td className="number">{leg.mos.toFixed(1)}</td>
                <td className="number">{(100 * leg.loss).toFixed(1)}%</td>
                <td className="number">{Math.round(leg.jitter_ms)} ms</td>
                <td className="number">{leg.round_trip_ms === 0 ? '—' : `${Math.round(leg.round_trip_ms)} ms`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
