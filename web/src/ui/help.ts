/** What the help sheet shows: the page's explanation and the keys that are in force right now. */
import { useEffect } from 'react'
import { create } from 'zustand'

export interface HelpKey {
  /** As in `useShortcuts`, e.g. `Alt+w`. */
  keys: string
  does: string
}

interface Help {
  /** The page's two lines; null where there are none. */
  about: string | null
  keys: Readonly<Record<string, readonly HelpKey[]>>
  isOpen: boolean
}

export const useHelp = create<Help>(() => ({ about: null, keys: {}, isOpen: false }))

export const openHelp = (): void => useHelp.setState({ isOpen: true })
export const closeHelp = (): void => useHelp.setState({ isOpen: false })

/**
 * Tell the help sheet about this page while it is shown.
 *
 * @param about what the page is for, in two lines at most
 */
export function usePageHelp(about: string): void {
  useEffect(() => {
    useHelp.setState({ about })
    return () => useHelp.setState((now) => (now.about === about ? { about: null } : {}))
  }, [about])
}

/**
 * Tell the help sheet which keys a part of the page understands, while it is shown.
 *
 * @param part names the part, once on a page
 */
export function useHelpKeys(part: string, keys: readonly HelpKey[]): void {
  const written = JSON.stringify(keys)
  useEffect(() => {
    useHelp.setState((now) => ({ keys: { ...now.keys, [part]: JSON.parse(written) as HelpKey[] } }))
    return () =>
      useHelp.setState((now) => ({ keys: Object.fromEntries(Object.entries(now.keys).filter(([name]) => name !== part)) }))
  }, [part, written])
}
