/** A person's own views of the floor, called by the digits 1 to 9. Kept in this browser. */
import { useState } from 'react'

import { searchOf, viewOf, type View } from './view'

export interface SavedView {
  name: string
  search: string
}

const MOST = 9
const keyOf = (person: string): string => `lianxi-floor-views-${person}`

export function readViews(person: string): SavedView[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(person)) ?? '[]')
    return Array.isArray(kept) ? (kept as SavedView[]).slice(0, MOST) : []
  } catch {
    return []
  }
}

export function useSavedViews(person: string) {
  const [views, setViews] = useState(() => readViews(person))
  const keep = (next: SavedView[]): void => {
    localStorage.setItem(keyOf(person), JSON.stringify(next))
    setViews(next)
  }
  return {
    views,
    isFull: views.length >= MOST,
    add: (name: string, view: View) => keep([...views, { name, search: searchOf(view).toString() }].slice(0, MOST)),
    remove: (at: number) => keep(views.filter((_, index) => index !== at)),
    at: (number: number): View | undefined => {
      const found = views[number - 1]
      return found === undefined ? undefined : viewOf(new URLSearchParams(found.search))
    },
  }
}
