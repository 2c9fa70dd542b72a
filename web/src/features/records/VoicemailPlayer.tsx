/** A message: its sound, its words, and whether who has it has heard it. */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { voicemails, type Voicemail } from '@/api/records'
import { useMay, useMe, useZone } from '@/api/session'
import { dateTime } from '@/ui/format'
import { ErrorBox } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

const LONGEST = 20_000

function Words({ record, voicemail }: { record: string; voicemail: Voicemail }): ReactElement {
  const { t } = useTranslation()
  const me = useMe()
  const mayWrite = useMay('records.transcribe')
  const client = useQueryClient()
  const [draft, setDraft] = useState<string | null>(null)
  const save = useCommand(async () => {
    await voicemails.write(record, draft ?? '', me?.user.name ?? 'web')
    await client.invalidateQueries({ queryKey: ['record', record] })
    setDraft(null)
  })
  const { state, text, source } = voicemail.transcript
  if (draft !== null) {
    return (
      <div className="stack">
        <Input.TextArea
          autoFocus
          rows={4}
          maxLength={LONGEST}
          aria-label={t('records.words')}
          value={draft}
          data-testid="transcript-text"
          onChange={(event) => setDraft(event.target.value)}
        />
        <div className="row">
          <Button type="primary" disabled={draft.trim() === ''} loading={save.isBusy} data-testid="transcript-save" onClick={() => void save.run()}>
            {t('records.words_save')}
          </Button>
          <Button onClick={() => setDraft(null)}>{t('common.cancel')}</Button>
        </div>
      </div>
    )
  }
  return (
    <div className="stack">
      <p className={state === 'text' ? 'transcript' : 'quiet'} data-testid="transcript">
        {state === 'text' ? text : t(`records.words_${state}`)}
      </p>
      <div className="row">
        {source === '' || state !== 'text' ? null : <span className="quiet">{t('records.words_by', { source })}</span>}
        {mayWrite ? (
          <Button size="small" data-testid="transcript-edit" onClick={() => setDraft(text ?? '')}>
            {state === 'text' ? t('records.words_change') : t('records.words_write')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}

export function VoicemailPlayer({ record, agent, voicemail }: { record: string; agent: string | null; voicemail: Voicemail }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const me = useMe()
  const client = useQueryClient()
  const [isBroken, setBroken] = useState(false)
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ['record', record] })
  const isMine = agent !== null && me?.agent?.id === agent
  const isHeard = voicemail.heard_at !== null
  const mark = useCommand(async () => {
    await voicemails.mark(record, !isHeard)
    await again()
  })
  return (
    <div className="stack" data-testid="voicemail">
      {/* What is said stands below, once somebody has written it down. */}
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
      <audio
        controls
        preload="none"
        src={voicemails.soundPath(record)}
        aria-label={t('records.view.voicemails')}
        className="voicemail-sound"
        onEnded={() => void again()}
        onPlay={() => setBroken(false)}
        onError={() => setBroken(true)}
      />
      {isBroken ? <ErrorBox error={{ code: 'recording_unplayable', facts: {} }} /> : null}
      <div className="row">
        <span data-testid="heard">
          {isHeard
            ? t('records.heard_by', { by: voicemail.heard_by, at: dateTime(voicemail.heard_at ?? 0, i18n.language, zone) })
            : `● ${t('records.unheard')}`}
        </span>
        {isMine ? (
          <Button size="small" loading={mark.isBusy} data-testid="heard-mark" onClick={() => void mark.run()}>
            {isHeard ? t('records.mark_unheard') : t('records.mark_done')}
          </Button>
        ) : null}
      </div>
      <h3 className="panel-title">{t('records.words')}</h3>
      <Words record={record} voicemail={voicemail} />
    </div>
  )
}
