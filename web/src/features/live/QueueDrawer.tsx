/** One queue beside the lists: who waits, who serves it, what can be moved. */
import { Button } from 'antd'
import { useEffect, useRef, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { QueueRow } from '@/api/schema'
import { useRow } from '@/live/hooks'
import { nameIn } from '@/ui/format'
import { Kbd } from '@/ui/Kbd'

import { LevelsPanel } from './LevelsPanel'
import { CallbackList, MergeList } from './QueueLevers'
import { WaitingList } from './WaitingList'
import { WrapUpLimit } from './WrapUpLimit'

interface DrawerProps {
  id: string
  queueNames: Map<string, string>
  /** Opened to move people: the choice of them has the focus. */
  isToMove: boolean
  onClose: () => void
}

export function QueueDrawer({ id, queueNames, isToMove, onClose }: DrawerProps): ReactElement {
  const { t, i18n } = useTranslation()
  const queue = useRow<QueueRow>('queues', id)
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (!isToMove) head.current?.focus()
  }, [id, isToMove])
  return (
    <aside className="panel side" aria-label={nameIn(i18n.language, queue)} data-testid={`queue-drawer-${id}`}>
      <div className="row side-head">
        <h2 ref={head} tabIndex={-1} className="panel-title grow">
          {nameIn(i18n.language, queue)}
        </h2>
        <Button type="text" onClick={onClose}>
          {t('common.close')}
          <Kbd keys="Esc" />
        </Button>
      </div>
      {queue === undefined ? (
        <p>{t('live.queue_gone')}</p>
      ) : (
        <div className="stack">
          <WaitingList queue={id} />
          <LevelsPanel queue={id} isToMove={isToMove} />
          <WrapUpLimit key={id} queue={queue} />
          <MergeList queue={id} names={queueNames} />
          <CallbackList queue={id} />
        </div>
      )}
    </aside>
  )
}
