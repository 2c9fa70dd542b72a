/** Queues, the longest wait first. Each row listens to its own queue only. */
import { memo, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { MetricValue, QueueRow } from '@/api/schema'
import { useIsKnown, useNow, useRow, useRowIds } from '@/live/hooks'
import { Timer } from '@/ui/clock'
import { figure, nameIn } from '@/ui/format'
import { EmptyState, Loading } from '@/ui/states'

import { byWaiting, isUnstaffed, LONG_WAIT_MS } from './severity'

function Longest({ since, within }: { since: number; within: number }): ReactElement {
  const isOver = useNow() - since > (within > 0 ? within : LONG_WAIT_MS)
  return (
    <span className={isOver ? 'over' : ''}>
      {isOver ? <span aria-hidden="true">■ </span> : null}
      <Timer since={since} />
    </span>
  )
}

/** The day's figures of a queue, by the names the server gives them. */
const TODAY = ['offered', 'answered', 'abandoned', 'service_level'] as const

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

const Row = memo(function Row({ id }: { id: string }): ReactElement | null {
  const { i18n } = useTranslation()
  const queue = useRow<QueueRow>('queues', id)
  if (queue === undefined) return null
  return (
    <tr data-testid={`board-queue-${id}`} data-waiting={queue.waiting}>
      <th scope="row">{nameIn(i18n.language, queue)}</th>
      <td className="number">{queue.waiting}</td>
      <td className="number">{queue.longest_since === null ? '—' : <Longest since={queue.longest_since} within={queue.answer_within_ms} />}</td>
      <td className="number">{queue.ready}</td>
      <td className="number">{queue.talking}</td>
      <td className="number">{queue.acw}</td>
      <SignedIn queue={queue} />
      <TodayCells id={id} />
    </tr>
  )
})

const COLUMNS = ['waiting', 'longest', 'ready', 'talking', 'acw', 'signed_in'] as const

export function QueueTable(): ReactElement {
  const { t } = useTranslation()
  const isKnown = useIsKnown('queues')
  const ids = useRowIds<QueueRow>('queues', byWaiting)
  if (!isKnown) return <Loading />
  if (ids.length === 0) return <EmptyState title={t('live.no_queues')} why={t('live.no_queues_why')} />
  return (
    <div className="scroll">
      <table className="grid" aria-label={t('live.queues')}>
        <thead>
          <tr>
            <th scope="col">{t('desk.queue')}</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className="number">
                {t(`live.${column}`)}
              </th>
            ))}
            {TODAY.map((name) => (
              <th key={name} scope="col" className="number">
                {t(`live.today.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ids.map((id) => (
            <Row key={id} id={id} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
