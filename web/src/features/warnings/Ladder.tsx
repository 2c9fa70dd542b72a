/** The chain as a ladder: one rung for each hop, what ran at the same time beside it. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { Warning, WarningHop } from '@/api/warnings'
import { useZone } from '@/api/session'
import { useSeconds } from '@/ui/clock'
import { shortDateTime } from '@/ui/format'

import { isOpen, roundsOf, usedAt } from './chain'
import { Due } from './Due'
import { barOf } from './deadline'
import { nameOf, useHolders, usePostName, useSpan } from './words'

const VERDICT_SHAPES: Readonly<Record<string, string>> = { met: '✓', late: '■', handed_up: '⇧', cancelled: '○', no_limit: '–' }
const PERCENT = 100
/** ` 10:42:07` */
const SECONDS_LONG = 9
/** `:07` */
const MINUTES = 3
/** `10:42` */
const SHORT_TIME = 5

/** Half, four fifths and the end on a bar as long as what took longest. */
function HopBar({ line }: { line: WarningHop }): ReactElement {
  const { t } = useTranslation()
  const span = useSpan()
  const now = useSeconds() * 1_000
  const used = usedAt(line, now)
  const bar = barOf(used, line.limit, line.marks)
  const isLate = line.limit !== null && line.due_at !== null && (line.until ?? now) > line.due_at
  const words = line.limit === null ? span(used) : t('warnings.used_of', { used: span(used), limit: span(line.limit) })
  return (
    <span className="ew-measure">
      <span className={isLate ? 'ew-bar ew-bar-late' : 'ew-bar'} aria-hidden="true">
        <i style={{ width: `${bar.used * PERCENT}%` }} />
        {bar.marks.map((mark) => (
          <u key={mark.percent} style={{ insetInlineStart: `${mark.at * PERCENT}%` }} title={`${mark.percent}%`} />
        ))}
      </span>
      <span className="figure ew-used">{words}</span>
    </span>
  )
}

function Verdict({ line }: { line: WarningHop }): ReactElement {
  const { t } = useTranslation()
  const span = useSpan()
  if (isOpen(line)) return <Due running={line} />
  const late = line.late > 0 && line.verdict !== 'cancelled' ? ` ${span(line.late)}` : ''
  return (
    <span className={`ew-verdict ew-verdict-${line.verdict}`}>
      <span aria-hidden="true">{VERDICT_SHAPES[line.verdict] ?? ''} </span>
      {t(`warnings.verdict.${line.verdict}`)}
      {late}
    </span>
  )
}

function Hop({ line, warning }: { line: WarningHop; warning: Warning }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const post = usePostName(warning.posts)
  const holders = useHolders(warning.posts)
  const time = (at: number): string => shortDateTime(at, i18n.language, zone).slice(0, -MINUTES)
  const day = (at: number): string => time(at).slice(0, -SHORT_TIME)
  // On the same day the hour says enough.
  const later = (at: number): string => (day(at) === day(line.since) ? time(at).slice(-SHORT_TIME) : time(at))
  const who = line.by === null ? holders(line.owner) : nameOf(warning, line.by)
  return (
    <div className={isOpen(line) ? 'ew-hop ew-hop-open' : 'ew-hop'} data-testid={`hop-${line.number}`} data-clock={line.clock} data-verdict={line.verdict}>
      <span className="ew-hop-name">
        <b>{t(`warnings.clock.${line.clock}`)}</b>
        <span className="quiet">
          {post(line.owner)} {who}
        </span>
      </span>
      <span className="figure ew-hop-times">
        {time(line.since)} → {line.until === null ? '…' : later(line.until)}
        <span className="quiet ew-hop-due">{line.due_at === null ? t('warnings.no_limit') : t('warnings.due_at', { at: later(line.due_at) })}</span>
      </span>
      <HopBar line={line} />
      <Verdict line={line} />
    </div>
  )
}

export function Ladder({ warning }: { warning: Warning }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const span = useSpan()
  const now = useSeconds() * 1_000
  const whole = (warning.closed_at ?? now) - warning.classified_at
  const rounds = roundsOf(warning.hops.lines)
  return (
    <section className="panel" aria-label={t('warnings.chain')} data-testid="warning-ladder">
      <h2>
        {t('warnings.chain')}{' '}
        <span className="quiet ew-whole">
          {t('warnings.whole', { time: span(whole) })}
          {warning.hops.late === 0 ? '' : ` · ${t('warnings.late_hops', { count: warning.hops.late })}`}
        </span>
      </h2>
      {rounds.map(({ round, rungs }) => (
        <section key={round} aria-label={t('warnings.round', { number: round })}>
          {rounds.length === 1 ? null : (
            <h3 className="ew-round">
              {t('warnings.round', { number: round })}
              <span className="quiet figure"> {shortDateTime(rungs[0]?.hop.since ?? 0, i18n.language, zone).slice(0, -SECONDS_LONG)}</span>
            </h3>
          )}
          <ol className="ew-ladder">
            {rungs.map(({ hop, beside }) => (
              <li key={hop.number}>
                <Hop line={hop} warning={warning} />
                {beside.length === 0 ? null : (
                  <div className="ew-beside" role="group" aria-label={t('warnings.beside')}>
                    {beside.map((line) => (
                      <Hop key={line.number} line={line} warning={warning} />
                    ))}
                  </div>
                )}
              </li>
            ))}
          </ol>
        </section>
      ))}
    </section>
  )
}
