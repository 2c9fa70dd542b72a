/** The supervisor's own listening: what it is now, and its keys. One at a time. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'

import { floor, type HearingMode, type Monitor } from '@/api/floor'
import type { AgentRow, DeskView } from '@/api/schema'
import { useMay, useMe } from '@/api/session'
import { useRow } from '@/live/hooks'
import { announce } from '@/ui/announce'
import { useCommand } from '@/ui/useCommand'

export const MODES: readonly HearingMode[] = ['listen', 'whisper', 'barge']

const KEY = ['monitors']

export interface Ears {
  /** May this person be in on conversations at all? */
  may: boolean
  /** Is there a desk to hear at? */
  isSeated: boolean
  now: Monitor | null
  isBusy: boolean
  /** Be in on an agent's conversations in this way: begins, or changes how it is. */
  hear: (agent: string, mode: HearingMode) => Promise<boolean>
  help: (agent: string) => Promise<boolean>
  stop: () => Promise<boolean>
}

export function useEars(): Ears {
  const me = useMe()
  const mayForce = useMay('live.force')
  const mayDesk = useMay('desk.use')
  const client = useQueryClient()
  const row = useRow<AgentRow>('agents', me?.agent?.id ?? '')
  const desk = useRow<DeskView>('me', 'me')
  const may = mayForce && mayDesk && me?.agent != null
  // What is told of oneself changes with every step of the listening: then it is asked again.
  const told = JSON.stringify(desk?.monitoring ?? row?.monitoring ?? null)
  const found = useQuery({
    queryKey: [...KEY, told],
    queryFn: floor.monitors,
    enabled: may,
    placeholderData: (before: Monitor[] | undefined) => before,
  })
  const now = (found.data ?? []).find((each) => each.by?.id === me?.agent?.id) ?? null
  const refresh = useCallback(() => client.invalidateQueries({ queryKey: KEY }), [client])
  const hearing = useCommand(async (agent: string, mode: HearingMode) => {
    if (now !== null && now.agent?.id === agent) await floor.changeMode(now.id, mode)
    else {
      if (now !== null) await floor.stop(now.id)
      await floor.listen(agent, mode)
    }
    await refresh()
  })
  const helping = useCommand(async (agent: string) => {
    await floor.takeHelp(agent)
    await refresh()
  })
  const stopping = useCommand(async () => {
    if (now !== null) await floor.stop(now.id)
    announce('')
    await refresh()
  })
  return {
    may,
    isSeated: desk?.signed_in === true || (row !== undefined && row.state !== 'signed_out'),
    now,
    isBusy: hearing.isBusy || helping.isBusy || stopping.isBusy,
    hear: hearing.run,
    help: helping.run,
    stop: stopping.run,
  }
}
