/** Type, state and times of an announcement: shape and word, never colour alone. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { AnnouncementState, AnnouncementType } from '@/api/announcements'
import { useZone } from '@/api/session'
import { isEnglish, shortDateTime } from '@/ui/format'

import './announcements.css'

const TYPE_SHAPES: Readonly<Record<AnnouncementType, string>> = { planned: '◷', temporary: '▲', fault: '■', info: '●' }
const STATE_SHAPES: Readonly<Record<AnnouncementState, string>> = { draft: '○', published: '◔', ongoing: '▶', restored: '✓', cancelled: '✕' }
/** `11-21 10:42` of `11-21 10:42:07`. */
const TO_MINUTES = 11

export function TypeTag({ type }: { type: AnnouncementType }): ReactElement {
  const { t } = useTranslation()
  return (
    <span className={`announcement-tag announcement-type-${type}`}>
      <span aria-hidden="true">{TYPE_SHAPES[type]} </span>
      {t(`announcements.type.${type}`)}
    </span>
  )
}

export function StateTag({ state, type }: { state: AnnouncementState; type: AnnouncementType }): ReactElement {
  const { t } = useTranslation()
  const word = state === 'restored' && type === 'info' ? 'ended' : state
  return (
    <span className={`announcement-tag announcement-state-${state}`} data-testid="announcement-state">
      <span aria-hidden="true">{STATE_SHAPES[state]} </span>
      {t(`announcements.state.${word}`)}
    </span>
  )
}

interface Spoken {
  title: string
  title_en: string
  body: string
  body_en: string
}

/** Title and text in the language of the page, or in the one there is. */
export function wordsIn(language: string, one: Spoken): { title: string; body: string } {
  const en = isEnglish(language)
  return { title: (en && one.title_en) || one.title, body: (en && one.body_en) || one.body }
}

interface TimesProps {
  startsAt: number
  expectedEnd: number | null
  endedAt?: number | null
}

/** From when until when: the real end once there is one. */
export function Times({ startsAt, expectedEnd, endedAt = null }: TimesProps): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const shown = (at: number): string => shortDateTime(at, i18n.language, zone).slice(0, TO_MINUTES)
  const end = endedAt ?? expectedEnd
  return (
    <span className="figure">
      {shown(startsAt)} – {end === null ? t('announcements.open_end') : shown(end)}
      {endedAt === null && expectedEnd !== null ? <span className="quiet"> {t('announcements.expected')}</span> : null}
    </span>
  )
}
