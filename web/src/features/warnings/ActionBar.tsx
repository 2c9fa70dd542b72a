/** What may be done now: the server says what is possible and whose step it is. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { Warning } from '@/api/warnings'
import { ActionButton } from '@/ui/ActionButton'

import { usePostName } from './words'

export function ActionBar({ warning, chosen, onChoose }: { warning: Warning; chosen: string | null; onChoose: (event: string) => void }): ReactElement {
  const { t, i18n } = useTranslation()
  const post = usePostName(warning.posts)
  const whose = (posts: readonly string[]): string => posts.map((each) => post(`post:${each}`)).join(i18n.language.startsWith('zh') ? '、' : ', ')
  return (
    <div className="ew-actions" role="toolbar" aria-label={t('warnings.actions')} data-testid="warning-actions">
      {warning.possible.map((step) => (
        <ActionButton
          key={step.event}
          label={t(`warnings.event.${step.event}`)}
          whyNot={step.allowed ? null : t('warnings.whose', { posts: whose(step.posts) })}
          isPressed={chosen === step.event}
          testId={`act-${step.event}`}
          onAct={() => onChoose(step.event)}
        />
      ))}
    </div>
  )
}
