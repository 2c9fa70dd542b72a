/** The three states every list and page can be in beside having content. */
import { Button, Skeleton } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { codeOf, useProblemText } from './problems'

export interface EmptyStateProps {
  title: ReactNode
  why?: ReactNode
  action?: ReactNode
}

/** Nothing here: what it is, why, and one thing to do. */
export function EmptyState({ title, why, action }: EmptyStateProps): ReactElement {
  return (
    <div className="empty-state">
      <p className="empty-title">{title}</p>
      {why === undefined ? null : <p className="quiet">{why}</p>}
      {action}
    </div>
  )
}

/** It failed: what, what to do, and the code to copy. */
export function ErrorBox({ error, onRetry }: { error: unknown; onRetry?: () => void }): ReactElement {
  const { t } = useTranslation()
  const textOf = useProblemText()
  return (
    <div className="error-box" role="alert">
      <p>
        <span aria-hidden="true">■ </span>
        {textOf(error)}
      </p>
      <p className="quiet">
        {t('common.problem_code')} <code>{codeOf(error)}</code>
      </p>
      {onRetry === undefined ? null : <Button onClick={onRetry}>{t('common.retry')}</Button>}
    </div>
  )
}

export function Loading({ rows = 4 }: { rows?: number }): ReactElement {
  const { t } = useTranslation()
  return (
    <div aria-busy="true" role="status">
      <span className="screen-reader">{t('common.loading')}</span>
      <Skeleton active paragraph={{ rows }} title={false} />
    </div>
  )
}
