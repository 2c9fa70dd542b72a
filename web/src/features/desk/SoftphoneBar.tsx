/** The softphone: one row whose buttons stand in the same place in every state. */
import { Popover } from 'antd'
import { Suspense, useDeferredValue, useEffect, useRef, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { DeskView } from '@/api/schema'
import { serverNow } from '@/live/clock'
import { usePhoneControl } from '@/phone/context'
import { usePhone } from '@/phone/store'
import { ActionButton } from '@/ui/ActionButton'
import { announce } from '@/ui/announce'
import { Timer } from '@/ui/clock'
import { nameIn } from '@/ui/format'
import { late } from '@/ui/late'
import { useShortcuts } from '@/ui/shortcuts'
import { useCommand } from '@/ui/useCommand'

import { commands, useWhyNot } from './actions'
import { HoldClock, useHoldWords } from './HoldClock'
import { HandButtons } from './HandButtons'
import { HelpButton } from './HelpButton'
import { Keypad } from './Keypad'
import { PauseButton } from './PauseButton'
import { useReadOut } from './useReadOut'
import { useDeskView } from './view'
import { withDeskWords } from './words'
import './desk.css'

const DeskExtras = late(() => withDeskWords(import('./DeskExtras')).then((room) => room.DeskExtras))

const TWICE_WITHIN_MS = 1_500

function CallFacts({ view }: { view: DeskView }): ReactElement {
  const { t, i18n } = useTranslation()
  const contact = view.contact
  if (contact === null) return <span className="softphone-who quiet">☎ {t('desk.no_call')}</span>
  const isRecovering = contact.phase === 'recovering'
  const isDialling = contact.phase === 'dialling'
  return (
    <span className="softphone-who" data-testid="call-facts" data-phase={contact.phase}>
      <span aria-hidden="true">☎ </span>
      <b>{contact.name ?? (contact.is_internal === true ? t('desk.colleague') : t('desk.unknown_caller'))}</b> <span className="figure">{contact.number ?? ''}</span>{' '}
      {contact.queue === null ? null : nameIn(i18n.language, contact.queue)} ·{' '}
      {isRecovering ? (
        <b>{t('desk.recovering')}</b>
      ) : isDialling ? (
        <b>
          {t('desk.dialling')} <Timer since={view.since} />
        </b>
      ) : (
        <>
          {t('state.talking')} {contact.connected_at === null ? null : <Timer since={contact.connected_at} />}
        </>
      )}
      <HoldClock contact={contact} />
      {' · '}
      {t(`recording.${contact.recording}`)}
      {contact.recording === 'paused' && contact.recording_resumes_at !== null ? (
        <>
          {' '}
          <Timer since={contact.recording_resumes_at} isCountdown />
        </>
      ) : null}
    </span>
  )
}

/** F4 twice hangs up; once only says so, for as long as the second press counts. */
function useTwice(act: () => void): { press: () => void; isWaiting: boolean } {
  const { t } = useTranslation()
  const first = useRef(0)
  const [isWaiting, setWaiting] = useState(false)
  useEffect(() => {
    if (!isWaiting) return
    const over = setTimeout(() => setWaiting(false), TWICE_WITHIN_MS)
    return () => clearTimeout(over)
  }, [isWaiting])
  const press = (): void => {
    const now = performance.now()
    const isSecond = now - first.current <= TWICE_WITHIN_MS
    first.current = isSecond ? 0 : now
    setWaiting(!isSecond)
    if (isSecond) act()
    else announce(t('desk.press_again'))
  }
  return { press, isWaiting }
}

function useCallActions(view: DeskView | undefined) {
  const phone = usePhoneControl()
  const isMuted = usePhone((state) => state.isMuted)
  const hold = useCommand(commands.hold)
  const resume = useCommand(commands.resume)
  const hangUp = useCommand(commands.hangUp)
  const contact = view?.contact ?? null
  const isHeld = contact?.phase === 'hold'
  const withContact = (run: (contact: string) => unknown) => () => {
    if (contact !== null) void run(contact.id)
  }
  return {
    isHeld,
    isMuted,
    isBusy: hold.isBusy || resume.isBusy,
    isHangingUp: hangUp.isBusy,
    hold: withContact(isHeld ? resume.run : hold.run),
    mute: () => phone.tell({ kind: 'mute_asked', muted: !isMuted }),
    hangUp: withContact(hangUp.run),
  }
}

const when = (code: string | null, run: () => void) => () => (code === null ? run() : undefined)

function Buttons({ view }: { view: DeskView | undefined }): ReactElement {
  const { t } = useTranslation()
  const reasonFor = useWhyNot(view)
  const act = useCallActions(view)
  const [isKeypadOpen, setKeypadOpen] = useState(false)
  const holdAction = act.isHeld ? 'resume' : 'hold'
  const twice = useTwice(act.hangUp)
  useShortcuts({
    F8: when(reasonFor(holdAction), act.hold),
    F9: when(reasonFor('mute'), act.mute),
    F4: when(reasonFor('hang_up'), twice.press),
  })
  return (
    <>
      <ActionButton
        label={act.isHeld ? t('desk.resume') : t('desk.hold')}
        keys="F8"
        testId={act.isHeld ? 'call-resume' : 'call-hold'}
        whyNot={reasonFor(holdAction)}
        isBusy={act.isBusy}
        isPressed={act.isHeld}
        onAct={act.hold}
      />
      <ActionButton
        label={act.isMuted ? t('desk.unmute') : t('desk.mute')}
        keys="F9"
        testId="call-mute"
        whyNot={reasonFor('mute')}
        isPressed={act.isMuted}
        onAct={act.mute}
      />
      <HandButtons view={view} />
      <PauseButton view={view} />
      <Popover
        open={isKeypadOpen && reasonFor('keypad') === null}
        onOpenChange={setKeypadOpen}
        trigger="click"
        content={<Keypad />}
        destroyOnHidden
      >
        <span>
          <ActionButton
            label={t('desk.keypad')}
            testId="call-keypad"
            whyNot={reasonFor('keypad')}
            onAct={() => setKeypadOpen(true)}
          />
        </span>
      </Popover>
      <HelpButton view={view} />
      <ActionButton
        label={twice.isWaiting ? t('desk.again') : t('desk.hang_up')}
        keys={twice.isWaiting ? 'F4' : 'F4×2'}
        testId="call-hangup"
        danger
        whyNot={reasonFor('hang_up')}
        isBusy={act.isHangingUp}
        onAct={act.hangUp}
      />
    </>
  )
}

export function SoftphoneBar(): ReactElement | null {
  const { t } = useTranslation()
  // A moment after the head strip of a ringing call, which is painted first.
  const view = useDeferredValue(useDeskView())
  useHoldWords(view?.contact ?? null, serverNow)
  useReadOut(view)
  if (view === undefined || !view.signed_in) return null
  const isPaused = view.contact?.recording === 'paused'
  return (
    <>
      <section className={`softphone${isPaused ? ' is-paused' : ''}`} aria-label={t('desk.softphone')}>
        <CallFacts view={view} />
        <div className="softphone-bar">
          <Buttons view={view} />
        </div>
      </section>
      <Suspense>
        <DeskExtras view={view} />
      </Suspense>
    </>
  )
}
