/** A full-width strip: what is wrong, what still works, what to do. */
import type { ReactElement, ReactNode } from 'react'

export interface StripProps {
  code: string
  tone: 'amber' | 'red' | 'blue' | 'grey'
  children: ReactNode
  action?: ReactNode
}

const SHAPE = { amber: '▲', red: '■', blue: '●', grey: '◔' } as const

export function Strip({ code, tone, children, action }: StripProps): ReactElement {
  return (
    <div className={`strip strip-${tone}`} role={tone === 'red' ? 'alert' : 'status'} data-testid={`strip-${code}`}>
      <span aria-hidden="true">{SHAPE[tone]}</span>
      <span className="strip-text">{children}</span>
      {action}
    </div>
  )
}
