/** A labelled control of the set-up of work orders. */
import { useId, type ReactElement, type ReactNode } from 'react'

interface FieldProps {
  label: string
  about?: ReactNode
  isWide?: boolean
  children: (id: string) => ReactNode
}

export function Field({ label, about, isWide = false, children }: FieldProps): ReactElement {
  const id = useId()
  return (
    <div className={isWide ? 'casesetup-field casesetup-field-wide' : 'casesetup-field'}>
      <label htmlFor={id} className="quiet">
        {label}
      </label>
      {children(id)}
      {about === undefined ? null : <span className="quiet casesetup-about">{about}</span>}
    </div>
  )
}
