/** The script as the agent will read it: answers are tried out, placeholders stand as their names. */
import { Button, Segmented } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { ScriptStep } from '@/api/scripts'
import { filled, fitsCall, isAside, walk } from '@/forms/script'
import { textIn } from '@/ui/format'

import { PLACEHOLDERS } from './scripts'

function Words({ step }: { step: ScriptStep }): ReactElement {
  const { t, i18n } = useTranslation()
  const names = Object.fromEntries(PLACEHOLDERS.map((name) => [name, t(`service.script_placeholder.${name}`)]))
  return (
    <span>
      {filled(textIn(i18n.language, step.text, step.text_en), names).map((piece, at) =>
        piece.placeholder === undefined ? piece.text : <mark key={at} className={piece.isMissing ? 'script-gap' : 'script-filled'}>{piece.isMissing ? `{${piece.placeholder}}` : piece.text}</mark>,
      )}
    </span>
  )
}

function Aside({ kind, steps }: { kind: 'timed' | 'phrase'; steps: readonly ScriptStep[] }): ReactElement | null {
  const { t } = useTranslation()
  const some = steps.filter((step) => step.kind === kind)
  if (some.length === 0) return null
  return (
    <>
      <h3 className="panel-title">{t(`service.script_kind.${kind}`)}</h3>
      <ul className="script-aside">
        {some.map((step) => (
          <li key={step.id}>
            {kind === 'timed' ? <span className="quiet">{t(`service.script_clock.${step.clock}`)} {step.after_s} {t('service.script_seconds')} · </span> : null}
            <Words step={step} />
          </li>
        ))}
      </ul>
    </>
  )
}

export function ScriptPreview({ steps }: { steps: readonly ScriptStep[] }): ReactElement {
  const { t, i18n } = useTranslation()
  const [answers, setAnswers] = useState<Record<string, number>>({})
  const [calls, setCalls] = useState<'in' | 'out'>('in')
  const isOutbound = calls === 'out'
  const shown = walk(steps, answers, isOutbound)
  const aside = steps.filter((step) => isAside(step) && fitsCall(step, isOutbound))
  return (
    <section className="panel" aria-label={t('service.script_preview')} data-testid="script-preview">
      <div className="row">
        <h2 className="grow script-head">{t('service.script_preview')}</h2>
        <Segmented<'in' | 'out'> size="small" value={calls} options={(['in', 'out'] as const).map((value) => ({ value, label: t(`service.script_calls.${value}`) }))} onChange={setCalls} />
      </div>
      {steps.length === 0 ? <p className="quiet">{t('service.script_steps_none')}</p> : null}
      <ol className="script-walk">
        {shown.map((step) => (
          <li key={step.id}>
            {step.kind === 'mandatory' ? <b className="script-must">{t('service.script_kind.mandatory')} </b> : null}
            <Words step={step} />
            {step.kind === 'branch' ? (
              <span className="row">
                {step.answers.map((answer, at) => (
                  <Button key={at} size="small" aria-pressed={answers[step.id] === at} type={answers[step.id] === at ? 'primary' : 'default'} onClick={() => setAnswers({ ...answers, [step.id]: at })}>
                    {textIn(i18n.language, answer.text, answer.text_en) || '—'}
                  </Button>
                ))}
              </span>
            ) : null}
          </li>
        ))}
      </ol>
      <Aside kind="timed" steps={aside} />
      <Aside kind="phrase" steps={aside} />
    </section>
  )
}
