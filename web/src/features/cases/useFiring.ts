/** Letting an event happen: busy meanwhile, what was refused stands there, nothing written is lost. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { cases, type Case } from '@/api/cases'
import { announce } from '@/ui/announce'
import { codeOf } from '@/ui/problems'

import { eventOf, type Action, type Said } from './actions'
import { caseKey, useTakeOver } from './useCase'

export interface Firing {
  isBusy: boolean
  refusal: unknown
  /** Somebody else was quicker; the work order shown is the present one. */
  isOutrun: boolean
  fire(action: Action, said: Said, it: Case): Promise<boolean>
  forget(): void
}

/** Refusals that say that the page shows what is no longer so. */
const OUTRUN = new Set(['case_changed', 'event_not_allowed'])

export function useFiring(): Firing {
  const { t } = useTranslation()
  const client = useQueryClient()
  const takeOver = useTakeOver()
  const [isBusy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<unknown>(null)
  const fire = async (action: Action, said: Said, it: Case): Promise<boolean> => {
    setBusy(true)
    setRefusal(null)
    try {
      const after = action.event === 'merge' ? await cases.merge(it.id, said.into.trim(), said.reason.trim()) : await cases.fire(it.id, eventOf(action, said, it))
      takeOver(after)
      announce(t('casework.done', { action: t(`casework.event.${action.event}`), number: it.number }))
      return true
    } catch (error) {
      if (OUTRUN.has(codeOf(error))) {
        await client.invalidateQueries({ queryKey: caseKey(it.id) })
        await client.invalidateQueries({ queryKey: caseKey(it.number) })
      }
      setRefusal(error)
      return false
    } finally {
      setBusy(false)
    }
  }
  return { isBusy, refusal, isOutrun: OUTRUN.has(codeOf(refusal)), fire, forget: () => setRefusal(null) }
}
