/** 提醒: a word to the desk of somebody whose break is over. Once sent it is not offered again for a while. */
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { floor } from '@/api/floor'
import type { AgentRow } from '@/api/schema'
import { useMay } from '@/api/session'
import { serverNow } from '@/live/clock'
import { announce } from '@/ui/announce'
import { useCommand } from '@/ui/useCommand'

const AGAIN_AFTER_MS = 2 * 60_000
const MINUTE_MS = 60_000

export interface Reminding {
  /** May this person do so at all? */
  may: boolean
  remind: (agent: AgentRow) => void
  /** Was this agent told a moment ago? */
  wasTold: (agent: string) => boolean
}

export function useReminding(): Reminding {
  const { t } = useTranslation()
  const may = useMay('live.force')
  const [told, setTold] = useState<Record<string, number>>({})
  const send = useCallback(async (agent: AgentRow) => {
    const minutes = Math.max(1, Math.round((serverNow() - agent.since) / MINUTE_MS))
    await floor.message({ agent: agent.id }, t('live.remind_words', { minutes }))
    setTold((before) => ({ ...before, [agent.id]: serverNow() }))
    announce(t('live.reminded', { name: agent.name }))
  }, [t])
  const { run } = useCommand(send)
  const remind = useCallback((agent: AgentRow) => void run(agent), [run])
  const wasTold = useCallback((agent: string) => serverNow() - (told[agent] ?? 0) < AGAIN_AFTER_MS, [told])
  // One object as long as nothing changed: a thousand rows are given it.
  return useMemo(() => ({ may, remind, wasTold }), [may, remind, wasTold])
}
