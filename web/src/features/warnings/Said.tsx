/** What was decided and said: reviews, opinions with their signatures, contacts again, each day's two. */
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { Warning } from '@/api/warnings'
import { useZone } from '@/api/session'
import { shortDateTime } from '@/ui/format'

import { nameOf } from './words'

interface Entry {
  at: number
  key: string
  title: ReactNode
  who: string
  text: string
  beside?: ReactNode
}

function Part({ label, entries, testId }: { label: string; entries: Entry[]; testId: string }): ReactElement | null {
  const { i18n } = useTranslation()
  const zone = useZone()
  if (entries.length === 0) return null
  return (
    <section className="panel" aria-label={label} data-testid={testId}>
      <h2>{label}</h2>
      <ul className="ew-said">
        {entries.map((entry) => (
          <li key={entry.key}>
            <div className="row">
              <b>{entry.title}</b>
              <span className="quiet figure">
                {shortDateTime(entry.at, i18n.language, zone)} {entry.who}
              </span>
            </div>
            {entry.text === '' ? null : <p>{entry.text}</p>}
            {entry.beside}
          </li>
        ))}
      </ul>
    </section>
  )
}

export function Said({ warning }: { warning: Warning }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const round = (number: number): string => (warning.round > 1 ? `${t('warnings.round', { number })} · ` : '')
  const signed = (number: number, at: number): ReactNode => {
    const found = warning.signatures.find((each) => each.round === number && each.at === at)
    return found === undefined ? null : <span className="ew-signed">✎ {t('warnings.signed', { name: found.name })}</span>
  }
  const received = (at: number | null): ReactNode => (
    <span className="quiet">{at === null ? t('warnings.not_received') : t('warnings.received', { at: shortDateTime(at, i18n.language, zone) })}</span>
  )
  return (
    <>
      <Part
        testId="said-opinions"
        label={t('warnings.opinions')}
        entries={warning.opinions.map((each, place) => ({
          at: each.at,
          key: String(place),
          title: `${round(each.round)}${t(`warnings.level.${each.level}`)}`,
          who: nameOf(warning, each.by),
          text: each.text,
          beside: (
            <span className="row">
              {signed(each.round, each.at)}
              {received(each.received_at)}
            </span>
          ),
        }))}
      />
      <Part
        testId="said-reviews"
        label={t('warnings.reviews')}
        entries={warning.reviews.map((each, place) => ({
          at: each.at,
          key: String(place),
          title: `${round(each.round)}${each.conforms ? `✓ ${t('warnings.conforms')}` : `↩ ${t('warnings.conforms_not')}`}`,
          who: nameOf(warning, each.by),
          text: each.opinion,
        }))}
      />
      <Part
        testId="said-recontacts"
        label={t('warnings.recontacts')}
        entries={warning.recontacts.map((each, place) => ({
          at: each.at,
          key: String(place),
          title: `${round(each.round)}${each.satisfied ? `✓ ${t('warnings.satisfied')}` : `■ ${t('warnings.satisfied_not')}`}`,
          who: nameOf(warning, each.by),
          text: each.note,
        }))}
      />
      <Part
        testId="said-days"
        label={t('warnings.days')}
        entries={warning.days.map((each, place) => ({
          at: each.at,
          key: String(place),
          title: `${round(each.round)}${t(`warnings.day.${each.kind}`)}`,
          who: nameOf(warning, each.by),
          text: each.text,
        }))}
      />
    </>
  )
}
