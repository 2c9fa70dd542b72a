/** What may happen to an announcement that is out: changed, over, called off; each with its text. */
import { Button, Input } from 'antd'
import { useId, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { announcements, type Announcement } from '@/api/announcements'
import { announce } from '@/ui/announce'
import { codeOf, useRefusalText } from '@/ui/problems'

import { draftOf, wishOf, type Draft } from './draft'
import { Fields } from './Fields'
import { useNoted } from './keys'
import { Preview } from './Preview'

/** In a fixed order; what is not possible is not among the server's. */
const EVENTS = ['begin', 'change', 'restore', 'cancel'] as const
type Event = (typeof EVENTS)[number]

function Text({ value, onChange, isNeeded }: { value: string; onChange: (value: string) => void; isNeeded: boolean }): ReactElement {
  const { t } = useTranslation()
  const id = useId()
  return (
    <div className="announcements-field">
      <label htmlFor={id}>{isNeeded ? t('announcements.text_needed') : t('announcements.text')}</label>
      <Input.TextArea id={id} value={value} maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} data-testid="announcement-text" onChange={(event) => onChange(event.target.value)} />
    </div>
  )
}

function Form({ stored, event, onDone }: { stored: Announcement; event: Event; onDone: () => void }): ReactElement {
  const { t } = useTranslation()
  const noted = useNoted()
  const textOf = useRefusalText()
  const [text, setText] = useState('')
  const [draft, setDraft] = useState<Draft>(() => draftOf(stored))
  const [refusal, setRefusal] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const isOld = draft.revision !== String(stored.revision)
  const send = async (): Promise<void> => {
    setBusy(true)
    setRefusal(null)
    try {
      const content = event === 'change' ? { content: wishOf(draft) } : {}
      const after = await announcements.fire(stored.id, { event, text: text.trim(), revision: Number(draft.revision), ...content })
      announce(t('announcements.saved'))
      onDone()
      await noted(after)
    } catch (error) {
      setRefusal(error)
      if (codeOf(error) === 'announcement_changed') await noted(await announcements.read(stored.id))
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className="panel stack" aria-label={t(`announcements.event.${event}`)} data-testid={`announcement-form-${event}`}>
      <h2 className="panel-title">{t(`announcements.event.${event}`)}</h2>
      <p className="quiet">{t(`announcements.does.${event}`, { count: stored.counts.recipients })}</p>
      {isOld ? (
        <div className="announcements-late" role="status">
          ▲ {t('announcements.newer')}{' '}
          <Button size="small" onClick={() => setDraft({ ...draft, revision: String(stored.revision) })}>
            {t('announcements.keep_mine')}
          </Button>
        </div>
      ) : null}
      {refusal === null ? null : (
        <div className="error-box edit-refusal" role="alert" data-testid="edit-refusal">
          ■ {textOf(refusal)} <code>{codeOf(refusal)}</code>
        </div>
      )}
      <Text value={text} onChange={setText} isNeeded={event !== 'restore' && event !== 'begin'} />
      {event === 'change' ? (
        <div className="beside">
          <Fields draft={draft} onChange={setDraft} />
          <Preview draft={draft} />
        </div>
      ) : null}
      <div className="row">
        <Button type="primary" danger={event === 'cancel'} loading={isBusy} data-testid="announcement-send" onClick={() => void send()}>
          {t(`announcements.event.${event}`)}
        </Button>
        <Button onClick={onDone}>{t('common.cancel')}</Button>
      </div>
    </section>
  )
}

export function Composer({ stored }: { stored: Announcement }): ReactElement | null {
  const { t } = useTranslation()
  const [event, setEvent] = useState<Event | null>(null)
  const possible = EVENTS.filter((each) => stored.possible.includes(each))
  if (possible.length === 0) return null
  return (
    <>
      <div className="row" role="toolbar" aria-label={t('announcements.events')}>
        {possible.map((each) => (
          <Button key={each} type={event === each ? 'primary' : 'default'} aria-pressed={event === each} data-testid={`announcement-${each}`} onClick={() => setEvent(event === each ? null : each)}>
            {t(`announcements.event.${each}`)}
          </Button>
        ))}
      </div>
      {event !== null && possible.includes(event) ? <Form key={event} stored={stored} event={event} onDone={() => setEvent(null)} /> : null}
    </>
  )
}
