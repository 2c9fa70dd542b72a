/** Is the page as narrow as a telephone? */
import { useSyncExternalStore } from 'react'

const NARROW = '(max-width: 720px)'

const subscribe = (changed: () => void): (() => void) => {
  const query = window.matchMedia(NARROW)
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}

export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => window.matchMedia(NARROW).matches)
