/** What the signed-in person chose of the desktop: read at sign-in, kept on the server when changed. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'

import { own, preferencesQuery, type Preferences } from '@/api/own'
import { useMe } from '@/api/session'
import { chooseDensity, chooseTheme } from '@/ui/appearance'
import { notify } from '@/ui/notices'
import { useKeyChoices } from '@/ui/shortcuts'

import { changeLanguage, isLanguageChosen, LANGUAGES, showLanguage } from './i18n'

export const UNCHOSEN: Preferences = { language: null, theme: null, density: null, plain_keys: true, keys: {}, ring_volume: null }

function putInForce(chosen: Preferences, organisations: string): void {
  if (chosen.theme != null) chooseTheme(chosen.theme)
  if (chosen.density != null) chooseDensity(chosen.density)
  const otherwise = LANGUAGES.find((language) => language === organisations)
  if (chosen.language != null) void changeLanguage(chosen.language)
  else if (otherwise !== undefined && !isLanguageChosen()) void showLanguage(otherwise)
  useKeyChoices.setState({ isPlainOff: chosen.plain_keys === false, remapped: chosen.keys ?? {} })
}

/** Put in force what this person chose, on whichever computer. */
export function useOwnPreferences(): void {
  const { data } = useQuery(preferencesQuery)
  const organisations = useMe()?.org.language ?? ''
  useEffect(() => {
    if (data !== undefined) putInForce(data, organisations)
  }, [data, organisations])
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
