/** The state, the urgency and the marks of a work order: shape and word, never colour alone. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { CaseState } from '@/api/cases'

import './cases.css'

export const STATE_SHAPES: Readonly<Record<CaseState, string>> = {
  dispatching: '○',
  handling: '▶',
  returned: '↩',
  redispatching: '↻',
  done: '✓',
  review: '◎',
  archived: '■',
  withdrawn: '✕',
}

export function CaseStateTag({ state, isSuspended = false }: { state: CaseState; isSuspended?: boolean }): ReactElement {
  const { t } = useTranslation()
  return (
    <span className={`case-state case-state-${state}`} data-testid="case-state">
      <span aria-hidden="true">{isSuspended ? '‖' : STATE_SHAPES[state]} </span>
      {t(`cases.state.${state}`)}
      {isSuspended ? ` · ${t('cases.suspended')}` : ''}
    </span>
  )
}

export function PriorityTag({ priority }: { priority: number }): ReactElement {
  const { t } = useTranslation()
  return <span className={`case-priority case-priority-${priority}`}>{t(`cases.priority.${priority}`)}</span>
}

export interface MarksProps {
  misdispatches: number
  urges: number
  supervised: boolean
  warned: boolean
  confidential: boolean
}

/** What makes it stand out: urged, returned, supervised, warned about, confidential. */
export function CaseMarks({ misdispatches, urges, supervised, warned, confidential }: MarksProps): ReactElement | null {
  const { t } = useTranslation()
  const marks = [
    warned ? ['warned', t('cases.mark.warned')] : null,
    supervised ? ['supervised', t('cases.mark.supervised')] : null,
    urges > 0 ? ['urged', t('cases.mark.urged', { count: urges })] : null,
    misdispatches > 0 ? ['returned', t('cases.mark.returned', { count: misdispatches })] : null,
    confidential ? ['confidential', t('cases.mark.confidential')] : null,
  ].filter((mark): mark is [string, string] => mark !== null)
  if (marks.length === 0) return null
  return (
    <span className="case-marks">
      {marks.map(([name, text]) => (
        <span key={name} className={`case-mark case-mark-${name}`}>
          {text}
        </span>
      ))}
    </span>
  )
}
