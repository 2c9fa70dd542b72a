/** What may be behind a figure out of range, as the system found it in the facts of the same day. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { CheckedCause, Found, MetricEntry } from '@/api/figures'
import { textIn } from '@/ui/format'

import { change, printed } from './printed'

const SHAPES: Record<Found, string> = { yes: '■', no: '●', unknown: '○', no_source: '○', by_hand: '◔' }

/** `25.4 s, ↑5.4 s against the target`; nothing where there is no figure. */
function Figures({ cause, metric }: { cause: CheckedCause; metric: MetricEntry | undefined }): ReactElement | null {
  const { t } = useTranslation()
  if (metric === undefined || cause.value === null) return null
  const { unit } = metric
  return (
    <span className="figure">
      {' '}
      · {printed(cause.value, unit)}
      {cause.reference === null || cause.against === null
        ? ''
        : ` ${t(`control.against.${cause.against}`, { by: change(cause.value, cause.reference, unit), reference: printed(cause.reference, unit) })}`}
    </span>
  )
}

export interface CausesProps {
  causes: CheckedCause[]
  metrics: MetricEntry[]
}

export function Causes({ causes, metrics }: CausesProps): ReactElement {
  const { t, i18n } = useTranslation()
  return (
    <ul className="causes" aria-label={t('control.causes')}>
      {causes.map((cause) => (
        <li key={cause.id} className={cause.found === 'yes' ? 'over' : 'quiet'} data-testid={`cause-${cause.id}`} data-found={cause.found}>
          <span aria-hidden="true">{SHAPES[cause.found]} </span>
          {textIn(i18n.language, cause.text, cause.text_en)} · {t(`control.found.${cause.found}`)}
          <Figures cause={cause} metric={metrics.find((each) => each.id === cause.metric || each.no === cause.metric)} />
        </li>
      ))}
    </ul>
  )
}
