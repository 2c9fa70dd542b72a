/** What the bell tells: things that stand now, and one's own requests that came to an end. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import { ask } from '@/api/client'
import { NOTICES, notices, type Notices } from '@/api/notices'
import type { Me, SystemRow } from '@/api/schema'
import type { components } from '@/api/schema.generated'
import { may } from '@/api/session'
import { useRow } from '@/live/hooks'
import { useTold } from '@/live/told'

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
const NONE: Notices = { unread: 0, items: [], next: null }
const NEWS_MS = 15_000
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

/** What one was told of work orders and warnings, the newest of it; a colleague's act arrives within seconds. */
export function useNotices(): Notices {
  const { data } = useQuery({
    queryKey: [...NOTICES, 'bell'],
    queryFn: () => notices.list(),
    refetchInterval: NEWS_MS,
    refetchOnWindowFocus: true,
  })
  return data ?? NONE
}

export function useNotes(me: Me): readonly Note[] {
  const { t } = useTranslation()
  const system = useRow<SystemRow>('system', 'state')
  const told = useTold((state) => state.told)
  const exports = useExports()
  return useMemo(() => {
    const notes: Note[] = told.map((alarm) => ({ ...alarm, tone: 'red' }))
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
  }, [told, system, exports, me, t])
}
