/** A table that may be wider or longer than its place: it scrolls, also by keyboard. */
import type { ReactElement, ReactNode } from 'react'

export function Scroller({ label, className = '', children }: { label: string; className?: string; children: ReactNode }): ReactElement {
  return (
    // What scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={`scroll ${className}`.trim()} tabIndex={0} role="region" aria-label={label}>
      {children}
    </div>
  )
}
