/** What others do about this desk: words of the team lead, help that is coming, who listens in. */
import { Button } from 'antd'
import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { DeskView } from '@/api/schema'
import { usePhoneControl } from '@/phone/context'
import { announce } from '@/ui/announce'
import { Timer } from '@/ui/clock'
import { Strip } from '@/ui/Strip'

const READ_KEY = 'lianxi-notice-read'

/** Words from the team lead; shown until they are put away, in every tab of this browser once. */
export function NoticeStrip({ view }: { view: DeskView }): ReactElement | null {
  const { t } = useTranslation()
  const notice = view.notice ?? null
  const [read, setRead] = useState(() => localStorage.getItem(READ_KEY))
  const id = notice?.id ?? null
  const words = notice === null ? '' : t('notice.from', { who: notice.by, words: notice.words })
  const isNew = id !== null && id !== read
  const phone = usePhoneControl()
  useEffect(() => {
    if (!isNew) return
    announce(words)
    phone.tone('P2')
  }, [isNew, words, phone])
  useEffect(() => {
    const heard = (event: StorageEvent): void => {
      if (event.key === READ_KEY) setRead(event.newValue)
    }
    window.addEventListener('storage', heard)
    return () => window.removeEventListener('storage', heard)
  }, [])
  if (!isNew) return null
  const close = (): void => {
    localStorage.setItem(READ_KEY, id)
    setRead(id)
  }
  return (
    <Strip
      code="notice"
      tone="blue"
      action={
        <Button size="small" data-testid="notice-read" onClick={close}>
          {t('notice.read')}
        </Button>
      }
    >
      {words}
    </Strip>
  )
}

export function HelpStrip({ view }: { view: DeskView }): ReactElement | null {
  const { t } = useTranslation()
  const help = view.help ?? null
  const taken = help?.taken_by ?? null
  useEffect(() => {
    if (taken !== null) announce(t('help_asked.taken', { who: taken }))
  }, [taken, t])
  if (help === null) return null
  return (
    <Strip code="help" tone={taken === null ? 'amber' : 'blue'}>
      {taken === null ? t('help_asked.waiting') : t('help_asked.taken', { who: taken })} <Timer since={help.since} />
    </Strip>
  )
}

/** Only those whom the rule of the queue lets the agent see are told by the server. */
export function ListenersStrip({ view }: { view: DeskView }): ReactElement | null {
  const { t } = useTranslation()
  const listeners = view.listeners ?? []
  if (listeners.length === 0) return null
  return (
    <Strip code="listeners" tone="grey">
      {listeners.map((one) => t(`listener.${one.mode}`, { who: one.name })).join(' · ')}
    </Strip>
  )
}
