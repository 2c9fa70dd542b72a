/** What the signed-in person chose of the desktop: read at sign-in, kept on the server when changed. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'

import { own, preferencesQuery, type Preferences } from '@/api/own'
import { chooseDensity, chooseTheme } from '@/ui/appearance'
import { notify } from '@/ui/notices'
import { useKeyChoices } from '@/ui/shortcuts'

import { changeLanguage } from './i18n'

export const UNCHOSEN: Preferences = { language: null, theme: null, density: null, plain_keys: true, keys: {}, ring_volume: null }

function putInForce(chosen: Preferences): void {
  if (chosen.theme != null) chooseTheme(chosen.theme)
  if (chosen.density != null) chooseDensity(chosen.density)
  if (chosen.language != null) void changeLanguage(chosen.language)
  useKeyChoices.setState({ isPlainOff: chosen.plain_keys === false, remapped: chosen.keys ?? {} })
}

/** Put in force what this person chose, on whichever computer. */
export function useOwnPreferences(): void {
  const { data } = useQuery(preferencesQuery)
  useEffect(() => {
    if (data !== undefined) putInForce(data)
  }, [data])
}

/** In force at once; a refusal of the server is shown, and the choice holds on this computer. */
export function usePrefer(): (change: Partial<Preferences>) => void {
  const client = useQueryClient()
  return useCallback(
    (change) => {
      const wanted = { ...UNCHOSEN, ...client.getQueryData(preferencesQuery.queryKey), ...change }
      client.setQueryData(preferencesQuery.queryKey, wanted)
      own.prefer(wanted).catch(notify)
    },
    [client],
  )
}
