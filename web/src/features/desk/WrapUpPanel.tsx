/** 小结: the code (1..9 while no field has the focus), a note; can be filled while the call runs. */
import { Button, Input, type InputRef } from 'antd'
import { useEffect, useRef, useState, type KeyboardEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { WrapUp } from '@/api/schema'
import { nameIn } from '@/ui/format'
import { Kbd } from '@/ui/Kbd'
import { useShortcuts } from '@/ui/shortcuts'

import type { WrapUpDraft } from './wrapUp'

const DIGIT_CODES = 9
const LONGEST_NOTE = 2000

/** By the pinyin, its initials or the whole, by a part of either name, or by the code itself. */
export function isFound(code: WrapUp['codes'][number], sought: string): boolean {
  const words = sought.trim().toLowerCase()
  return [code.sounds ?? '', code.name, code.name_en, code.code].some((text) => text.toLowerCase().includes(words))
}

interface Props {
  wrapUp: WrapUp
  draft: WrapUpDraft
  /** After the call the codes have the focus at once. */
  isAfterCall: boolean
}

function Codes({ wrapUp, draft, isAfterCall }: Props): ReactElement {
  const { t, i18n } = useTranslation()
  const group = useRef<HTMLDivElement>(null)
  const field = useRef<InputRef>(null)
  const [sought, setSought] = useState('')
  const hasMany = wrapUp.codes.length > DIGIT_CODES
  const shown = hasMany ? wrapUp.codes.filter((code) => isFound(code, sought)) : wrapUp.codes
  const choose = (code: string): void => {
    setSought('')
    draft.change({ ...draft.value, disposition: code })
  }
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
  // Letters look for a code; digits choose one of the first nine.
  const seek = (event: KeyboardEvent): void => {
    if (!hasMany || event.ctrlKey || event.metaKey || event.altKey || !/^[a-z]$/i.test(event.key)) return
    event.preventDefault()
    setSought(event.key)
    field.current?.focus()
  }
  const onField = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    const [first] = shown
    if (event.key === 'Enter' && sought !== '' && first !== undefined) choose(first.code)
    else if (event.key === 'Escape' && sought !== '') setSought('')
    else if (event.key !== 'ArrowDown') return
    event.preventDefault()
    group.current?.querySelector<HTMLElement>('[aria-checked="true"], button')?.focus()
  }
  if (wrapUp.codes.length === 0) return <p className="quiet">{t('desk.no_codes')}</p>
  return (
    <>
      {hasMany ? (
        <Input ref={field} size="small" allowClear value={sought} placeholder={t('desk.find_code')} aria-label={t('desk.find_code')} data-testid="wrapup-find" onKeyDown={onField} onChange={(event) => setSought(event.target.value)} />
      ) : null}
      {shown.length === 0 ? <p className="quiet">{t('desk.no_code_found')}</p> : null}
      {/* Its buttons have the focus; what is typed on them looks for others. */}
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus */}
      <div ref={group} className="codes" role="radiogroup" aria-label={t('desk.codes')} onKeyDown={seek}>
        {shown.map((code) => {
        const index = wrapUp.codes.indexOf(code)
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
    </>
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
