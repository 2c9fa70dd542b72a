/** When the figures were true, and what else a reader has to know of them. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { Answer } from '@/api/figures'
import { dateTime } from '@/ui/format'

export interface AsOfProps {
  answer: Answer
  /** Shown while the next answer is on its way. */
  isOld: boolean
}

export function AsOf({ answer, isOld }: AsOfProps): ReactElement {
  const { t, i18n } = useTranslation()
  const corrected = Object.entries(answer.versions).filter(([, version]) => version > 1)
  return (
    <span className="quiet" data-testid="as-of" data-as-of={answer.as_of}>
      {isOld ? `${t('reports.cached')} ` : ''}
      {t('reports.as_of', { at: dateTime(answer.as_of, i18n.language, answer.zone) })}
      {corrected.length === 0
        ? ''
        : ` · ${t('reports.corrected', { days: corrected.map(([day, version]) => `${day} r${version}`).join(', ') })}`}
      {answer.gaps.length === 0 ? '' : ` · ${t('reports.gaps', { count: answer.gaps.length })}`}
    </span>
  )
}
