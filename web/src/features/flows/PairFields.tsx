/** Fields that give one thing to another: assignments, arguments, results. */
import { Input, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { Lines } from './Lines'
import { OperandField } from './OperandField'
import { VariableField, type Plain } from './plainFields'
import type { Operand } from './words'

interface Assignment {
  variable: string
  to: Operand
  how?: string
}

const HOWS = ['set', 'add', 'append']
const CALLER: Operand = { type: 'fact', fact: 'caller' }

export function AssignmentsField({ label, testId, value, onChange }: Plain<Assignment[]>): ReactElement {
  const { t } = useTranslation()
  return (
    <Lines<Assignment>
      label={label}
      testId={testId}
      lines={value}
      onChange={onChange}
      fresh={() => ({ variable: '', to: { type: 'constant', value: '' } })}
      render={(line, change, index) => (
        <>
          <VariableField label={t('flows.assign_to', { number: index + 1 })} testId={`${testId}-${index}-variable`} value={line.variable} onChange={(variable) => change({ ...line, variable: String(variable) })} />
          <Select size="small" style={{ width: 160 }} aria-label={t('flows.assign_how', { number: index + 1 })} value={line.how ?? 'set'} options={HOWS.map((each) => ({ value: each, label: t(`flows.assign.${each}`) }))} onChange={(how: string) => change({ ...line, how })} />
          <OperandField label={t('flows.assign_value', { number: index + 1 })} testId={`${testId}-${index}-to`} value={line.to} onChange={(to) => change({ ...line, to: to as Operand })} />
        </>
      )}
    />
  )
}

/** A name that nothing has yet: pairs are stored by name, so two without one would be one. */
function freeKey(known: Readonly<Record<string, unknown>>, wanted: string): string {
  let number = 1
  while (`${wanted}${number}` in known) number += 1
  return `${wanted}${number}`
}

/** Name → value that is given along. */
export function PairsField({ label, testId, value, onChange }: Plain<Record<string, Operand>>): ReactElement {
  const { t } = useTranslation()
  const lines = Object.entries(value)
  return (
    <Lines<[string, Operand]>
      label={label}
      testId={testId}
      lines={lines}
      onChange={(next) => onChange(Object.fromEntries(next))}
      fresh={() => [freeKey(value, 'value_'), CALLER]}
      render={([name, operand], change, index) => (
        <>
          <Input size="small" maxLength={60} aria-label={t('flows.argument', { number: index + 1 })} value={name} onChange={(event) => !(event.target.value in value) && change([event.target.value, operand])} />
          <OperandField label={name} testId={`${testId}-${index}`} value={operand} onChange={(next) => change([name, next as Operand])} />
        </>
      )}
    />
  )
}

/** Own variable ← field of the answer. */
export function ResultsField({ label, testId, value, onChange }: Plain<Record<string, string>>): ReactElement {
  const { t } = useTranslation()
  return (
    <Lines<[string, string]>
      label={label}
      testId={testId}
      lines={Object.entries(value)}
      onChange={(next) => onChange(Object.fromEntries(next))}
      fresh={() => [freeKey(value, 'result_'), '']}
      render={([variable, field], change, index) => (
        <>
          <VariableField label={t('flows.assign_to', { number: index + 1 })} testId={`${testId}-${index}`} value={variable} onChange={(own) => !(String(own) in value) && change([String(own), field])} />
          <Input size="small" maxLength={60} prefix="←" aria-label={t('flows.result_of', { number: index + 1 })} placeholder={t('flows.result_field')} value={field} onChange={(event) => change([variable, event.target.value])} />
        </>
      )}
    />
  )
}
