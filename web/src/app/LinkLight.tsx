/** One light, the worst of microphone, SIP and the live link; a click says which. */
import { Button, Popover } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { useLinkState, useStaleSince } from '@/live/hooks'
import { problemOf } from '@/phone/state'
import { usePhone } from '@/phone/store'

import { SelfTest } from './SelfTest'

interface Part {
  name: 'link' | 'sip' | 'microphone'
  isGood: boolean
  word: string
}

function useParts(): Part[] {
  const link = useLinkState()
  const isStale = useStaleSince() !== null
  const phone = usePhone()
  const parts: Part[] = [
    { name: 'link', isGood: link === 'open' && !isStale, word: isStale ? 'stale' : link },
  ]
  if (phone.device !== 'browser' || phone.leadership !== 'here') return parts
  const isRegistered = phone.signalling === 'up' && phone.registration === 'registered'
  return [
    ...parts,
    { name: 'sip', isGood: isRegistered, word: phone.signalling === 'up' ? phone.registration : phone.signalling },
    { name: 'microphone', isGood: phone.microphone === 'ready', word: phone.microphone },
  ]
}

/** What support asks for first; no names, no numbers. */
function diagnostics(parts: Part[]): string {
  const phone = usePhone.getState()
  const problem = problemOf(phone, window.isSecureContext && window.location.protocol === 'https:')
  return JSON.stringify(
    { at: new Date().toISOString(), agent: navigator.userAgent, parts, problem, phone: { ...phone, session: phone.session?.phase } },
    null,
    1,
  )
}

export function LinkLight(): ReactElement {
  const { t } = useTranslation()
  const parts = useParts()
  const isGood = parts.every((part) => part.isGood)
  const content = (
    <div className="stack">
      <ul className="lights">
        {parts.map((part) => (
          <li key={part.name}>
            <span className={part.isGood ? 'light-ok' : 'light-red'} aria-hidden="true">
              {part.isGood ? '●' : '■'}
            </span>
            <span>{t(`link.${part.name}`)}</span>
            {part.isGood ? t('link.good') : <code>{part.word}</code>}
          </li>
        ))}
      </ul>
      <strong>{t('link.self_test')}</strong>
      <SelfTest />
      <Button size="small" onClick={() => void navigator.clipboard.writeText(diagnostics(parts))}>
        {t('link.copy')}
      </Button>
    </div>
  )
  return (
    <Popover trigger="click" destroyOnHidden content={content} title={t('link.title')}>
      <Button type="text" data-testid="link-light" data-good={isGood}>
        <span className="screen-reader">{t('link.title')}</span>
        <span className={isGood ? 'light-ok' : 'light-red'}>
          <span aria-hidden="true">{isGood ? '●' : '■'}</span> {isGood ? t('link.good') : t('link.broken')}
        </span>
      </Button>
    </Popover>
  )
}
