/** What the bell tells: things that stand now, and one's own requests that came to an end. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'

import { ask } from '@/api/client'
import type { Me, QueueRow, SystemRow } from '@/api/schema'
import type { components } from '@/api/schema.generated'
import { may } from '@/api/session'
import { useRow, useTopics } from '@/live/hooks'
import { useLive } from '@/live/store'
import { nameIn } from '@/ui/format'

export interface Note {
  /** The same for as long as it is the same matter. */
  id: string
  tone: 'red' | 'amber' | 'green' | 'quiet'
  text: string
  /** Where one deals with it. */
  to: string | null
  /** A file to be fetched instead. */
  file?: string
}

type Export = components['schemas']['ExportOut']

const SOON_MS = 3_000
const SELDOM_MS = 60_000
const isRunning = (each: Export): boolean => each.state === 'waiting' || each.state === 'running'

/** One's own exports; asked often while one of them is being written. */
function useExports(): readonly Export[] {
  const { data } = useQuery({
    queryKey: ['exports', 'bell'],
    queryFn: () => ask<Export[]>('GET', '/exports'),
    refetchInterval: (query) => (query.state.data?.some(isRunning) === true ? SOON_MS : SELDOM_MS),
    refetchOnWindowFocus: true,
  })
  return data ?? []
}

/** Queues in which people wait for nobody. */
function useUnstaffed(isAllowed: boolean): readonly QueueRow[] {
  useTopics(...(isAllowed ? (['queues'] as const) : []))
  return useLive(
    useShallow((state) =>
      isAllowed
        ? (Object.values(state.topics.queues ?? {}) as unknown as QueueRow[]).filter((queue) => queue.unstaffed_since != null)
        : [],
    ),
  )
}

export function useNotes(me: Me): readonly Note[] {
  const { t, i18n } = useTranslation()
  const system = useRow<SystemRow>('system', 'system')
  const queues = useUnstaffed(may(me, 'live.read'))
  const exports = useExports()
  return useMemo(() => {
    const notes: Note[] = queues.map((queue) => ({
      id: `unstaffed-${queue.id}-${queue.unstaffed_since}`,
      tone: 'red',
      text: t('bell.unstaffed', { queue: nameIn(i18n.language, queue) }),
      to: '/live',
    }))
    if (system?.problem != null) {
      notes.unshift({
        id: `system-${system.problem}`,
        tone: 'red',
        text: t('bell.system'),
        to: may(me, 'system.read') ? '/admin/system' : null,
      })
    }
    for (const each of exports) {
      const count = each.rows_done
      if (each.state === 'ready') {
        notes.push({ id: `export-${each.id}`, tone: 'green', text: t('bell.export_done', { count }), to: null, file: `/api/exports/${each.id}/file` })
      } else if (each.state === 'failed') {
        notes.push({ id: `export-${each.id}`, tone: 'amber', text: t('bell.export_failed'), to: null })
      } else if (isRunning(each)) {
        notes.push({ id: `running-${each.id}`, tone: 'quiet', text: t('bell.export_running', { count }), to: null })
      }
    }
    return notes
  }, [queues, system, exports, me, t, i18n.language])
}
