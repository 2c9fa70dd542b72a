/** The middle of the desk: the tab of the present contact and its day's figures beneath. */
import { lazy, Suspense, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { DeskView } from '@/api/schema'
import { Timer } from '@/ui/clock'
import { nameIn } from '@/ui/format'
import { EmptyState, Loading } from '@/ui/states'

import { QueueBrief, Today } from './IdleView'
import { withDeskWords } from './words'

const FormerPanel = lazy(() => withDeskWords(import('./CallerHistory')).then((room) => ({ default: room.FormerPanel })))

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

/** What went before with who is on the line or rings; nothing of a withheld number or a colleague. */
export function Former({ contact }: { contact: string }): ReactElement {
  return (
    <Suspense fallback={<Loading />}>
      <FormerPanel key={contact} contact={contact} />
    </Suspense>
  )
}

export function ContactColumn({ view }: { view: DeskView }): ReactElement {
  const { t } = useTranslation()
  const { contact } = view
  const customer = contact === null ? (view.wrap_up?.contact ?? null) : contact.is_internal === true ? null : contact.id
  return (
    <div className="stack">
      <ContactTab view={view} />
      {contact?.phase === 'recovering' ? <EmptyState title={t('desk.recovering')} why={t('desk.recovering_why')} /> : null}
      {contact?.phase === 'hold' ? <EmptyState title={t('desk.on_hold')} why={t('desk.on_hold_why')} /> : null}
      {customer === null ? null : <Former contact={customer} />}
      <Today view={view} />
      <QueueBrief view={view} />
    </div>
  )
}
