/** The deadlines of this round, each with how it was counted. */
import { Button, Popover } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { Case, CaseClock } from '@/api/cases'
import { useZone } from '@/api/session'
import { useCaseNames } from '@/shared/cases/known'
import { Limit, useSpan } from '@/shared/cases/Limit'
import { inOrder, usedAt } from '@/shared/cases/limits'
import { useSeconds } from '@/ui/clock'
import { dateTime, shortDateTime } from '@/ui/format'

const DAY_MS = 86_400_000

/** How much may be used: days where days are counted. */
function useTarget(): (clock: CaseClock) => string {
  const { t } = useTranslation()
  const span = useSpan()
  return (clock) =>
    clock.unit === 'work_days' || clock.unit === 'natural_day' ? t(`casework.target.${clock.unit}`, { days: clock.target / DAY_MS }) : span(clock.target)
}

function Sum({ clock }: { clock: CaseClock }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const span = useSpan()
  const target = useTarget()
  const now = useSeconds() * 1_000
  const at = (instant: number): string => shortDateTime(instant, i18n.language, zone)
  return (
    <div className="sum" data-testid={`sum-${clock.code}`}>
      <dl className="facts">
        <dt>{t('casework.sum.target')}</dt>
        <dd>
          {target(clock)} · {t(`cases.unit.${clock.unit}`)}
        </dd>
        <dt>{t('casework.sum.calendar')}</dt>
        <dd>{clock.calendar === '' ? t('casework.sum.always') : clock.calendar}</dd>
        <dt>{t('casework.sum.spent')}</dt>
        <dd className="figure">{span(usedAt(clock, now))}</dd>
        <dt>{t('casework.sum.due')}</dt>
        <dd className="figure">
          {clock.due_at === null ? '—' : dateTime(clock.due_at, i18n.language, zone)}
          {clock.is_provisional ? <span className="quiet"> {t('casework.sum.provisional')}</span> : null}
        </dd>
        {clock.breached_at === null ? null : (
          <>
            <dt>{t('casework.sum.breached')}</dt>
            <dd className="figure">{dateTime(clock.breached_at, i18n.language, zone)}</dd>
          </>
        )}
      </dl>
      <p className="sum-title">{t('casework.sum.stretches')}</p>
      <ul className="sum-stretches">
        {clock.stretches.map((stretch) => (
          <li key={stretch.since} className="figure">
            {at(stretch.since)} – {stretch.until === null ? t('casework.sum.still') : at(stretch.until)}
          </li>
        ))}
      </ul>
      <p className="quiet">{t('casework.sum.rest')}</p>
    </div>
  )
}

function Tile({ clock }: { clock: CaseClock }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const { owner } = useCaseNames()
  const when = clock.ended_at ?? clock.due_at
  return (
    <div className="tile limit-tile" data-testid={`tile-${clock.code}`}>
      <span className="row">
        <span className="quiet">{t(`cases.clock.${clock.code}`)}</span>
        <span className="grow" />
        <Popover trigger="click" placement="bottom" content={<Sum clock={clock} />}>
          <Button size="small" type="link" aria-label={t('casework.sum.of', { clock: t(`cases.clock.${clock.code}`) })} data-testid={`sum-open-${clock.code}`}>
            {t('casework.sum.title')}
          </Button>
        </Popover>
      </span>
      <Limit clock={clock} isNamed={false} />
      <span className="quiet">
        {when === null ? '' : `${clock.ended_at === null ? t('casework.due') : t('casework.ended')} ${shortDateTime(when, i18n.language, zone)} · `}
        {owner(clock.owner)}
      </span>
    </div>
  )
}

export function LimitTiles({ it }: { it: Case }): ReactElement | null {
  const { t } = useTranslation()
  const clocks = inOrder(it.clocks.filter((clock) => clock.round === it.round))
  if (clocks.length === 0) return <p className="quiet">{t('casework.no_limits')}</p>
  return (
    <section className="tiles limit-tiles" aria-label={t('casework.limits')}>
      {clocks.map((clock) => (
        <Tile key={`${clock.code} ${clock.started_at}`} clock={clock} />
      ))}
    </section>
  )
}
