/** The middle of the desk: the tab of the present contact and its day's figures beneath. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { DeskView } from '@/api/schema'
import { Timer } from '@/ui/clock'
import { nameIn } from '@/ui/format'
import { EmptyState } from '@/ui/states'

import { QueueBrief, Today } from './IdleView'

function ContactTab({ view }: { view: DeskView }): ReactElement | null {
  const { t, i18n } = useTranslation()
  const contact = view.contact
  if (contact === null) return null
  return (
    <div className="contact-tabs" role="tablist" aria-label={t('desk.contacts')}>
      <div className="contact-tab" role="tab" aria-selected="true" tabIndex={0} data-testid={`contact-tab-${contact.id}`}>
        <span aria-hidden="true">☎ </span>
        {contact.name ?? (contact.number || t('desk.unknown_caller'))} · {nameIn(i18n.language, contact.queue)}{' '}
        {contact.connected_at === null ? null : <Timer since={contact.connected_at} />}
      </div>
    </div>
  )
}

export function ContactColumn({ view }: { view: DeskView }): ReactElement {
  const { t } = useTranslation()
  const phase = view.contact?.phase
  return (
    <div className="stack">
      <ContactTab view={view} />
      {phase === 'recovering' ? <EmptyState title={t('desk.recovering')} why={t('desk.recovering_why')} /> : null}
      {phase === 'hold' ? <EmptyState title={t('desk.on_hold')} why={t('desk.on_hold_why')} /> : null}
      {view.contact === null ? null : <QueueBrief view={view} />}
      <Today view={view} />
    </div>
  )
}
