/** The fields of one step; which there are depends on what it is. */
import { Input, InputNumber, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { ScriptAnswer, ScriptStep } from '@/api/scripts'
import { END, isAside, NEXT } from '@/forms/script'
import { OrderedList } from '@/ui/OrderedList'

import { CALLS, CLOCKS, FILLS, KINDS } from './scripts'

interface Props {
  step: ScriptStep
  index: number
  steps: readonly ScriptStep[]
  onChange: (step: ScriptStep) => void
}

const SHORT = 18
const cut = (text: string): string => (text.length > SHORT ? `${text.slice(0, SHORT)}…` : text)

/** Where it goes on: only forwards. */
function Onward({ value, after, label, onChange, testId, ...props }: { value: string; after: number; label: string; onChange: (to: string) => void; testId: string } & Pick<Props, 'steps'>): ReactElement {
  const { t } = useTranslation()
  const later = props.steps.flatMap((step, at) => (at > after && !isAside(step) ? [{ value: step.id, label: `${at + 1} ${cut(step.text)}` }] : []))
  const options = [{ value: NEXT, label: t('service.script_next') }, ...later, { value: END, label: t('service.script_end') }]
  const isAstray = !options.some((option) => option.value === value)
  return (
    <Select
      className="script-onward"
      aria-label={label}
      prefix={label}
      data-testid={testId}
      status={isAstray ? 'error' : ''}
      value={value}
      options={isAstray ? [...options, { value, label: `▲ ${value}` }] : options}
      onChange={onChange}
    />
  )
}

function Answers({ step, index, steps, onChange }: Props): ReactElement {
  const { t } = useTranslation()
  return (
    <OrderedList<ScriptAnswer>
      id={`answers-${index}`}
      label={t('service.script_answers')}
      about={t('service.script_answers_about')}
      none={t('service.script_answers_none')}
      items={step.answers}
      most={9}
      blank={{ text: '', text_en: '', to: NEXT }}
      onChange={(answers) => onChange({ ...step, answers })}
      renderRow={(answer, change, at) => (
        <>
          <Input className="script-answer" maxLength={200} aria-label={t('service.script_text')} placeholder={t('service.script_text')} value={answer.text} data-testid={`answer-${index}-${at}`} onChange={(event) => change({ ...answer, text: event.target.value })} />
          <Input className="script-answer" maxLength={200} aria-label={t('service.script_text_en')} placeholder={t('service.script_text_en')} value={answer.text_en} onChange={(event) => change({ ...answer, text_en: event.target.value })} />
          <Onward value={answer.to} after={index} steps={steps} label={t('service.script_to')} testId={`answer-to-${index}-${at}`} onChange={(to) => change({ ...answer, to })} />
        </>
      )}
    />
  )
}

export function StepFields({ step, index, steps, onChange }: Props): ReactElement {
  const { t } = useTranslation()
  const choices = (group: string, values: readonly string[]) => values.map((value) => ({ value, label: t(`service.script_${group}.${value}`) }))
  return (
    <div className="script-step" data-testid={`step-${index}`}>
      <div className="row">
        <Select className="script-kind" aria-label={t('service.script_kind')} data-testid={`step-kind-${index}`} value={step.kind} options={choices('kind', KINDS)} onChange={(kind: ScriptStep['kind']) => onChange({ ...step, kind })} />
        <Select className="script-calls" aria-label={t('service.script_calls')} value={step.calls} options={choices('calls', CALLS)} onChange={(calls: ScriptStep['calls']) => onChange({ ...step, calls })} />
        {step.kind === 'timed' ? (
          <>
            <Select className="service-middle" aria-label={t('service.script_clock')} value={step.clock} options={choices('clock', CLOCKS)} onChange={(clock: ScriptStep['clock']) => onChange({ ...step, clock })} />
            <InputNumber className="script-seconds" aria-label={t('service.script_after')} suffix={t('service.script_seconds')} min={1} max={600} value={step.after_s} data-testid={`step-after-${index}`} onChange={(after_s) => after_s !== null && onChange({ ...step, after_s })} />
          </>
        ) : null}
        {isAside(step) || step.kind === 'branch' ? null : (
          <>
            <Select className="service-middle" prefix={t('service.script_fills')} aria-label={t('service.script_fills')} value={step.fills} options={choices('fills', FILLS)} onChange={(fills: ScriptStep['fills']) => onChange({ ...step, fills })} />
            <Onward value={step.then} after={index} steps={steps} label={t('service.script_then')} testId={`step-then-${index}`} onChange={(then) => onChange({ ...step, then })} />
          </>
        )}
      </div>
      <div className="script-texts">
        <Input.TextArea autoSize maxLength={1000} aria-label={t('service.script_text')} placeholder={t('service.script_text')} value={step.text} data-testid={`step-text-${index}`} onChange={(event) => onChange({ ...step, text: event.target.value })} />
        <Input.TextArea autoSize maxLength={1000} aria-label={t('service.script_text_en')} placeholder={t('service.script_text_en')} value={step.text_en} onChange={(event) => onChange({ ...step, text_en: event.target.value })} />
      </div>
      {step.kind === 'branch' ? <Answers step={step} index={index} steps={steps} onChange={onChange} /> : null}
    </div>
  )
}
