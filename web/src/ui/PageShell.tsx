/** The frame of a page: a title, what stands beside it, the content. */
import { useEffect, type ReactElement, type ReactNode } from 'react'

export interface PageShellProps {
  title: string
  beside?: ReactNode
  children: ReactNode
}

const PRODUCT = '联系 Lianxi'

export function PageShell({ title, beside, children }: PageShellProps): ReactElement {
  useEffect(() => {
    document.title = `${title} · ${PRODUCT}`
    return () => {
      document.title = PRODUCT
    }
  }, [title])
  return (
    <section className="page" aria-label={title}>
      <header className="page-head">
        <h1>{title}</h1>
        {beside}
      </header>
      {children}
    </section>
  )
}
