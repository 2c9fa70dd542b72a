/** Run a request of a person: busy while it runs, its refusal shown until put away. */
import { useCallback, useState } from 'react'

import { notify } from './notices'

export interface Command<A extends unknown[]> {
  run(...given: A): Promise<boolean>
  isBusy: boolean
}

/** `run` resolves to whether it succeeded; it never throws. */
export function useCommand<A extends unknown[]>(act: (...given: A) => Promise<unknown>): Command<A> {
  const [running, setRunning] = useState(0)
  const run = useCallback(
    async (...given: A): Promise<boolean> => {
      setRunning((count) => count + 1)
      try {
        await act(...given)
        return true
      } catch (error) {
        notify(error)
        return false
      } finally {
        setRunning((count) => count - 1)
      }
    },
    [act],
  )
  return { run, isBusy: running > 0 }
}
