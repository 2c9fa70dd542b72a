/** What the signals of a chart mean, by the numbers they have in it, and the baseline's origin. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { Chart } from '@/api/figures'
import { useZone } from '@/api/session'
import { dateTime, shortDay, textIn } from '@/ui/format'

import { markOf } from './signals'

/** Fewer points are shown without limits: a run chart. */
const LIMITS_FROM = 12

function BaselineWords({ chart }: { chart: Chart }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const { baseline, points } = chart
  if (baseline === null) {
    return <p className="quiet">{points.length < LIMITS_FROM ? t('chart.run_only') : t('chart.not_frozen')}</p>
  }
  return (
    <p className="quiet" data-testid="chart-baseline">
      {t('chart.baseline', {
        from: baseline.from,
        to: baseline.to,
        who: baseline.frozen_by,
        at: dateTime(baseline.at, i18n.language, zone),
        reason: baseline.reason,
      })}
    </p>
  )
}

export function SignalList({ chart }: { chart: Chart }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const day = (at: number): string => shortDay(at, i18n.language, zone)
  return (
    <div className="stack">
      {chart.signals.length === 0 ? <p className="quiet">{t('chart.no_signals')}</p> : null}
      <ol className="signals" aria-label={t('chart.signals')}>
        {chart.signals.map((signal, index) => (
          <li key={`${signal.rule} ${signal.from}`} data-testid={`signal-${signal.rule}`}>
            <b>
              <span aria-hidden="true">■ </span>
              {markOf(index)}
            </b>{' '}
            {signal.from === signal.to ? day(signal.to) : `${day(signal.from)} – ${day(signal.to)}`}{' '}
            {textIn(i18n.language, signal.text, signal.text_en)} <code className="quiet">{signal.rule}</code>
          </li>
        ))}
      </ol>
      <BaselineWords chart={chart} />
    </div>
  )
}
