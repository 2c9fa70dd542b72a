/** 小结: the code (1..9 while no field has the focus), a note; can be filled while the call runs. */
import { Button, Input } from 'antd'
import { useEffect, useRef, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { WrapUp } from '@/api/schema'
import { nameIn } from '@/ui/format'
import { Kbd } from '@/ui/Kbd'
import { useShortcuts } from '@/ui/shortcuts'

import type { WrapUpDraft } from './wrapUp'

const DIGIT_CODES = 9
const LONGEST_NOTE = 2000

interface Props {
  wrapUp: WrapUp
  draft: WrapUpDraft
  /** After the call the codes have the focus at once. */
  isAfterCall: boolean
}

function Codes({ wrapUp, draft, isAfterCall }: Props): ReactElement {
  const { t, i18n } = useTranslation()
  const group = useRef<HTMLDivElement>(null)
  const choose = (code: string): void => draft.change({ ...draft.value, disposition: code })
  const chooseAt = (index: number) => () => {
    const code = wrapUp.codes[index]
    const hasFocus = group.current?.contains(document.activeElement) === true
    if (code !== undefined && (isAfterCall || hasFocus)) choose(code.code)
  }
  const digits = Object.fromEntries(
    Array.from({ length: DIGIT_CODES }, (_, index) => [String(index + 1), chooseAt(index)]),
  )
  const focusFirst = (): void => group.current?.querySelector('button')?.focus()
  useShortcuts({ ...digits, 'Alt+c': focusFirst, '$mod+s': draft.flush })
  useEffect(() => {
    const isTyping = document.activeElement instanceof HTMLTextAreaElement
    if (isAfterCall && !isTyping) group.current?.querySelector('button')?.focus()
  }, [isAfterCall])
  if (wrapUp.codes.length === 0) return <p className="quiet">{t('desk.no_codes')}</p>
  return (
    <div ref={group} className="codes" role="radiogroup" aria-label={t('desk.codes')}>
      {wrapUp.codes.map((code, index) => {
        const isChosen = draft.value.disposition === code.code
        return (
          <Button
            key={code.code}
            role="radio"
            aria-checked={isChosen}
            type={isChosen ? 'primary' : 'default'}
            data-testid={`wrapup-code-${code.code}`}
            onClick={() => choose(code.code)}
          >
            {index < DIGIT_CODES ? <Kbd keys={String(index + 1)} /> : null}
            {nameIn(i18n.language, code)}
          </Button>
        )
      })}
    </div>
  )
}

export function WrapUpPanel({ wrapUp, draft, isAfterCall }: Props): ReactElement {
  const { t } = useTranslation()
  return (
    <section className="panel stack" aria-label={t('desk.wrap_up')}>
      <h2>
        {t('desk.wrap_up')} <span className="quiet">{isAfterCall ? null : t('desk.wrap_up_early')}</span>
      </h2>
      <div className="quiet">
        {t('desk.codes')} <Kbd keys="Alt+C" />
      </div>
      <Codes wrapUp={wrapUp} draft={draft} isAfterCall={isAfterCall} />
      <label htmlFor="wrap-up-note">{t('desk.note')}</label>
      <Input.TextArea
        id="wrap-up-note"
        rows={4}
        maxLength={LONGEST_NOTE}
        value={draft.value.note}
        data-testid="wrapup-note"
        onChange={(event) => draft.change({ ...draft.value, note: event.target.value })}
        onBlur={draft.flush}
      />
      <span className="quiet" data-testid="wrapup-saved" data-saved={draft.saved}>
        {t(`draft.${draft.saved}`)}
      </span>
    </section>
  )
}
