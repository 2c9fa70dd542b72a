/** The head of what stands beside the flow. */
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

export function SideHead({ title, onClose }: { title: string; onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  return (
    <div className="flow-side-head">
      <h2>{title}</h2>
      <Button size="small" type="text" aria-label={t('common.close')} data-testid="side-close" onClick={onClose}>
        ✕
      </Button>
    </div>
  )
}
