/** How many came to a queue in the last half hour, a bar for each five minutes. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { MetricValue } from '@/api/schema'
import { useRow } from '@/live/hooks'

const WIDE = 60
const TALL = 18
const GAP = 2

export function Trend({ queue }: { queue: string }): ReactElement {
  const { t } = useTranslation()
  const points = useRow<Record<string, MetricValue>>('metrics', queue)?.['offered_trend']?.points ?? []
  if (points.length === 0) return <>—</>
  const most = Math.max(1, ...points.map((point) => point ?? 0))
  const step = WIDE / points.length
  const words = t('live.trend_words', { points: points.map((point) => point ?? 0).join(' · ') })
  return (
    <svg className="trend" viewBox={`0 0 ${WIDE} ${TALL}`} role="img" aria-label={words} data-testid={`trend-${queue}`} data-points={points.join(' ')}>
      <title>{words}</title>
      {points.map((point, at) => {
        const high = Math.max(1, ((point ?? 0) / most) * TALL)
        // The bars stand in their order: the place is the key.
        // eslint-disable-next-line react/no-array-index-key
        return <rect key={at} x={at * step} y={TALL - high} width={step - GAP} height={high} className={at === points.length - 1 ? 'trend-now' : 'trend-bar'} />
      })}
    </svg>
  )
}
