/** What can be done about a telephone that cannot take calls, beside the sentence that says so. */
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { commands, useWhyNot } from '@/features/desk/actions'
import { fetchDesk, serverView, useDeskView } from '@/features/desk/view'
import { usePhoneControl } from '@/phone/context'
import type { PhoneProblem } from '@/phone/state'
import { useCommand } from '@/ui/useCommand'

import { useTakeOver } from './useTakeOver'

/** Nobody hears the agent: the customer may listen to music until that is mended. */
function HoldOffer(): ReactElement | null {
  const { t } = useTranslation()
  const view = useDeskView()
  const reasonFor = useWhyNot(view)
  const hold = useCommand(commands.hold)
  const contact = view?.contact ?? null
  if (contact === null || contact.phase !== 'talking' || reasonFor('hold') !== null) return null
  return (
    <Button size="small" loading={hold.isBusy} data-testid="strip-hold" onClick={() => void hold.run(contact.id)}>
      {t('desk.hold')}
    </Button>
  )
}

/** Only a conversation of the desk's own is kept for the new connection. */
function RenewOffer(): ReactElement | null {
  const { t } = useTranslation()
  const phone = usePhoneControl()
  const view = useDeskView()
  if (view === undefined || !serverView(view).isKept) return null
  return (
    <Button size="small" data-testid="renew-call" onClick={() => phone.tell({ kind: 'renew_asked' })}>
      {t('strip_action.renew')}
    </Button>
  )
}

/** A telephone on the desk needs neither this microphone nor this connection. Not while a call is there. */
function DeskPhoneOffer(): ReactElement | null {
  const { t } = useTranslation()
  const phone = usePhoneControl()
  const view = useDeskView()
  const change = useCommand(async () => {
    await phone.signIn('phone', true)
    await fetchDesk()
  })
  if (view === undefined || !view.signed_in || view.contact !== null || view.offer !== null) return null
  return (
    <Button size="small" loading={change.isBusy} data-testid="use-desk-phone" onClick={() => void change.run()}>
      {t('strip_action.desk_phone')}
    </Button>
  )
}

const OF_SIGNALLING = new Set<PhoneProblem>(['signalling_down', 'unregistered', 'certificate_untrusted'])

export function PhoneAction({ problem }: { problem: PhoneProblem }): ReactElement | null {
  const { t } = useTranslation()
  const phone = usePhoneControl()
  const takeOver = useTakeOver()
  if (problem === 'elsewhere_in_browser') {
    return (
      <Button size="small" loading={takeOver.isBusy} data-testid="take-over-tab" onClick={() => void takeOver.run()}>
        {t('session.take_over')}
      </Button>
    )
  }
  if (problem === 'sound_blocked') {
    return (
      <Button size="small" onClick={() => phone.unlockSound()}>
        {t('strip_action.sound')}
      </Button>
    )
  }
  if (problem === 'call_silent') return <RenewOffer />
  const isOfMicrophone = problem.startsWith('microphone_')
  if (!isOfMicrophone && !OF_SIGNALLING.has(problem)) return null
  const again = (): void => (isOfMicrophone ? phone.retryMicrophone() : phone.reconnect())
  return (
    <>
      {isOfMicrophone ? <HoldOffer /> : null}
      {problem === 'microphone_insecure' ? null : (
        <Button size="small" onClick={again}>
          {t('common.retry')}
        </Button>
      )}
      <DeskPhoneOffer />
    </>
  )
}
