/** Who is on the line: masked number (showing it is written down), queue, wait, menu path. */
import { Button } from 'antd'
import i18next from 'i18next'
import { Suspense, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { records } from '@/api/calls'
import type { DeskContact } from '@/api/schema'
import { useMay } from '@/api/session'
import { withCustomerWords } from '@/shared/customer/words'
import { durationOrDash, nameIn } from '@/ui/format'
import { late } from '@/ui/late'
import { Loading } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

import { menuPath } from './OfferStrip'
import { openPromise } from './panel'
import { withDeskWords } from './words'

const CallerName = late(() => withCustomerWords(import('@/shared/customer/CallerCustomer')).then((room) => room.CallerName))
const CallerCustomer = late(() => withCustomerWords(import('@/shared/customer/CallerCustomer')).then((room) => room.CallerCustomer))
const RegionWord = late(() => withDeskWords(import('./CallerHistory')).then((room) => room.RegionWord))
const RepeatMark = late(() => withDeskWords(import('./CallerHistory')).then((room) => room.RepeatMark))

export function RevealedNumber({ contact, masked }: { contact: string; masked: string | null }): ReactElement {
  const { t } = useTranslation()
  const mayReveal = useMay('records.reveal')
  const [number, setNumber] = useState<string | null>(null)
  const reveal = useCommand(async () => setNumber((await records.reveal(contact)).number))
  return (
    <span className="row">
      <span className="figure" data-testid="contact-number">
        {number ?? (masked || t('desk.no_number'))}
      </span>
      {mayReveal && number === null && masked ? (
        <Button size="small" loading={reveal.isBusy} data-testid="reveal" onClick={() => void reveal.run()}>
          {t('common.reveal')}
        </Button>
      ) : null}
    </span>
  )
}

/** How the recording stands, or how it went once the call is over. */
function RecordingFact({ contact, isOver }: { contact: DeskContact; isOver: boolean }): ReactElement {
  const { t } = useTranslation()
  const problem = contact.recording_problem
  const after = { on: 'done', off: 'not_done', paused: 'done', failed: 'failed' } as const
  return (
    <>
      {t(`recording.${isOver ? after[contact.recording] : contact.recording}`)}
      {problem === null ? null : (
        <span className="over"> {i18next.exists(`cause.${problem}`) ? t(`cause.${problem}`) : problem}</span>
      )}
    </>
  )
}

export interface CustomerPanelProps {
  contact: DeskContact
  /** The call has ended; its wrap-up goes on. */
  isOver: boolean
}

export function CustomerPanel({ contact, isOver }: CustomerPanelProps): ReactElement {
  const { t, i18n } = useTranslation()
  const path = menuPath(i18n.language, contact.menu_path)
  const isKept = useMay('customers.read') && contact.is_internal !== true && contact.is_guest !== true
  const name = contact.name ?? t('desk.unknown_caller')
  return (
    <section className="panel" aria-label={t('desk.customer')}>
      <h2>
        {isKept ? (
          <Suspense fallback={name}>
            <CallerName contact={contact.id} fallback={name} />
          </Suspense>
        ) : (
          name
        )}
      </h2>
      <dl className="facts">
        <dt>{t('desk.number')}</dt>
        <dd>
          <RevealedNumber key={contact.id} contact={contact.id} masked={contact.number} />
          {contact.is_internal === true || contact.number === '' ? null : (
            <Suspense>
              <RegionWord contact={contact.id} />
            </Suspense>
          )}
        </dd>
        <dt>{t('desk.queue')}</dt>
        <dd>{nameIn(i18n.language, contact.queue)}</dd>
        <dt>{t('desk.waited')}</dt>
        <dd className="figure">{durationOrDash(contact.waited_ms)}</dd>
        <dt>{t('desk.held')}</dt>
        <dd className="figure">{durationOrDash(contact.held_ms)}</dd>
        <dt>{t('desk.path')}</dt>
        <dd>{path === '' ? '—' : path}</dd>
        <dt>{t('desk.recording')}</dt>
        <dd>
          <RecordingFact contact={contact} isOver={isOver} />
        </dd>
      </dl>
      {contact.is_internal === true || contact.number === '' ? null : (
        <Suspense>
          <RepeatMark key={contact.id} contact={contact.id} />
        </Suspense>
      )}
      {contact.is_internal === true || contact.is_guest === true ? null : (
        <Button size="small" className="promise-button" data-testid="promise-open" onClick={() => openPromise(contact.number === '' ? null : contact.id)}>
          {t('desk.promise')}
        </Button>
      )}
      {isKept ? (
        <div className="caller-customer">
          <Suspense fallback={<Loading rows={4} />}>
            <CallerCustomer key={contact.id} contact={contact.id} />
          </Suspense>
        </div>
      ) : null}
    </section>
  )
}
