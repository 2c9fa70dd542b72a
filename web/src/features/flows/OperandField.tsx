/** A value: what a variable holds, a constant, or what the switchboard knows. */
import { Input, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { nameIn } from '@/ui/format'

import { useEditor } from './context'
import type { Plain } from './plainFields'
import type { Operand } from './words'

const FACTS = ['caller', 'caller_name', 'dialled', 'language', 'now', 'arrived_at', 'is_open', 'waiting', 'signed_in', 'available', 'estimated_wait']
const OF_QUEUES = new Set(['waiting', 'signed_in', 'available', 'estimated_wait'])
const NUMBER = /^-?\d+(\.\d+)?$/

/** Text as a person types it: `true` and numbers are what they look like, quotes keep a text. */
export function valueFrom(text: string): boolean | number | string {
  if (text === 'true' || text === 'false') return text === 'true'
  const quoted = /^"(.*)"$/.exec(text)
  if (quoted !== null) return quoted[1] ?? ''
  // `1.0` on the way to `1.05` stays as it was typed.
  return NUMBER.test(text) && String(Number(text)) === text ? Number(text) : text
}

/** The other way round; a text that looks like a number stands in quotes. */
export function textFrom(value: unknown): string {
  if (typeof value !== 'string') return String(value ?? '')
  return typeof valueFrom(value) === 'string' && !/^".*"$/.test(value) ? value : `"${value}"`
}

export interface OperandFieldProps extends Plain<Operand | null> {
  isOptional?: boolean
}

export function OperandField({ label, testId, value, isOptional = false, onChange }: OperandFieldProps): ReactElement {
  const { t, i18n } = useTranslation()
  const { around, flow } = useEditor()
  const kind = value?.type ?? 'none'
  const begin = (type: string): void => {
    if (type === 'none') onChange(null)
    else if (type === 'variable') onChange({ type, name: flow.variables[0]?.name ?? '' })
    else if (type === 'constant') onChange({ type, value: '' })
    else onChange({ type, fact: 'caller' })
  }
  const kinds = [...(isOptional ? ['none'] : []), 'fact', 'variable', 'constant']
  const about = OF_QUEUES.has(value?.fact ?? '') ? around.queues : value?.fact === 'is_open' ? around.calendars : null
  return (
    <div className="flow-line" style={{ flexWrap: 'wrap' }} data-testid={testId}>
      <Select
        size="small"
        style={{ width: 108 }}
        aria-label={t('flows.operand.kind', { of: label })}
        value={kind}
        options={kinds.map((each) => ({ value: each, label: t(`flows.operand.${each}`) }))}
        onChange={begin}
      />
      {value?.type === 'variable' ? (
        <Select
          size="small"
          className="grow"
          aria-label={label}
          status={flow.variables.some((each) => each.name === value.name) ? undefined : 'error'}
          value={value.name === '' ? undefined : value.name}
          placeholder={t('flows.choose')}
          options={flow.variables.map((each) => ({ value: each.name, label: each.name }))}
          onChange={(name: string) => onChange({ type: 'variable', name })}
        />
      ) : null}
      {value?.type === 'constant' ? (
        <Input
          key={`${testId} constant`}
          size="small"
          className="grow"
          aria-label={label}
          title={t('flows.constant_why')}
          value={textFrom(value.value)}
          onChange={(event) => onChange({ type: 'constant', value: valueFrom(event.target.value) })}
        />
      ) : null}
      {value?.type === 'fact' ? (
        <Select
          size="small"
          className="grow"
          aria-label={label}
          value={value.fact}
          options={FACTS.map((each) => ({ value: each, label: t(`flows.fact.${each}`) }))}
          onChange={(fact: string) => onChange({ type: 'fact', fact, of: '' })}
        />
      ) : null}
      {value?.type === 'fact' && about !== null ? (
        <Select
          size="small"
          style={{ width: '100%' }}
          aria-label={t('flows.fact_of')}
          status={value.of ? undefined : 'error'}
          placeholder={t('flows.choose')}
          value={value.of || undefined}
          options={about.map((each) => ({ value: each.id, label: nameIn(i18n.language, each) }))}
          onChange={(of: string) => onChange({ type: 'fact', fact: value.fact, of })}
        />
      ) : null}
    </div>
  )
}
