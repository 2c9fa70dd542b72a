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

const NO_REASONS: CodeRef[] = []

function useQueueNames(queues: QueueRef[] | undefined): Map<string, string> {
  const { i18n } = useTranslation()
  const language = i18n.language
  return useMemo(() => new Map((queues ?? []).map((queue) => [queue.id, nameIn(language, queue)])), [queues, language])
}

export function LivePage(): ReactElement {
  const { t } = useTranslation()
  useTopics('queues', 'agents', 'metrics')
  const [isPinned, setPinned] = useState(false)
  const [sort, setSort] = useState<Sort>('trouble')
  const [open, setOpen] = useState<string | null>(null)
  const isStale = useStaleSince() !== null
  const queues = useQuery({ queryKey: ['queues'], queryFn: centre.queues, staleTime: 300_000 })
  const reasons = useQuery({ queryKey: ['reasons'], queryFn: centre.reasons, staleTime: 300_000 })
  const queueNames = useQueueNames(queues.data)
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
          <AgentTable sort={sort} isPinned={isPinned} onOpen={setOpen} queueNames={queueNames} reasons={reasons.data ?? NO_REASONS} />
          {open === null ? null : <AgentDrawer id={open} reasons={reasons.data ?? NO_REASONS} onClose={() => setOpen(null)} />}
        </div>
      </div>
    </PageShell>
  )
}
