/** A part of what is known of a customer: its name, what can be done with it, its content. */
import { useId, type ReactElement, type ReactNode } from 'react'

export interface PartProps {
  title: string
  beside?: ReactNode
  children: ReactNode
  testId?: string
}

export function Part({ title, beside, children, testId }: PartProps): ReactElement {
  const id = useId()
  return (
    <section className="customer-part" aria-labelledby={id} data-testid={testId}>
      <div className="customer-part-head">
        <h3 id={id}>{title}</h3>
        {beside}
      </div>
      {children}
    </section>
  )
}
