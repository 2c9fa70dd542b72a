/** Signing in at the desk: with the browser's phone or a desk phone, here or by taking over. */
import { Button, Modal, Segmented } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { usePhoneControl } from '@/phone/context'
import type { Device } from '@/phone/state'
import { codeOf } from '@/ui/problems'
import { useCommand } from '@/ui/useCommand'

import { fetchDesk } from './view'

const TAKE_OVER_CODES = new Set(['signed_in_elsewhere'])

export function SignInPanel(): ReactElement {
  const { t } = useTranslation()
  const phone = usePhoneControl()
  const [device, setDevice] = useState<Device>('browser')
  const [isElsewhere, setElsewhere] = useState(false)
  const signIn = useCommand(async (takeOver: boolean) => {
    try {
      await phone.signIn(device, takeOver)
      setElsewhere(false)
      await fetchDesk()
    } catch (error) {
      if (!TAKE_OVER_CODES.has(codeOf(error))) throw error
      setElsewhere(true)
    }
  })
  return (
    <section className="panel stack" aria-label={t('desk.sign_in')}>
      <h2>{t('desk.sign_in')}</h2>
      <p className="quiet">{t('desk.sign_in_why')}</p>
      <Segmented<Device>
        value={device}
        onChange={setDevice}
        aria-label={t('session.phone_mode')}
        options={[
          { value: 'browser', label: t('session.browser') },
          { value: 'phone', label: t('session.phone') },
        ]}
      />
      <div>
        <Button type="primary" loading={signIn.isBusy} data-testid="signin-phone" onClick={() => void signIn.run(false)}>
          {t('desk.sign_in_here')}
        </Button>
      </div>
      <Modal
        open={isElsewhere}
        title={t('session.elsewhere_title')}
        okText={t('session.take_over')}
        cancelText={t('common.cancel')}
        okButtonProps={{ 'data-testid': 'take-over' } as Record<`data-${string}`, string>}
        onOk={() => void signIn.run(true)}
        onCancel={() => setElsewhere(false)}
      >
        {t('session.elsewhere_why')}
      </Modal>
    </section>
  )
}
