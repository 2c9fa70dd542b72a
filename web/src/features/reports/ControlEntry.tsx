/** One entry of the control sheet: the figure, its causes, and what is done about it. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { ControlEntry as Entry, MetricEntry, Unit } from '@/api/figures'
import { useZone } from '@/api/session'
import { dateTime, nameIn, textIn } from '@/ui/format'

import { useNames } from './asked'
import { Causes } from './Causes'
import { plusDays } from './days'
import { EntryForm } from './EntryForm'
import { NOTHING, printed } from './printed'

/** The report of the entry's figure, over the sixty days before it was last found. */
function addressOf(entry: Entry): string {
  const search = new URLSearchParams({ from: plusDays(entry.ends_on, -59), to: entry.ends_on })
  if (entry.queue !== null) search.set('queue', entry.queue)
  search.set('formula', entry.formula)
  return `/reports/${encodeURIComponent(entry.metric)}?${search.toString()}`
}

function Effect({ entry, unit }: { entry: Entry; unit: Unit }): ReactElement | null {
  const { t } = useTranslation()
  const { effect } = entry
  if (effect === null) return null
  const said = {
    points: effect.points,
    mean: printed(effect.mean, unit),
    before: printed(effect.before, unit),
    day: effect.seen_on,
  }
  return (
    <p className={effect.is_held ? 'better' : 'worse'} data-testid={`effect-${entry.id}`}>
      <span aria-hidden="true">{effect.is_held ? '● ' : '■ '}</span>
      {effect.is_held ? t('control.held', said) : t('control.not_held', said)}
    </p>
  )
}

/** Figures of closed days that were corrected after the entry stood on them. */
function Corrections({ entry }: { entry: Entry }): ReactElement | null {
  const { t } = useTranslation()
  if (entry.corrections.length === 0) return null
  return (
    <ul className="causes quiet" data-testid={`corrections-${entry.id}`}>
      {entry.corrections.map((one) => (
        <li key={`${one.day}-${one.seen_at}`}>
          <span aria-hidden="true">✎ </span>
          {t('control.corrected', { day: one.day, before: printed(one.old, entry.unit), after: printed(one.new, entry.unit) })}
          {' · '}
          {one.is_out ? t('control.corrected_out') : t('control.corrected_in')}
        </li>
      ))}
    </ul>
  )
}

function Plan({ entry }: { entry: Entry }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  return (
    <dl className="facts">
      <dt>{t('control.owner')}</dt>
      <dd>{entry.owner_name || NOTHING}</dd>
      <dt>{t('control.action')}</dt>
      <dd>{entry.action || NOTHING}</dd>
      <dt>{t('control.due')}</dt>
      <dd>{entry.due ?? NOTHING}</dd>
      {entry.closed_at === null ? null : (
        <>
          <dt>{t('control.closed')}</dt>
          <dd>
            {dateTime(entry.closed_at, i18n.language, zone)} {entry.closed_by_name}
          </dd>
        </>
      )}
    </dl>
  )
}

export interface ControlEntryProps {
  entry: Entry
  metrics: MetricEntry[]
}

export function ControlEntry({ entry, metrics }: ControlEntryProps): ReactElement {
  const { t, i18n } = useTranslation()
  const nameOf = useNames()
  const { unit } = entry
  return (
    <section className="panel stack" data-testid={`control-entry-${entry.id}`} data-state={entry.state}>
      <h2 className="row">
        <Link to={addressOf(entry)}>{`${entry.no} ${nameIn(i18n.language, entry)}`.trim()}</Link>
        <span>{entry.queue === null ? t('reports.whole_centre') : nameOf('queue', entry.queue)}</span>
        <span className="quiet">
          {entry.begins_on} ~ {entry.ends_on}
        </span>
        <span>{t(`control.state.${entry.state}`)}</span>
        {entry.is_overdue ? <span className="over">■ {t('control.overdue', { due: entry.due })}</span> : null}
      </h2>
      <p className="row">
        <b className="over">
          <span aria-hidden="true">■ </span>
          {printed(entry.value, unit)}
        </b>
        {entry.limit === null ? null : <span>{t(`control.limit.${entry.side}`, { limit: printed(entry.limit, unit) })}</span>}
        <span>{textIn(i18n.language, entry.rule_text, entry.rule_text_en)}</span>
        <span>{t('control.days', { count: entry.days })}</span>
        <code className="quiet">
          {entry.rule} {entry.formula}
        </code>
      </p>
      <Corrections entry={entry} />
      <Causes causes={entry.causes} metrics={metrics} />
      <Effect entry={entry} unit={unit} />
      {entry.state === 'checking' ? <p className="quiet">{t('control.checking_from', { day: entry.check_from })}</p> : null}
      {entry.state === 'closed' || entry.state === 'checking' ? <Plan entry={entry} /> : <EntryForm entry={entry} />}
    </section>
  )
}
