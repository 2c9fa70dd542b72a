/** What is wrong now, by the rows as they are and the rules as they are set. */
import { useShallow } from 'zustand/react/shallow'

import type { AgentRow, ContactRow, QueueRow } from '@/api/schema'
import { useNow } from '@/live/hooks'
import { useLive } from '@/live/store'

import { useAlarmRules } from './alarmRules'
import { alertsOf, type Alert } from './alerts'

/** The page must have asked for the topics `agents`, `queues` and `contacts`. */
export function useAlerts(): Alert[] {
  const now = useNow()
  const rules = useAlarmRules()
  const { agents, queues, contacts } = useLive(
    useShallow((state) => ({ agents: state.topics['agents'], queues: state.topics['queues'], contacts: state.topics['contacts'] })),
  )
  return alertsOf(
    Object.values(agents ?? {}) as unknown as AgentRow[],
    Object.values(queues ?? {}) as unknown as QueueRow[],
    Object.values(contacts ?? {}) as unknown as ContactRow[],
    now,
    rules,
  )
}
