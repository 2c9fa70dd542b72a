/** What became of the recording, in every case there is; the player where there is one. */
import { Suspense, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { RecordDetail } from '@/api/schema'
import { useMay, useMe, useZone } from '@/api/session'
import { dateTime } from '@/ui/format'
import { late } from '@/ui/late'
import { EmptyState, Loading } from '@/ui/states'

import type { Moment } from './ContactPlayer'
import { FaxView } from './FaxView'
import { KeepingPanel } from './KeepingPanel'
import { VoicemailPlayer } from './VoicemailPlayer'
import { causeWord } from './words'

const ContactPlayer = late(() => import('./ContactPlayer').then((room) => room.ContactPlayer))

export interface RecordingProps {
  detail: RecordDetail
  moments: readonly Moment[]
  onReady: (seek: ((to_ms: number) => void) | null) => void
}

function Deleted({ detail }: { detail: RecordDetail }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const keep = detail.recording.keep
  const at = keep?.deleted_at == null ? '—' : dateTime(keep.deleted_at, i18n.language, zone)
  const by = keep?.deleted_by ?? ''
  return (
    <EmptyState
      title={t('records.deleted')}
      why={by === '' ? t('records.deleted_by_time', { at }) : t('records.deleted_by', { at, by })}
    />
  )
}

function Ready({ detail, moments, onReady }: RecordingProps): ReactElement {
  const { t } = useTranslation()
  const mayPlay = useMay('records.play')
  const me = useMe()
  const { record, recording } = detail
  const agent = record.agent?.id ?? null
  const isMine = agent !== null && me?.agent?.id === agent
  const keep = recording.keep === null ? null : <KeepingPanel record={record.id} keep={recording.keep} />
  // Whoever took a message or fax from the line may open it without the right to play recordings.
  const mayOpen = mayPlay || (isMine && (recording.pages !== null || recording.voicemail !== null))
  if (!mayOpen) return <EmptyState title={t('records.not_allowed')} />
  return (
    <div className="stack">
      {recording.pages !== null ? (
        <FaxView record={record.id} pages={recording.pages} />
      ) : recording.voicemail !== null ? (
        <VoicemailPlayer record={record.id} agent={agent} voicemail={recording.voicemail} />
      ) : (
        <Suspense fallback={<Loading rows={3} />}>
          <ContactPlayer record={record.id} moments={moments} onReady={onReady} />
        </Suspense>
      )}
      {recording.cause === null ? null : <p className="quiet">▲ {causeWord(recording.cause)}</p>}
      {keep}
    </div>
  )
}

export function Recording(props: RecordingProps): ReactElement {
  const { t } = useTranslation()
  const { record, recording } = props.detail
  const { state, cause } = recording
  if (record.outcome === 'in_progress') return <EmptyState title={t('records.still_on')} why={t('records.still_on_why')} />
  if (state === 'pending') return <EmptyState title={t('records.pending')} why={t('records.pending_why')} />
  if (state === 'missing') return <EmptyState title={t('records.missing')} why={causeWord(cause)} />
  if (state === 'deleted') return <Deleted detail={props.detail} />
  if (state === 'none') {
    return <EmptyState title={t('records.no_recording')} why={cause === null ? t('records.no_recording_why') : causeWord(cause)} />
  }
  return <Ready {...props} />
}
