/** Each way through the flow by itself: who had it, what was done, what the customer said, who looked through it. */
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Case } from '@/api/cases'
import { useZone } from '@/api/session'
import { useCaseNames } from '@/shared/cases/known'
import { shortDateTime } from '@/ui/format'

type Round = Case['rounds'][number]

/** A line of a round with its moment, for putting lines in order. */
interface Line {
  at: number
  key: string
  text: ReactNode
  more: string
}

function useLines(it: Case): (round: Round) => Line[] {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const { area } = useCaseNames()
  const who = (id: string | null): string => (id === null ? t('casework.system') : (it.people.find((each) => each.id === id)?.name ?? id))
  const time = (at: number): string => shortDateTime(at, i18n.language, zone)
  const handlers = (each: Case['handlings'][number]): string => each.workers.join(t('casework.and')) || who(each.by)
  const reviewed = (each: Case['reviews'][number]): { who: string; mode: string } => ({ who: who(each.by), mode: t(`casework.mode.${each.mode}`) })
  return ({ number }) => {
    const of = <Part extends { round: number }>(parts: readonly Part[]): Part[] => parts.filter((part) => part.round === number)
    return [
      ...of(it.dispatches).map((each): Line => ({
        at: each.at,
        key: `d${each.number}`,
        text: t(`casework.round.${each.role}`, { area: area(each.area), who: who(each.by) }),
        more: [
          each.accepted_at === null ? '' : t('casework.round.accepted', { at: time(each.accepted_at) }),
          each.person === null ? '' : t('casework.round.person', { who: who(each.person) }),
          each.note,
          each.outcome === 'returned' || each.return_reason !== '' ? t('casework.round.returned', { why: each.return_reason }) : '',
          each.explanation === '' ? '' : t('casework.round.explained', { why: each.explanation }),
        ].filter((part) => part !== '').join(' · '),
      })),
      ...of(it.handlings).map((each): Line => ({
        at: each.at,
        key: `h${each.number}`,
        text: each.completed ? t('casework.round.completed', { who: handlers(each) }) : t('casework.round.progress', { who: handlers(each) }),
        more: [each.text, each.visited ? t('casework.visited') : ''].filter((part) => part !== '').join(' · '),
      })),
      ...of(it.callbacks).map((each): Line => ({
        at: each.at,
        key: `c${each.number}`,
        text: (
          <>
            {t('casework.round.called', { result: t(`casework.result.${each.result}`), who: who(each.by) })}{' '}
            {each.contact === null ? null : <Link to={`/records/${encodeURIComponent(each.contact)}`}>{each.contact}</Link>}
          </>
        ),
        more: each.note,
      })),
      ...of(it.reviews).map((each): Line => ({
        at: each.at,
        key: `r${each.number}`,
        text: each.passed ? t('casework.round.passed', reviewed(each)) : t('casework.round.failed', reviewed(each)),
        more: each.reason,
      })),
    ].sort((one, other) => one.at - other.at)
  }
}

export function Rounds({ it }: { it: Case }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const linesOf = useLines(it)
  const time = (at: number | null): string => (at === null ? '—' : shortDateTime(at, i18n.language, zone))
  return (
    <section className="panel" aria-label={t('casework.rounds')} data-testid="rounds">
      <h2>{t('casework.rounds')}</h2>
      {[...it.rounds].sort((one, other) => other.number - one.number).map((round) => (
        <details key={round.number} open={round.number === it.round} className="round" data-testid={`round-${round.number}`}>
          <summary>
            {t('casework.round.name', { number: round.number })}{' '}
            <span className="quiet figure">
              {time(round.opened_at)} · {t('casework.round.resolved')} {time(round.resolved_at)} · {t('casework.round.closed')} {time(round.closed_at)}
              {round.outcome === '' ? '' : ` · ${t(`casework.outcome.${round.outcome}`)}`}
            </span>
          </summary>
          <ol className="story">
            {linesOf(round).map((line) => (
              <li key={line.key}>
                <time className="quiet figure">{time(line.at)}</time>
                <div>
                  {line.text}
                  {line.more === '' ? null : <p className="story-words">{line.more}</p>}
                </div>
              </li>
            ))}
          </ol>
        </details>
      ))}
    </section>
  )
}
