/** A first or new password: shown once, to be handed over. */
import { Alert, Button } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { announce } from '@/ui/announce'

export function PasswordShown({ username, password, onDone }: { username: string; password: string; onDone: () => void }): ReactElement {
  const { t } = useTranslation()
  const copy = async (): Promise<void> => {
    // Exists on secure pages only; the password stands there to be read in any case.
    await navigator.clipboard?.writeText(password)
    announce(t('people.copied'))
  }
  return (
    <Alert
      type="info"
      role="status"
      title={t('people.password_once')}
      data-testid="password-shown"
      description={
        <div className="stack">
          <dl className="people-facts">
            <dt>{t('people.username')}</dt>
            <dd className="typed">{username}</dd>
            <dt>{t('people.password')}</dt>
            <dd className="typed people-password" data-testid="password-text">
              {password}
            </dd>
          </dl>
          <div className="row">
            <Button onClick={() => void copy()}>{t('people.copy')}</Button>
            <Button type="primary" onClick={onDone} data-testid="password-done">
              {t('people.handed_over')}
            </Button>
          </div>
        </div>
      }
    />
  )
}
