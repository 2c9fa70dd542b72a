/** Everything that is wrong, worst on top: what it is, what still works, what to do. */
import { Button } from 'antd'
import i18next from 'i18next'
import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { SystemRow } from '@/api/schema'
import { useDeskView } from '@/features/desk/view'
import { useLinkState, useRow } from '@/live/hooks'
import { problemOf, type PhoneProblem } from '@/phone/state'
import { usePhone } from '@/phone/store'
import { dismiss, useNotices } from '@/ui/notices'
import { codeOf, useProblemText } from '@/ui/problems'
import { Strip } from '@/ui/Strip'

import { PhoneAction } from './PhoneAction'
import { useTakeOver } from './useTakeOver'

const LINK_GRACE_MS = 1_500

const AMBER = new Set<PhoneProblem>(['elsewhere_in_browser', 'signalling_down', 'call_renewing'])

function PhoneStrip(): ReactElement | null {
  const { t } = useTranslation()
  const phone = usePhone()
  const view = useDeskView()
  const isOther = view?.signed_in === true && view.here && phone.device === null && phone.leadership === 'elsewhere'
  const problem = isOther
    ? view.device === 'browser'
      ? 'elsewhere_in_browser'
      : null
    : problemOf(phone, window.location.protocol === 'https:')
  if (problem === null) return null
  return (
    <Strip code={problem} tone={AMBER.has(problem) ? 'amber' : 'red'} action={<PhoneAction problem={problem} />}>
      {t(`strip.${problem}`)}
    </Strip>
  )
}

/** Signed in on another device: this one only looks on until it takes over. */
function ElsewhereStrip(): ReactElement | null {
  const { t } = useTranslation()
  const view = useDeskView()
  const takeOver = useTakeOver()
  if (view === undefined || !view.signed_in || view.here) return null
  return (
    <Strip
      code="signed_in_elsewhere"
      tone="amber"
      action={
        <Button size="small" loading={takeOver.isBusy} data-testid="take-over" onClick={() => void takeOver.run()}>
          {t('session.take_over')}
        </Button>
      }
    >
      {t('strip.signed_in_elsewhere')}
    </Strip>
  )
}

/** A short blink of the link is nobody's business; a loss is. */
function LinkStrip(): ReactElement | null {
  return useLinkState() === 'lost' ? <LinkLost /> : null
}

function LinkLost(): ReactElement | null {
  const { t } = useTranslation()
  const isInCall = usePhone((state) => state.session?.phase === 'up')
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    const waiting = setTimeout(() => setLong(true), LINK_GRACE_MS)
    return () => clearTimeout(waiting)
  }, [])
  if (!isLong) return null
  return (
    <Strip code="link_lost" tone="amber">
      {isInCall ? t('strip.link_lost_in_call') : t('strip.link_lost')}
    </Strip>
  )
}

function SystemStrip(): ReactElement | null {
  const { t } = useTranslation()
  const system = useRow<SystemRow>('system', 'state')
  if (system === undefined || system.problem === null) return null
  const known = i18next.exists(`system.${system.problem}`)
  return (
    <Strip code={system.problem} tone="red">
      {known ? t(`system.${system.problem}`) : t('strip.system', { code: system.problem })}
    </Strip>
  )
}

/** The server runs another build than this page came from; never during a contact. */
function BuildStrip(): ReactElement | null {
  const { t } = useTranslation()
  const build = useRow<SystemRow>('system', 'state')?.build
  const [first, setFirst] = useState<string | undefined>(undefined)
  const contact = useDeskView()?.contact ?? null
  if (first === undefined && build !== undefined) setFirst(build)
  if (build === undefined || first === undefined || build === first || contact !== null) return null
  return (
    <Strip
      code="new_build"
      tone="blue"
      action={
        <Button size="small" onClick={() => window.location.reload()}>
          {t('strip_action.reload')}
        </Button>
      }
    >
      {t('strip.new_build')}
    </Strip>
  )
}

function Notices(): ReactElement {
  const { t } = useTranslation()
  const textOf = useProblemText()
  const notices = useNotices((state) => state.notices)
  return (
    <>
      {notices.map((notice) => (
        <Strip
          key={notice.id}
          code={codeOf(notice.error)}
          tone="red"
          action={
            <Button size="small" onClick={() => dismiss(notice.id)}>
              {t('common.close')}
            </Button>
          }
        >
          {textOf(notice.error)} <code>{codeOf(notice.error)}</code>
        </Strip>
      ))}
    </>
  )
}

export function Strips(): ReactElement {
  return (
    <>
      <SystemStrip />
      <ElsewhereStrip />
      <PhoneStrip />
      <LinkStrip />
      <Notices />
      <BuildStrip />
    </>
  )
}
