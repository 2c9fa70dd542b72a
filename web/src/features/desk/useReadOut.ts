/** Alt+L speaks what stands in running clocks: they are no live regions, so they are said on demand. */
import { useTranslation } from 'react-i18next'

import type { DeskView } from '@/api/schema'
import { serverNow } from '@/live/clock'
import { announce } from '@/ui/announce'
import { duration, nameIn } from '@/ui/format'
import { useShortcuts } from '@/ui/shortcuts'

export function useReadOut(view: DeskView | undefined): void {
  const { t, i18n } = useTranslation()
  const read = (): void => {
    if (view === undefined || !view.signed_in) return
    const now = serverNow()
    const said = [`${t(`state.${view.state}`)} ${duration(now - view.since)}`]
    const { contact, wrap_up: wrapUp } = view
    if (contact !== null) said.push(contact.name ?? (contact.number || t('desk.unknown_caller')))
    if (contact !== null && contact.hold_since !== null) said.push(`${t('state.hold')} ${duration(now - contact.hold_since)}`)
    if (wrapUp !== null && wrapUp.since !== null && wrapUp.limit_ms !== null) {
      said.push(t('desk.read_left', { left: duration(wrapUp.since + wrapUp.limit_ms - now) }))
    }
    for (const queue of view.queues) {
      said.push(t('desk.read_queue', { queue: nameIn(i18n.language, queue), waiting: queue.waiting }))
    }
    announce(said.join(', '))
  }
  useShortcuts({ 'Alt+l': read })
}
