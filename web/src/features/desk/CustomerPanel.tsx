/** Who is on the line: masked number (showing it is written down), queue, wait, menu path. */
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { records } from '@/api/calls'
import type { DeskContact } from '@/api/schema'
import { useMay } from '@/api/session'
import { durationOrDash, nameIn } from '@/ui/format'
import { useCommand } from '@/ui/useCommand'

import { menuPath } from './OfferStrip'

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

export function CustomerPanel({ contact }: { contact: DeskContact }): ReactElement {
  const { t, i18n } = useTranslation()
  const path = menuPath(i18n.language, contact.menu_path)
  return (
    <section className="panel" aria-label={t('desk.customer')}>
      <h2>{contact.name ?? t('desk.unknown_caller')}</h2>
      <dl className="facts">
        <dt>{t('desk.number')}</dt>
        <dd>
          <RevealedNumber key={contact.id} contact={contact.id} masked={contact.number} />
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
          {t(`recording.${contact.recording}`)}
          {contact.recording_problem === null ? null : <span className="over"> {contact.recording_problem}</span>}
        </dd>
      </dl>
    </section>
  )
}
