/** The key that does the same. */
import type { ReactElement } from 'react'

export function Kbd({ keys }: { keys: string }): ReactElement {
  return <kbd className="kbd">{keys}</kbd>
}
