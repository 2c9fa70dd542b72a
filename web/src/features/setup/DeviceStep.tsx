/** Step 5: microphone, speaker, notices and telephone of this browser, each tried for real. */
import { Button } from 'antd'
import { useCallback, useEffect, useRef, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { usePhone } from '@/phone/store'
import { useCommand } from '@/ui/useCommand'

import { EchoRow } from './EchoRow'
import { HEARD, listen, playTone } from './sounding'
import type { StepProps } from './steps'

function Microphone({ onHeard }: { onHeard: () => void }): ReactElement {
  const { t } = useTranslation()
  const [level, setLevel] = useState<number | null>(null)
  const [isRefused, setRefused] = useState(false)
  const [isHeard, setHeard] = useState(false)
  const stop = useRef<(() => void) | null>(null)
  useEffect(() => () => stop.current?.(), [])
  const begin = async (): Promise<void> => {
    setRefused(false)
    try {
      stop.current?.()
      stop.current = await listen((now) => {
        setLevel(now)
        if (now > HEARD) setHeard(true)
      })
    } catch {
      setRefused(true)
    }
  }
  useEffect(() => {
    if (isHeard) onHeard()
  }, [isHeard, onHeard])
  return (
    <li className="row" data-testid="device-microphone" data-ok={isHeard}>
      <span className="setup-device">
        <span className={isHeard ? 'light-ok' : 'light-red'} aria-hidden="true">
          {isHeard ? '●' : '■'}
        </span>{' '}
        {t('setup.microphone')}
      </span>
      <span className="grow">
        {level === null ? null : <meter className="setup-level" min={0} max={0.5} value={level} aria-label={t('setup.level')} />}
        {isRefused ? <span role="alert">{t('setup.microphone_refused')}</span> : <span className="quiet"> {isHeard ? t('setup.microphone_heard') : t('setup.microphone_speak')}</span>}
      </span>
      <Button data-testid="try-microphone" onClick={() => void begin()}>
        {t('setup.try')}
      </Button>
    </li>
  )
}

function Speaker({ onHeard }: { onHeard: () => void }): ReactElement {
  const { t } = useTranslation()
  const [state, setState] = useState<'untried' | 'played' | 'heard'>('untried')
  const play = useCommand(async () => {
    await playTone()
    setState((before) => (before === 'heard' ? before : 'played'))
  })
  const heard = (): void => {
    setState('heard')
    onHeard()
  }
  return (
    <li className="row" data-testid="device-speaker" data-ok={state === 'heard'}>
      <span className="setup-device">
        <span className={state === 'heard' ? 'light-ok' : 'light-red'} aria-hidden="true">
          {state === 'heard' ? '●' : '■'}
        </span>{' '}
        {t('setup.speaker')}
      </span>
      <span className="grow quiet">{state === 'played' ? t('setup.speaker_asked') : t('setup.speaker_why')}</span>
      {state === 'played' ? (
        <Button type="primary" data-testid="speaker-heard" onClick={heard}>
          {t('setup.i_hear')}
        </Button>
      ) : null}
      <Button loading={play.isBusy} data-testid="try-speaker" onClick={() => void play.run()}>
        {t('setup.try')}
      </Button>
    </li>
  )
}

function Notices(): ReactElement {
  const { t } = useTranslation()
  const [permission, setPermission] = useState(() => ('Notification' in window ? Notification.permission : 'denied'))
  const asking = useCommand(async () => setPermission(await Notification.requestPermission()))
  return (
    <li className="row" data-testid="device-notices" data-ok={permission === 'granted'}>
      <span className="setup-device">
        <span className={permission === 'granted' ? 'light-ok' : 'light-red'} aria-hidden="true">
          {permission === 'granted' ? '●' : '■'}
        </span>{' '}
        {t('setup.notices')}
      </span>
      <span className="grow quiet">{t(`setup.notices_${permission}`)}</span>
      {permission === 'default' ? (
        <Button loading={asking.isBusy} onClick={() => void asking.run()}>
          {t('setup.allow')}
        </Button>
      ) : null}
    </li>
  )
}

export function DeviceStep({ onDone }: StepProps): ReactElement {
  const { t } = useTranslation()
  const [isMicrophone, setMicrophone] = useState(false)
  const [isSpeaker, setSpeaker] = useState(false)
  const [isEcho, setEcho] = useState(false)
  const echo = useCallback(() => setEcho(true), [])
  // Without a telephone in this browser there is nothing to call the echo with.
  const hasPhone = usePhone((state) => state.registration === 'registered')
  const hear = useCallback(() => setMicrophone(true), [])
  const next = useCommand(() => onDone())
  return (
    <section className="panel stack" aria-label={t('setup.step.device')}>
      <h2>{t('setup.step.device')}</h2>
      <ul className="setup-list">
        <Microphone onHeard={hear} />
        <Speaker onHeard={() => setSpeaker(true)} />
        <Notices />
        <EchoRow onHeard={echo} />
      </ul>
      <div>
        <Button type="primary" disabled={!isMicrophone || !isSpeaker || (hasPhone && !isEcho)} loading={next.isBusy} data-testid="setup-next" onClick={() => void next.run()}>
          {t('setup.next')}
        </Button>
      </div>
    </section>
  )
}
