/** The middle of the desk: the tab of the present contact and its day's figures beneath. */
import { Suspense, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { DeskView } from '@/api/schema'
import { useMay } from '@/api/session'
import { withAnnouncementWords } from '@/shared/announcements/words'
import { Timer } from '@/ui/clock'
import { nameIn } from '@/ui/format'
import { late } from '@/ui/late'
import { EmptyState, Loading } from '@/ui/states'

import { QueueBrief, Today } from './IdleView'
import { withCaseWords, withDeskWords } from './words'
import type { WrapUpFields } from './wrapUp'

const Announced = late(() => withAnnouncementWords(import('./Announced')).then((room) => room.Announced))
const ScriptTab = late(() => withDeskWords(import('./ScriptTab')).then((room) => room.ScriptTab))
const CaseTab = late(() => withCaseWords(import('./CaseTab')).then((room) => room.CaseTab))
const FormerPanel = late(() => withDeskWords(import('./CallerHistory')).then((room) => room.FormerPanel))

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

/** What is announced for where the caller is, for who may read it. */
export function AnnouncedHere({ contact }: { contact: string }): ReactElement | null {
  if (!useMay('announcements.read')) return null
  return (
    <Suspense>
      <Announced key={contact} contact={contact} />
    </Suspense>
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

export function ContactColumn({ view, filling = null }: { view: DeskView; filling?: WrapUpFields | null }): ReactElement {
  const { t } = useTranslation()
  const seesCases = useMay('cases.read')
  const { contact } = view
  // After the call a work order is written on while it is wrapped up.
  const about = contact ?? view.wrap_up?.about ?? null
  const customer = about === null || about.is_internal === true ? null : about.id
  return (
    <div className="stack">
      <ContactTab view={view} />
      {contact?.phase === 'recovering' ? <EmptyState title={t('desk.recovering')} why={t('desk.recovering_why')} /> : null}
      {contact?.phase === 'hold' ? <EmptyState title={t('desk.on_hold')} why={t('desk.on_hold_why')} /> : null}
      {customer === null ? null : <AnnouncedHere contact={customer} />}
      {contact === null || customer === null ? null : (
        <Suspense>
          <ScriptTab key={contact.id} view={view} contact={contact} filling={filling} />
        </Suspense>
      )}
      {about === null || customer === null || !seesCases ? null : (
        <Suspense fallback={<Loading rows={2} />}>
          <CaseTab key={about.id} contact={about} filling={filling} />
        </Suspense>
      )}
      {customer === null ? null : <Former contact={customer} />}
      <Today view={view} />
      <QueueBrief view={view} />
    </div>
  )
}
