/** The steps of a script: ticked by click or key, by what they fill, or by a statement that was kept. */
import { Button, Checkbox } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { ScriptStep, Statement } from '@/api/scripts'
import { duration, textIn } from '@/ui/format'

import { ScriptWords, type ScriptValues } from './ScriptWords'

export interface StepState {
  isDone: boolean
  /** The thing it fills is filled: nothing to tick. */
  isFilled: boolean
  statement: Statement | undefined
  answer: number | undefined
}

interface Props {
  step: ScriptStep
  state: StepState
  values: ScriptValues
  mayState: boolean
  isBusy: boolean
  onTick: (isDone: boolean) => void
  onState: () => void
  onAnswer: (answer: number) => void
}

function Mandatory({ step, state, values, mayState, isBusy, onState }: Props): ReactElement {
  const { t } = useTranslation()
  return (
    <div className="row script-must">
      <span aria-hidden="true">{state.statement === undefined ? '!' : '✓'}</span>
      <span className="grow">
        <b>{t('script.must')}</b> <ScriptWords step={step} values={values} />
      </span>
      {state.statement === undefined ? (
        <Button size="small" type="primary" ghost loading={isBusy} disabled={!mayState} data-script-next={!state.isDone} data-testid={`script-state-${step.id}`} onClick={onState}>
          {t('script.said')}
        </Button>
      ) : (
        <span className="quiet figure" data-testid={`script-stated-${step.id}`}>
          {t('script.said_at', { at: duration(state.statement.offset_s * 1000) })}
        </span>
      )}
    </div>
  )
}

function Branch({ step, state, values, onAnswer }: Props): ReactElement {
  const { i18n } = useTranslation()
  return (
    <div role="radiogroup" aria-label={textIn(i18n.language, step.text, step.text_en)}>
      <ScriptWords step={step} values={values} />
      <div className="row">
        {step.answers.map((answer, at) => (
          <Button key={at} size="small" role="radio" aria-checked={state.answer === at} type={state.answer === at ? 'primary' : 'default'} data-script-next={!state.isDone} data-testid={`script-answer-${step.id}-${at}`} onClick={() => onAnswer(at)}>
            {textIn(i18n.language, answer.text, answer.text_en)}
          </Button>
        ))}
      </div>
    </div>
  )
}

export function ScriptStepRow(props: Props): ReactElement {
  const { t } = useTranslation()
  const { step, state, values, onTick } = props
  if (step.kind === 'mandatory') return <Mandatory {...props} />
  if (step.kind === 'branch') return <Branch {...props} />
  return (
    <Checkbox checked={state.isDone} disabled={state.isFilled} data-script-next={!state.isDone} data-testid={`script-tick-${step.id}`} onChange={(event) => onTick(event.target.checked)}>
      <ScriptWords step={step} values={values} />
      {step.fills === 'nothing' ? null : <span className="quiet"> · {t(`script.fills.${step.fills}`)}</span>}
    </Checkbox>
  )
}
