/** What a step asks before it happens, in place; what is written stays until it happened. */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Input, Radio } from 'antd'
import { useEffect, useId, useRef, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { warnings, type Warning } from '@/api/warnings'
import { FormSpec } from '@/shared/formspec/FormSpec'
import { faultsOf, keptAnswers, missingFaults, type Faults } from '@/shared/formspec/spec'
import { announce } from '@/ui/announce'
import { codeOf, useProblemText } from '@/ui/problems'
import { useShortcuts } from '@/ui/shortcuts'
import { ErrorBox, Loading } from '@/ui/states'

import { useDraft, type Draft } from './useDraft'
import { useSheet, useTakeOver, warningKey } from './useWarning'
import { WarningStateTag } from './words'

/** Steps that need no words. */
const WORDLESS = new Set(['approve', 'send_back', 'feedback'])
/** Refusals that say that the page shows what is no longer so. */
const OUTRUN = new Set(['warning_changed', 'event_not_allowed', 'warning_rejected', 'warning_not_rejected'])

const isTextNeeded = (event: string, draft: Draft): boolean => (event === 'recontact' ? draft.satisfied === false : event !== 'submit' && !WORDLESS.has(event))

const isReady = (event: string, draft: Draft): boolean =>
  (event !== 'recontact' || draft.satisfied !== null) && (!isTextNeeded(event, draft) || draft.text.trim() !== '')

function Sheet({ draft, faults, onChange }: { draft: Draft; faults: Faults; onChange: (answers: Record<string, unknown>) => void }): ReactElement {
  const sheet = useSheet()
  if (sheet.isError) return <ErrorBox error={sheet.error} onRetry={() => void sheet.refetch()} />
  return sheet.data === undefined ? <Loading rows={6} /> : <FormSpec items={sheet.data.items} answers={draft.answers} faults={faults} onChange={onChange} />
}

/** Somebody else was quicker: what it is now; what was written stays. */
function Outrun({ warning, isStillPossible, onGoOn }: { warning: Warning; isStillPossible: boolean; onGoOn: () => void }): ReactElement {
  const { t } = useTranslation()
  return (
    <div className="conflict" role="alert" data-testid="composer-outrun">
      <p>
        {t('warnings.outrun')} <WarningStateTag state={warning.state} /> {t('warnings.kept')}
      </p>
      <div className="row">
        {isStillPossible ? (
          <Button onClick={onGoOn} data-testid="composer-go-on">
            {t('warnings.go_on')}
          </Button>
        ) : (
          <span>{t('warnings.not_now')}</span>
        )}
      </div>
    </div>
  )
}

export function Composer({ warning, event, onClose }: { warning: Warning; event: string; onClose: () => void }): ReactElement {
  const { t, i18n } = useTranslation()
  const textOf = useProblemText()
  const client = useQueryClient()
  const takeOver = useTakeOver()
  const id = useId()
  const place = useRef<HTMLElement>(null)
  const sheet = useSheet()
  const { draft, set, forget } = useDraft(warning.id, event, warning.sheet)
  // The revision that was read: it moves on only when the person has seen what changed.
  const [read, setRead] = useState(warning.revision)
  const [isBusy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<unknown>(null)
  const [faults, setFaults] = useState<Faults>({})
  const step = warning.possible.find((each) => each.event === event)
  const isOutrun = warning.revision !== read
  const title = t(`warnings.event.${event}`)
  useEffect(() => {
    place.current?.querySelector<HTMLElement>('input:not([disabled]), textarea, button.composer-go')?.focus()
  }, [])
  const go = async (): Promise<void> => {
    if (isBusy || isOutrun || step === undefined || !isReady(event, draft)) return
    const items = sheet.data?.items ?? []
    const missing = event === 'submit' ? missingFaults(items, draft.answers) : {}
    setFaults(missing)
    if (Object.keys(missing).length > 0) return
    setBusy(true)
    setRefusal(null)
    try {
      const answers = event === 'submit' ? keptAnswers(items, draft.answers) : {}
      const after = await warnings.fire(warning.id, { event, text: draft.text.trim(), answers, satisfied: draft.satisfied, revision: read })
      forget()
      takeOver(after)
      announce(t('warnings.done', { step: title, number: warning.number }))
      onClose()
    } catch (error) {
      setRefusal(error)
      setFaults(faultsOf(error))
      if (OUTRUN.has(codeOf(error))) for (const key of [warning.id, warning.number]) await client.invalidateQueries({ queryKey: warningKey(key) })
    } finally {
      setBusy(false)
    }
  }
  useShortcuts({ '$mod+Enter': () => void go(), Escape: onClose })
  return (
    <section ref={place} className="panel ew-composer" aria-labelledby={`${id}-title`} data-testid={`composer-${event}`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {i18n.exists(`warnings.about_step.${event}`) ? <p className="quiet">{t(`warnings.about_step.${event}`)}</p> : null}
      {isOutrun ? (
        <Outrun
          warning={warning}
          isStillPossible={step !== undefined}
          onGoOn={() => {
            setRead(warning.revision)
            setRefusal(null)
          }}
        />
      ) : null}
      {refusal === null || isOutrun ? null : (
        <div className="error-box ew-refusal" role="alert" data-testid="composer-refusal">
          <span aria-hidden="true">■ </span>
          {textOf(refusal)} <code>{codeOf(refusal)}</code>
        </div>
      )}
      {event === 'submit' ? <Sheet draft={draft} faults={faults} onChange={(answers) => set({ answers })} /> : null}
      {event === 'recontact' ? (
        <Radio.Group value={draft.satisfied} onChange={(change) => set({ satisfied: change.target.value as boolean })} aria-label={t('warnings.is_satisfied')}>
          <Radio value={true} data-testid="recontact-satisfied">{t('warnings.satisfied')}</Radio>
          <Radio value={false} data-testid="recontact-unsatisfied">{t('warnings.satisfied_not')}</Radio>
        </Radio.Group>
      ) : null}
      {event === 'submit' ? null : (
        <>
          <label htmlFor={`${id}-text`}>
            {t(`warnings.text.${event}`)} {isTextNeeded(event, draft) ? null : <span className="quiet">{t('warnings.optional')}</span>}
          </label>
          <Input.TextArea id={`${id}-text`} rows={3} maxLength={5_000} value={draft.text} onChange={(change) => set({ text: change.target.value })} data-testid="composer-text" />
        </>
      )}
      <div className="row">
        <Button type="primary" className="composer-go" loading={isBusy} disabled={isOutrun || step === undefined || !isReady(event, draft)} aria-keyshortcuts="Control+Enter" onClick={() => void go()} data-testid="composer-go">
          {title}
        </Button>
        <Button onClick={onClose} data-testid="composer-close">
          {t('common.cancel')}
        </Button>
        <span className="quiet">{t('warnings.draft_kept')}</span>
      </div>
    </section>
  )
}
