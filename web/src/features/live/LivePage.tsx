/** 现场: queues and agents as they are this second, trouble first, and what can be done about it. */
import { useQuery } from '@tanstack/react-query'
import type { InputRef } from 'antd'
import { useCallback, useMemo, useRef, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { centre } from '@/api/calls'
import type { AgentRow, CodeRef, QueueRef } from '@/api/schema'
import { useMe, useZone } from '@/api/session'
import { serverNow } from '@/live/clock'
import { useIsKnown, useStaleSince, useTopics } from '@/live/hooks'
import { clockTime, nameIn } from '@/ui/format'
import { PageShell } from '@/ui/PageShell'
import { EmptyState, Loading } from '@/ui/states'

import { useAlarmRules } from './alarmRules'
import { AgentCards } from './AgentCards'
import { AgentDrawer } from './AgentDrawer'
import { AgentList } from './AgentList'
import { AlertList } from './AlertList'
import { useFloorKeys } from './keys'
import { KpiStrip } from './KpiStrip'
import { MonitorBar } from './MonitorBar'
import { useEars } from './monitor'
import { useOrder } from './order'
import { QueueDrawer } from './QueueDrawer'
import { QueueTable } from './QueueTable'
import { useReminding } from './reminding'
import { useSavedViews } from './savedViews'
import { byNumber, byTrouble } from './severity'
import { Toolbar } from './Toolbar'
import { isNarrowed, showsAgent, useView } from './view'
import './live.css'

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
  useTopics('queues', 'agents', 'contacts', 'metrics')
  const me = useMe()
  const shown = useView()
  const { view, open, setOpen } = shown
  const [isPinned, setPinned] = useState(false)
  const [isInside, setInside] = useState(false)
  const find = useRef<InputRef>(null)
  const saved = useSavedViews(me?.user.id ?? '')
  const ears = useEars()
  const reminding = useReminding()
  const [toMove, setToMove] = useState('')
  const isStale = useStaleSince() !== null
  const isKnown = useIsKnown('agents')
  const rules = useAlarmRules()
  const queues = useQuery({ queryKey: ['queues'], queryFn: centre.queues, staleTime: 300_000 })
  const reasons = useQuery({ queryKey: ['reasons'], queryFn: centre.reasons, staleTime: 300_000 })
  const queueNames = useQueueNames(queues.data)
  const order = useCallback(
    (rows: [string, AgentRow][]) => {
      const wanted = rows.filter(([, row]) => showsAgent(view, row))
      return view.sort === 'trouble' ? byTrouble(wanted, serverNow(), rules) : byNumber(wanted)
    },
    [view, rules],
  )
  const ids = useOrder('agents', order, isPinned || isInside)
  const [kind, id = ''] = open.split(/:(.*)/s)
  const agent = kind === 'agent' ? id : ''
  const openAgent = useCallback((which: string) => setOpen(`agent:${which}`), [setOpen])
  const openQueue = useCallback(
    (which: string) => {
      setToMove('')
      setOpen(`queue:${which}`)
    },
    [setOpen],
  )
  const movePeople = (which: string): void => {
    setOpen(`queue:${which}`)
    setToMove(which)
  }
  const { hear } = ears
  const listen = useCallback(
    (which: string) => {
      setOpen(`agent:${which}`)
      void hear(which, 'listen')
    },
    [setOpen, hear],
  )
  useFloorKeys({ shown, saved, ears, ids, agent, onPin: () => setPinned((was) => !was), onFind: () => find.current?.focus() })
  const given = {
    ids,
    chosen: agent,
    onInside: setInside,
    onOpen: openAgent,
    onListen: ears.may && ears.isSeated ? listen : null,
    reminding,
    queueNames,
    reasons: reasons.data ?? NO_REASONS,
  }
  const list = view.look === 'cards' ? <AgentCards {...given} /> : <AgentList {...given} />
  const empty = isNarrowed(view) ? <EmptyState title={t('live.none_match')} why={t('live.none_match_why')} /> : <EmptyState title={t('live.no_agents')} why={t('live.no_agents_why')} />
  return (
    <PageShell title={t('live.title')} beside={<Freshness />}>
      <MonitorBar ears={ears} />
      <div className={open === '' ? '' : 'beside'}>
        <div className={isStale ? 'stack stale live-main' : 'stack live-main'}>
          <KpiStrip shown={shown} />
          <AlertList ears={ears} reminding={reminding} onOpen={setOpen} onMove={movePeople} />
          <QueueTable view={view} isPinned={isPinned} chosen={kind === 'queue' ? id : ''} onOpen={openQueue} />
          <Toolbar shown={shown} saved={saved} queueNames={queueNames} isPinned={isPinned} onPin={() => setPinned(!isPinned)} findRef={find} count={ids.length} />
          {isKnown ? ids.length === 0 ? empty : list : <Loading />}
        </div>
        {agent === '' ? null : <AgentDrawer id={agent} reasons={given.reasons} ears={ears} reminding={reminding} onClose={() => setOpen('')} />}
        {kind === 'queue' ? <QueueDrawer key={id} id={id} queueNames={queueNames} isToMove={toMove === id} onClose={() => setOpen('')} /> : null}
      </div>
    </PageShell>
  )
}
