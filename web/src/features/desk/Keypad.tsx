/** Digits during a call, sent in the audio stream (RFC 4733). */
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { usePhoneControl } from '@/phone/context'

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#']

export function Keypad(): ReactElement {
  const { t } = useTranslation()
  const phone = usePhoneControl()
  const [pressed, setPressed] = useState('')
  const press = (digit: string): void => {
    phone.press(digit)
    setPressed((before) => `${before}${digit}`.slice(-16))
  }
  return (
    // Typing digits is the keyboard's way to press them; the buttons hold the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="group"
      aria-label={t('desk.keypad')}
      onKeyDown={(event) => {
        if (DIGITS.includes(event.key)) press(event.key)
      }}
    >
      <output className="figure" aria-label={t('desk.pressed')}>
        {pressed || '—'}
      </output>
      <div className="keypad">
        {DIGITS.map((digit, index) => (
          <Button key={digit} autoFocus={index === 0} data-testid={`keypad-${digit}`} onClick={() => press(digit)}>
            {digit}
          </Button>
        ))}
      </div>
    </div>
  )
}
