/** What an action asks before it happens, in place; what is written stays until it happened. */
import { Button } from 'antd'
import { useEffect, useId, useRef, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { Case } from '@/api/cases'
import { CaseStateTag } from '@/shared/cases/CaseTags'
import { codeOf, useProblemText } from '@/ui/problems'
import { useShortcuts } from '@/ui/shortcuts'

import { hasReturned, missingOf, type Action, type Asks, type Said } from './actions'
import { ComposerField } from './ComposerFields'
import { useFiring } from './useFiring'
import { useSaid } from './useSaid'

export interface ComposerProps {
  it: Case
  action: Action
  /** What is chosen already, e.g. by the column a card was dragged to. */
  first?: Partial<Said>
  /** After it happened. */
  onDone: () => void
  onClose: () => void
}

/** A reason is asked for again only where an area returned it before. */
const isShown = (asked: Asks, action: Action, said: Said, it: Case): boolean =>
  !(action.event === 'dispatch' && asked === 'reason') || hasReturned(it, said.area)

export function Composer({ it, action, first, onDone, onClose }: ComposerProps): ReactElement {
  const { t, i18n } = useTranslation()
  const textOf = useProblemText()
  const id = useId()
  const place = useRef<HTMLElement>(null)
  const { said, set, forget } = useSaid(it.id, action.event, first)
  const firing = useFiring()
  const missing = missingOf(action, said, it)
  const title = action.event === 'supervise' && it.supervised ? t('casework.event.supervise_off') : t(`casework.event.${action.event}`)
  useEffect(() => {
    const field = place.current?.querySelector<HTMLElement>('input:not([disabled]), textarea, button.composer-go')
    field?.focus()
  }, [])
  const go = async (): Promise<void> => {
    if (firing.isBusy || missing.length > 0) return
    if (!(await firing.fire(action, said, it))) return
    forget()
    onDone()
  }
  useShortcuts({ '$mod+Enter': () => void go(), Escape: onClose })
  return (
    <section ref={place} className="panel composer" aria-labelledby={`${id}-title`} data-testid={`composer-${action.event}`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {i18n.exists(`casework.about.${action.event}`) ? <p className="quiet">{t(`casework.about.${action.event}`)}</p> : null}
      {firing.refusal === null ? null : (
        <div className={firing.isOutrun ? 'conflict' : 'error-box composer-refusal'} role="alert" data-testid="composer-refusal">
          <p>
            <span aria-hidden="true">■ </span>
            {textOf(firing.refusal)} <code>{codeOf(firing.refusal)}</code>
          </p>
          {firing.isOutrun ? (
            <p>
              {t('casework.now')} <CaseStateTag state={it.state} isSuspended={it.suspended} /> {t('casework.kept')}
            </p>
          ) : null}
        </div>
      )}
      <div className="composer-fields">
        {action.asks
          .filter((asked) => isShown(asked, action, said, it))
          .map((asked) => (
            <ComposerField key={asked} asked={asked} it={it} event={action.event} said={said} onSay={set} />
          ))}
      </div>
      <div className="row">
        <Button type="primary" danger={action.isDangerous === true} className="composer-go" disabled={missing.length > 0} loading={firing.isBusy} data-testid="composer-go" aria-keyshortcuts="Control+Enter" onClick={() => void go()}>
          {title}
        </Button>
        <Button onClick={onClose} data-testid="composer-close">
          {t('common.cancel')}
        </Button>
        <span className="quiet">{missing.length > 0 ? t('casework.missing', { what: missing.map((each) => (each.startsWith('reason') ? t(`casework.reason_of.${action.event}`) : t(`casework.asks.${each.replace('!', '')}`))).join(t('casework.and')) }) : t('casework.go_keys')}</span>
      </div>
    </section>
  )
}
