/** A kept draft in a component. */
import { useState, useSyncExternalStore } from 'react'

import { Keeper, type SaveState } from './keeper'

export interface Draft<T> {
  value: T
  saved: SaveState
  change(value: T): void
  /** Save now, e.g. on blur. */
  flush(): void
  /** What the server has now; taken unless something here is not saved yet. */
  adopt(value: T): void
  /** The draft has become the real thing. */
  done(): void
}

/** The name and what it starts from are taken when the component mounts. */
export function useDraft<T>(name: string, initial: T, save: (value: T) => Promise<unknown>): Draft<T> {
  const [keeper] = useState(() => new Keeper(name, initial, save))
  const { value, saved } = useSyncExternalStore(keeper.subscribe, keeper.read)
  return {
    value,
    saved,
    change: (next) => keeper.change(next),
    flush: () => keeper.flush(),
    adopt: (next) => keeper.adopt(next),
    done: () => keeper.done(),
  }
}
