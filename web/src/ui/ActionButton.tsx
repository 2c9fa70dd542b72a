/**
 * A button that is never hidden: when its action is impossible it stays in place, keeps the focus
 * and says why.
 */
import { Button, Tooltip, type ButtonProps } from 'antd'
import { useId, useState, type ReactElement, type ReactNode } from 'react'

import { Kbd } from './Kbd'

export interface ActionButtonProps {
  label: ReactNode
  onAct: () => void
  /** Why it cannot be done now; `null` when it can. */
  whyNot?: string | null
  keys?: string
  testId?: string
  isBusy?: boolean
  isPressed?: boolean
  type?: ButtonProps['type']
  danger?: boolean
  icon?: ReactNode
  size?: ButtonProps['size']
}

export function ActionButton(props: ActionButtonProps): ReactElement {
  const { label, onAct, whyNot = null, keys, testId, isBusy = false, isPressed } = props
  const reason = useId()
  const isOff = whyNot !== null
  const [isLooked, setLooked] = useState(false)
  return (
    <Button
      type={props.type ?? 'default'}
      danger={props.danger === true && !isOff}
      icon={props.icon}
      size={props.size ?? 'middle'}
      loading={isBusy}
      className={isOff ? 'action action-off' : 'action'}
      aria-disabled={isOff}
      aria-describedby={isOff ? reason : undefined}
      aria-pressed={isPressed}
      data-testid={testId}
      onMouseEnter={() => setLooked(true)}
      onMouseLeave={() => setLooked(false)}
      onFocus={() => setLooked(true)}
      onBlur={() => setLooked(false)}
      onClick={() => {
        if (!isOff && !isBusy) onAct()
      }}
    >
      {label}
      {keys === undefined ? null : <Kbd keys={keys} />}
      {isOff ? (
        <span id={reason} className="screen-reader">
          {whyNot}
        </span>
      ) : null}
      {isOff && isLooked ? (
        // Inside, not around: the button stays the same one when it can be pressed again.
        <Tooltip open title={whyNot} placement="bottom" rootClassName="action-why">
          <span className="action-anchor" aria-hidden="true" />
        </Tooltip>
      ) : null}
    </Button>
  )
}
