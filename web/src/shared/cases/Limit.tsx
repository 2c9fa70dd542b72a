/** A deadline as shape, word, colour and the time that is left, ticking by the server's clock. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { CaseClock } from '@/api/cases'
import { useZone } from '@/api/session'
import { useSeconds } from '@/ui/clock'
import { dateTime } from '@/ui/format'

import './cases.css'
import { SHAPES, inOrder, leftAt, shapeAt, spanOf, usedAt } from './limits'

/** How long, in the words of the page. */
export function useSpan(): (milliseconds: number) => string {
  const { t } = useTranslation()
  return (milliseconds) => {
    const { key, values } = spanOf(milliseconds)
    return t(`cases.span.${key}`, values)
  }
}

/** "剩 01:52", "超 3 小时": what a deadline says at a moment. */
export function useLimitWords(): (clock: CaseClock, now: number) => string {
  const { t } = useTranslation()
  const span = useSpan()
  return (clock, now) => {
    const shape = shapeAt(clock, now)
    if (shape === 'over') return t('cases.over', { time: span(leftAt(clock, now)) })
    if (shape === 'rests') return t('cases.rests', { time: span(leftAt(clock, now)) })
    if (clock.state === 'ended') return t(`cases.outcome.${clock.outcome ?? 'met'}`, { time: span(usedAt(clock, now)) })
    return t('cases.left', { time: span(leftAt(clock, now)) })
  }
}

export interface LimitProps {
  clock: CaseClock
  /** With the name of the deadline in front. */
  isNamed?: boolean
}

export function Limit({ clock, isNamed = true }: LimitProps): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const words = useLimitWords()
  const now = useSeconds() * 1_000
  const shape = shapeAt(clock, now)
  const due = clock.due_at === null ? '' : t('cases.due', { at: dateTime(clock.due_at, i18n.language, zone) })
  const unit = clock.unit === 'wall' ? '' : t(`cases.unit.${clock.unit}`)
  return (
    <span className={`limit limit-${shape}`} title={[t(`cases.clock.${clock.code}`), due, unit].filter((part) => part !== '').join(' · ')} data-testid={`limit-${clock.code}`} data-shape={shape}>
      <span aria-hidden="true" className="limit-shape">
        {SHAPES[shape]}
      </span>
      {isNamed ? <span className="limit-name">{t(`cases.clock.${clock.code}`)}</span> : null}
      <span className="figure">{words(clock, now)}</span>
    </span>
  )
}

/** Every open deadline of a work order, not the nearest alone. */
export function Limits({ clocks }: { clocks: readonly CaseClock[] }): ReactElement {
  const open = inOrder(clocks.filter((clock) => clock.state !== 'ended'))
  if (open.length === 0) return <>—</>
  return (
    <span className="limits">
      {open.map((clock) => (
        <Limit key={`${clock.code} ${clock.round}`} clock={clock} />
      ))}
    </span>
  )
}
