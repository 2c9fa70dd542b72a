/** What a customer said to a survey, or why not: shape and word, never colour alone. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { SurveyResult, SurveyState, SurveyVerdict } from '@/api/surveys'

const VERDICTS: Readonly<Record<SurveyVerdict, string>> = { satisfied: '✓', neutral: '◔', unsatisfied: '▲' }
const STATES: Readonly<Record<SurveyState, string>> = { waiting: '○', sent: '▶', not_sent: '✕', answered: '✓', expired: '■' }

export function VerdictTag({ verdict, percent }: { verdict: SurveyVerdict | null; percent: number | null }): ReactElement {
  const { t } = useTranslation()
  if (verdict === null) return <>—</>
  return (
    <span className={verdict === 'unsatisfied' ? 'over' : undefined}>
      <span aria-hidden="true">{VERDICTS[verdict]} </span>
      {t(`surveys.verdict.${verdict}`)}
      {percent === null ? null : <span className="figure quiet"> {Math.round(percent)}</span>}
    </span>
  )
}

export function SurveyStateTag({ result }: { result: SurveyResult }): ReactElement {
  const { t } = useTranslation()
  return (
    <span title={result.why_text || undefined}>
      <span aria-hidden="true">{STATES[result.state]} </span>
      {t(`surveys.state.${result.state}`)}
      {result.why === null ? null : <span className="quiet"> · {t(`surveys.why.${result.why}`)}</span>}
    </span>
  )
}

/** The customer's own words among the answers. */
export const wordsOf = (result: SurveyResult): string =>
  Object.values(result.answers)
    .filter((answer): answer is string => typeof answer === 'string' && answer.trim().length > 1)
    .join(' · ')
