/** A deadline as shape, colour and the time that is left, ticking by the server's clock. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { useZone } from '@/api/session'
import { useSeconds } from '@/ui/clock'
import { dateTime, duration, shortDateTime } from '@/ui/format'

import { SHAPES, shapeAt, type Running } from './deadline'
import { useSpan } from './words'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** `:07` */
const SECONDS = 3

/** "剩 00:42:10", "超 3 小时 05 分", "11-24 00:00 起". */
export function Due({ running, testId }: { running: Running; testId?: string }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const span = useSpan()
  const now = useSeconds() * 1_000
  const shape = shapeAt(running, now)
  const due = running.due_at
  const long = (milliseconds: number): string => (milliseconds < DAY_MS ? duration(milliseconds) : span(milliseconds))
  const words = (): string => {
    if (due === null) return t('warnings.no_limit')
    if (shape === 'ahead') return t('warnings.from', { at: shortDateTime(running.since, i18n.language, zone).slice(0, -SECONDS) })
    return shape === 'over' ? t('warnings.over', { time: span(now - due) }) : t('warnings.left', { time: long(due - now) })
  }
  return (
    <span className={`ew-due ew-due-${shape}`} data-shape={shape} data-testid={testId} title={due === null ? undefined : t('warnings.due', { at: dateTime(due, i18n.language, zone) })}>
      <span aria-hidden="true" className="ew-shape">
        {SHAPES[shape]}
      </span>
      <span className="figure">{words()}</span>
    </span>
  )
}
