/** Step 0: every light green, or a person who goes on knowing which is red. */
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { useCommand } from '@/ui/useCommand'

import { Lights } from './Lights'
import type { StepProps } from './steps'

export function PreflightStep({ onDone }: StepProps): ReactElement {
  const { t } = useTranslation()
  const [red, setRed] = useState<number | null>(null)
  const done = useCommand(() => onDone())
  return (
    <>
      <Lights onRed={setRed} />
      <div>
        <Button type="primary" disabled={red !== 0} loading={done.isBusy} data-testid="setup-next" onClick={() => void done.run()}>
          {t('setup.next')}
        </Button>
        {red !== null && red > 0 ? <span className="quiet"> {t('setup.first_green')}</span> : null}
      </div>
    </>
  )
}
