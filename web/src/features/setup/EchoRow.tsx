/** The echo call: what is spoken goes to the switch and back; delay, loss and score are told. */
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { usePhoneControl } from '@/phone/context'
import type { Heard } from '@/phone/echo'
import { usePhone } from '@/phone/store'
import { useCommand } from '@/ui/useCommand'

const said = (heard: Heard): { delay: string; loss: string; mos: string } => ({
  delay: heard.delay_ms === null ? '—' : String(heard.delay_ms),
  loss: (100 * heard.loss).toFixed(1),
  mos: heard.mos.toFixed(1),
})

export function EchoRow({ onHeard }: { onHeard: () => void }): ReactElement {
  const { t } = useTranslation()
  const phone = usePhoneControl()
  const isRegistered = usePhone((state) => state.registration === 'registered')
  const [heard, setHeard] = useState<Heard | null>(null)
  const [isLost, setLost] = useState(false)
  const call = useCommand(async () => {
    setLost(false)
    const now = await phone.echo()
    setHeard(now)
    setLost(now === null)
    if (now?.isHeard === true) onHeard()
  })
  const isOk = heard?.isHeard === true
  const words = call.isBusy ? t('setup.echo_speak') : isLost ? t('setup.echo_lost') : heard === null ? t('setup.echo_why') : isOk ? t('setup.echo_heard', said(heard)) : t('setup.echo_silent', said(heard))
  return (
    <li className="row" data-testid="device-echo" data-ok={isOk}>
      <span className="setup-device">
        <span className={isOk ? 'light-ok' : 'light-red'} aria-hidden="true">
          {isOk ? '●' : '■'}
        </span>{' '}
        {t('setup.echo')}
      </span>
      <span className="grow quiet" role="status">
        {isRegistered ? words : t('setup.echo_no_phone')} {isRegistered ? null : <Link to="/setup?step=agent">{t('setup.step.agent')}</Link>}
      </span>
      <Button disabled={!isRegistered} loading={call.isBusy} data-testid="try-echo" onClick={() => void call.run()}>
        {t('setup.try')}
      </Button>
    </li>
  )
}
