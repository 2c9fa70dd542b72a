/** 现场: queues and agents as they are this second, trouble first. */
import { useQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { useMemo, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { centre } from '@/api/calls'
import type { CodeRef, QueueRef } from '@/api/schema'
import { useZone } from '@/api/session'
import { useStaleSince, useTopics } from '@/live/hooks'
import { clockTime, nameIn } from '@/ui/format'
import { Kbd } from '@/ui/Kbd'
import { PageShell } from '@/ui/PageShell'
import { useShortcuts } from '@/ui/shortcuts'

import { AgentDrawer } from './AgentDrawer'
import { AgentTable, type Sort } from './AgentTable'
import { KpiStrip } from './KpiStrip'
import { QueueTable } from './QueueTable'

function Freshness(): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const staleSince = useStaleSince()
  return staleSince === null ? (
    <span data-testid="board-fresh">● {t('live.fresh')}</span>
  ) : (
    <span className="over" role="status" data-testid="board-stale">
      ▲ {t('live.stale', { at: clockTime(staleSince, i18n.language, zone) })}
    </span>
  )
}

function useNames<T extends { name: string; name_en?: string | null }>(rows: T[] | undefined, key: (row: T) => string) {
  const { i18n } = useTranslation()
  const language = i18n.language
  // Callers give a constant function; only the rows and the language change the names.
  // oxlint-disable-next-line react/exhaustive-deps
  return useMemo(() => new Map((rows ?? []).map((row) => [key(row), nameIn(language, row)])), [rows, language])
}

const queueKey = (queue: QueueRef): string => queue.id
const reasonKey = (reason: CodeRef): string => reason.code

export function LivePage(): ReactElement {
  const { t } = useTranslation()
  useTopics('queues', 'agents', 'metrics')
  const [isPinned, setPinned] = useState(false)
  const [sort, setSort] = useState<Sort>('trouble')
  const [open, setOpen] = useState<string | null>(null)
  const isStale = useStaleSince() !== null
  const queues = useQuery({ queryKey: ['queues'], queryFn: centre.queues, staleTime: 300_000 })
  const reasons = useQuery({ queryKey: ['reasons'], queryFn: centre.reasons, staleTime: 300_000 })
  const queueNames = useNames(queues.data, queueKey)
  const reasonNames = useNames(reasons.data, reasonKey)
  useShortcuts({ p: () => setPinned((was) => !was) })
  return (
    <PageShell title={t('live.title')} beside={<Freshness />}>
      <div className={isStale ? 'stack stale' : 'stack'}>
        <KpiStrip />
        <QueueTable />
        <div className="row">
          <Segmented<Sort>
            value={sort}
            onChange={setSort}
            aria-label={t('live.sort')}
            options={[
              { value: 'trouble', label: t('live.sort_trouble') },
              { value: 'number', label: t('live.sort_number') },
            ]}
          />
          <Button aria-pressed={isPinned} type={isPinned ? 'primary' : 'default'} onClick={() => setPinned(!isPinned)}>
            {isPinned ? t('live.frozen') : t('live.freeze')}
            <Kbd keys="P" />
          </Button>
        </div>
        <div className={open === null ? '' : 'beside'}>
          <AgentTable sort={sort} isPinned={isPinned} onOpen={setOpen} queueNames={queueNames} reasonNames={reasonNames} />
          {open === null ? null : <AgentDrawer id={open} onClose={() => setOpen(null)} />}
        </div>
      </div>
    </PageShell>
  )
}
