/** The hours of one day, typed; what cannot be read is said at once and changes nothing. */
import { Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { hoursOf, hoursText, type Span } from './hours'

interface HoursInputProps {
  label: string
  spans: readonly (readonly number[])[]
  testId: string
  onChange: (spans: Span[]) => void
}

export function HoursInput({ label, spans, testId, onChange }: HoursInputProps): ReactElement {
  const { t } = useTranslation()
  const [text, setText] = useState<string | null>(null)
  const isWrong = text !== null && hoursOf(text) === null
  const done = (): void => {
    const found = text === null ? null : hoursOf(text)
    if (found !== null) {
      onChange(found)
      setText(null)
    }
  }
  return (
    <span>
      <Input
        className="service-hours typed"
        aria-label={label}
        aria-invalid={isWrong}
        status={isWrong ? 'error' : ''}
        placeholder={t('service.closed')}
        data-testid={testId}
        value={text ?? hoursText(spans)}
        onChange={(event) => setText(event.target.value)}
        onBlur={done}
        onPressEnter={done}
      />
      {isWrong ? <span className="over service-wrong" role="alert">▲ {t('service.hours_wrong')}</span> : null}
    </span>
  )
}
