/** Where somebody moved nodes to; kept in this browser, for it changes nothing for callers. */
import { useCallback, useState } from 'react'

import type { Place } from './layout'

type Places = Readonly<Record<string, Place>>
const keyOf = (flow: string): string => `lianxi-places-${flow}`

function kept(flow: string): Places {
  try {
    return JSON.parse(localStorage.getItem(keyOf(flow)) ?? '{}') as Places
  } catch {
    return {}
  }
}

export function usePlaces(flow: string): { places: Places; move: (node: string, to: Place) => void; forget: () => void } {
  const [places, setPlaces] = useState<Places>(() => kept(flow))
  const move = useCallback(
    (node: string, to: Place) =>
      setPlaces((before) => {
        const known = before[node]
        if (known !== undefined && known.x === to.x && known.y === to.y) return before
        const next = { ...before, [node]: to }
        localStorage.setItem(keyOf(flow), JSON.stringify(next))
        return next
      }),
    [flow],
  )
  const forget = useCallback(() => {
    localStorage.removeItem(keyOf(flow))
    setPlaces({})
  }, [flow])
  return { places, move, forget }
}
