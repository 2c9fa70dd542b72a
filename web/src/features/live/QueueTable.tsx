/** Queues, the worst first. Each row listens to its own queue only; the order stands still while one is in it. */
import { memo, useCallback, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { MetricValue, QueueRow } from '@/api/schema'
import { serverNow } from '@/live/clock'
import { useIsKnown, useNow, useRow } from '@/live/hooks'
import { Timer } from '@/ui/clock'
import { duration, figure, nameIn } from '@/ui/format'
import { EmptyState, Loading } from '@/ui/states'

import { useOrder } from './order'
import { missesNow, targetOf, useToday } from './targets'
import { Trend } from './Trend'
import { LimitTag } from './WrapUpLimit'
import { byNeed, isUnstaffed, LONG_WAIT_MS, queueMark } from './severity'
import { showsQueue, type View } from './view'

function Longest({ since, within }: { since: number; within: number }): ReactElement {
  const isOver = useNow() - since > (within > 0 ? within : LONG_WAIT_MS)
  return (
    <span className={isOver ? 'over' : ''}>
      {isOver ? <span aria-hidden="true">■ </span> : null}
      <Timer since={since} />
    </span>
  )
}

/** The day's figures of a queue, and those of the last half hour, by the names the server gives them. */
const TODAY = ['service_level_30m', 'service_level', 'offered', 'answered', 'abandoned'] as const

function TodayCells({ id }: { id: string }): ReactElement {
  const today = useRow<Record<string, MetricValue>>('metrics', id)
  return (
    <>
      {TODAY.map((name) => {
        const found = today?.[name]
        return (
          <td key={name} className="number" title={found?.formula} data-testid={`board-queue-${id}-${name}`}>
            {found === undefined ? '—' : figure(found.value, found.unit)}
          </td>
        )
      })}
    </>
  )
}

/** How many serve the queue; marked, not by colour alone, while people wait for nobody. */
function SignedIn({ queue }: { queue: QueueRow }): ReactElement {
  const { t } = useTranslation()
  const isAlone = isUnstaffed(queue)
  return (
    <td className={isAlone ? 'number over' : 'number'} title={isAlone ? t('live.unstaffed') : undefined} data-testid={`board-queue-${queue.id}-signed-in`}>
      {isAlone ? <span aria-label={t('live.unstaffed')}>▲ </span> : null}
      {queue.signed_in}
    </td>
  )
}

interface RowGiven {
  id: string
  isChosen: boolean
  onOpen: (id: string) => void
}

const MARKS = { bad: '■', near: '▲', good: '●' } as const

function Mark({ queue }: { queue: QueueRow }): ReactElement {
  const { t } = useTranslation()
  const mark = queueMark(queue, useNow())
  return (
    <span className={`mark-${mark}`} role="img" aria-label={t(`live.mark.${mark}`)}>
      {MARKS[mark]}
    </span>
  )
}

const Row = memo(function Row({ id, isChosen, onOpen }: RowGiven): ReactElement | null {
  const { i18n } = useTranslation()
  const queue = useRow<QueueRow>('queues', id)
  if (queue === undefined) return null
  return (
    <tr data-testid={`board-queue-${id}`} data-waiting={queue.waiting} className={isChosen ? 'queue-chosen' : ''}>
      <th scope="row">
        <Mark queue={queue} />{' '}
        <button type="button" className="plain-button" onClick={() => onOpen(id)}>
          {nameIn(i18n.language, queue)}
        </button>
        <LimitTag queue={queue} />
      </th>
      <td className="number">{queue.waiting}</td>
      <td className="number">{queue.longest_since === null ? '—' : <Longest since={queue.longest_since} within={queue.answer_within_ms} />}</td>
      <td className="number">{queue.ready}</td>
      <td className="number">{queue.talking}</td>
      <td className="number">{queue.acw}</td>
      <SignedIn queue={queue} />
      <td className="number">{queue.expected_wait_ms === null ? '—' : duration(queue.expected_wait_ms)}</td>
      <td>
        <Trend queue={id} />
      </td>
      <TodayCells id={id} />
    </tr>
  )
})

const COLUMNS = ['waiting', 'longest', 'ready', 'talking', 'acw', 'signed_in', 'expected'] as const

interface TableProps {
  view: View
  isPinned: boolean
  chosen: string
  onOpen: (id: string) => void
}

export function QueueTable({ view, isPinned, chosen, onOpen }: TableProps): ReactElement {
  const { t } = useTranslation()
  const isKnown = useIsKnown('queues')
  const target = targetOf(useToday(), view.below)
  const [isInside, setInside] = useState(false)
  const order = useCallback(
    (rows: [string, QueueRow][]) => byNeed(rows.filter(([, row]) => showsQueue(view, row, (queue) => missesNow(queue, view.below, target))), serverNow()),
    [view, target],
  )
  const ids = useOrder('queues', order, isPinned || isInside)
  if (!isKnown) return <Loading />
  if (ids.length === 0) {
    if (view.below !== '') return <EmptyState title={t('live.none_below')} />
    return view.waiting || view.queue !== '' ? <EmptyState title={t('live.nobody_waits')} /> : <EmptyState title={t('live.no_queues')} why={t('live.no_queues_why')} />
  }
  return (
    <div
      className="scroll queue-frame"
      onPointerEnter={() => setInside(true)}
      onPointerLeave={() => setInside(false)}
      onFocus={() => setInside(true)}
      onBlur={() => setInside(false)}
    >
      <table className="grid" aria-label={t('live.queues')}>
        <thead>
          <tr>
            <th scope="col">{t('desk.queue')}</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className="number">
                {t(`live.${column}`)}
              </th>
            ))}
            <th scope="col" title={t('live.trend_why')}>
              {t('live.trend')}
            </th>
            {TODAY.map((name) => (
              <th key={name} scope="col" className="number">
                {t(`live.today.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ids.map((id) => (
            <Row key={id} id={id} isChosen={id === chosen} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
