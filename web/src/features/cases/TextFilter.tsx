/** A filter that is typed: what stands in the field is at once there, the server is asked after a pause. */
import { Input } from 'antd'
import { useEffect, useRef, useState, type ReactElement } from 'react'

const PAUSE_MS = 300

interface TextFilterProps {
  label: string
  value: string
  clean?: (text: string) => string
  onChange: (text: string) => void
  className?: string
  testId: string
}

export function TextFilter({ label, value, clean, onChange, className, testId }: TextFilterProps): ReactElement {
  const [typed, setTyped] = useState(value)
  const [known, setKnown] = useState(value)
  const waiting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  // The address changed by something else: cleared, or another list was opened.
  if (known !== value) {
    setKnown(value)
    setTyped(value)
  }
  useEffect(() => () => clearTimeout(waiting.current), [])
  const send = (text: string): void => {
    clearTimeout(waiting.current)
    setKnown(text.trim())
    onChange(text.trim())
  }
  const change = (given: string): void => {
    const text = clean?.(given) ?? given
    setTyped(text)
    clearTimeout(waiting.current)
    waiting.current = setTimeout(() => send(text), PAUSE_MS)
  }
  return (
    <Input
      allowClear
      className={className}
      aria-label={label}
      placeholder={label}
      value={typed}
      maxLength={100}
      data-testid={testId}
      onChange={(event) => change(event.target.value)}
      onPressEnter={() => send(typed)}
    />
  )
}
