/** The way to faxes: seldom needed, so a line and not a key. */
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { openFax } from './panel'

export function FaxLink(): ReactElement {
  const { t } = useTranslation()
  return (
    <div>
      <Button data-testid="fax-open" onClick={openFax}>
        {t('fax.title')}
      </Button>
    </div>
  )
}
