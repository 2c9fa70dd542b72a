/** Fields that hold one value. */
import { Button, InputNumber, Select, Switch } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { Named } from '@/api/flows'
import { nameIn } from '@/ui/format'

import { useEditor } from './context'
import type { Field } from './spec'

export interface Plain<T> {
  label: string
  testId: string
  value: T
  onChange: (value: unknown) => void
}

export function BoolField({ label, testId, value, onChange }: Plain<boolean>): ReactElement {
  return (
    <span>
      <Switch size="small" checked={value} aria-label={label} data-testid={testId} onChange={onChange} />
    </span>
  )
}

export function NumberField({ label, testId, value, field, onChange }: Plain<number> & { field: Field }): ReactElement {
  const { t } = useTranslation()
  return (
    <InputNumber
      size="small"
      style={{ width: 160 }}
      aria-label={label}
      data-testid={testId}
      value={value}
      min={field.min}
      max={field.max}
      precision={0}
      suffix={field.unit === undefined ? undefined : t(`flows.unit.${field.unit}`)}
      onChange={(next) => next !== null && onChange(next)}
    />
  )
}

/** Stored in milliseconds, read and written in seconds. */
export function SecondsField({ label, testId, value, field, onChange }: Plain<number> & { field: Field }): ReactElement {
  const { t } = useTranslation()
  const least = (field.min ?? 0) / 1000
  const most = (field.max ?? 0) / 1000
  return (
    <span className="flow-line">
      <InputNumber
        size="small"
        style={{ width: 160 }}
        aria-label={label}
        data-testid={testId}
        value={value / 1000}
        min={least}
        max={most}
        step={least < 1 ? 0.1 : 1}
        suffix={t('flows.unit.s')}
        onChange={(next) => next !== null && onChange(Math.round(next * 1000))}
      />
      <span className="quiet">{t('flows.between', { least, most })}</span>
    </span>
  )
}

export interface Option {
  value: string
  label: string
}

export function OptionField({ label, testId, value, options, isOptional, onChange }: Plain<string> & { options: Option[]; isOptional?: boolean }): ReactElement {
  const { t } = useTranslation()
  return (
    <Select
      size="small"
      style={{ width: '100%' }}
      aria-label={label}
      data-testid={testId}
      value={value === '' ? undefined : value}
      placeholder={isOptional === true ? t('flows.usual') : t('flows.choose')}
      options={options}
      onChange={onChange}
    />
  )
}

/** Something that is known by a name; what was there and is known no more stays to be seen. */
export function NamedField({ label, testId, value, known, isOptional = false, onChange }: Plain<string> & { known: readonly Named[]; isOptional?: boolean }): ReactElement {
  const { t, i18n } = useTranslation()
  const isUnknown = value !== '' && !known.some((each) => each.id === value)
  const options = known.map((each) => ({ value: each.id, label: nameIn(i18n.language, each) === each.id ? each.id : `${nameIn(i18n.language, each)} (${each.id})` }))
  return (
    <Select
      size="small"
      showSearch={{ optionFilterProp: 'label' }}
      style={{ width: '100%' }}
      aria-label={label}
      data-testid={testId}
      status={isUnknown || (value === '' && !isOptional) ? 'error' : undefined}
      value={value === '' ? undefined : value}
      placeholder={isOptional ? t('flows.none') : t('flows.choose')}
      allowClear={isOptional}
      options={isUnknown ? [...options, { value, label: t('flows.unknown_name', { name: value }) }] : options}
      onChange={(chosen?: string) => onChange(chosen ?? '')}
    />
  )
}

const KEYS = [...'1234567890*#']

export function KeyField({ label, testId, value, isEnd = false, isOptional = false, onChange }: Plain<string> & { isEnd?: boolean; isOptional?: boolean }): ReactElement {
  const { t } = useTranslation()
  const keys = isEnd ? ['#', '*'] : KEYS
  return (
    <Select
      size="small"
      style={{ width: 120 }}
      aria-label={label}
      data-testid={testId}
      value={value}
      options={[...(isOptional ? [{ value: '', label: t('flows.none') }] : []), ...keys.map((key) => ({ value: key, label: key }))]}
      onChange={onChange}
    />
  )
}

const VARIABLE = /^[a-z][a-z0-9_]{0,39}$/

/** A variable of the flow. A name that is typed and not there yet can be chosen, and then declared. */
export function VariableField({ label, testId, value, onChange }: Plain<string>): ReactElement {
  const { t } = useTranslation()
  const { editing, flow } = useEditor()
  const [typed, setTyped] = useState('')
  const names = flow.variables.map((variable) => variable.name)
  const isUnknown = value !== '' && !names.includes(value)
  const more = [...new Set([value, VARIABLE.test(typed) ? typed : ''])].filter((name) => name !== '' && !names.includes(name))
  const declare = (): void => editing.change({ ...flow, variables: [...flow.variables, { name: value, kind: 'text' }] })
  return (
    <div className="stack">
      <Select
        size="small"
        style={{ width: '100%' }}
        showSearch={{ onSearch: setTyped }}
        aria-label={label}
        data-testid={testId}
        status={value === '' || isUnknown ? 'error' : undefined}
        value={value === '' ? undefined : value}
        placeholder={t('flows.choose_or_type')}
        options={[...names.map((name) => ({ value: name, label: name })), ...more.map((name) => ({ value: name, label: t('flows.new_variable', { name }) }))]}
        onChange={onChange}
      />
      {isUnknown ? (
        <div>
          <Button size="small" data-testid={`${testId}-declare`} onClick={declare}>
            {t('flows.declare_this', { name: value })}
          </Button>
        </div>
      ) : null}
    </div>
  )
}
