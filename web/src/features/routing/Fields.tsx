/** The fields of a rule: what each is called, what it does, its unit, and what is wrong with it. */
import { Input, InputNumber, Select, Switch } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { useCalendars, usePrompts } from './known'
import { MS, OWN, read, written, type Field, type Section, type Thing } from './spec'

interface InputProps {
  id: string
  field: Field
  value: unknown
  onChange: (value: unknown) => void
  about: string
  isWrong: boolean
}

const list = (value: unknown): string[] => (Array.isArray(value) ? (value as string[]) : [])

function Picked({ id, field, value, onChange, about }: InputProps): ReactElement {
  const { t } = useTranslation()
  const prompts = usePrompts(field.kind === 'prompts')
  const calendars = useCalendars(field.kind === 'calendar')
  const common = { id, 'aria-describedby': about, 'data-testid': id, className: 'routing-wide' }
  if (field.kind === 'calendar') {
    const options = [{ value: '', label: t('routing.always_open') }, ...calendars]
    return <Select<string> {...common} value={String(value ?? '')} options={options} onChange={(next) => onChange(next === '' ? null : next)} />
  }
  if (field.kind === 'prompts') {
    return <Select {...common} mode="multiple" value={list(value)} options={prompts} placeholder={t('routing.nothing_said')} onChange={onChange} />
  }
  if (field.kind === 'texts') {
    const options = field.choices?.map((each) => ({ value: each, label: each })) ?? []
    const mode = field.choices === undefined ? 'tags' : 'multiple'
    return <Select {...common} mode={mode} tokenSeparators={[',', ',', ' ']} value={list(value)} options={options} onChange={onChange} />
  }
  const options = (field.choices ?? []).map((each) => ({ value: each, label: t(`routing.choice.${field.path}.${each}`) }))
  return <Select<string> {...common} value={String(value)} options={options} onChange={onChange} />
}

function FieldInput(props: InputProps): ReactElement {
  const { t } = useTranslation()
  const { id, field, value, onChange, about, isWrong } = props
  const common = { id, 'aria-describedby': about, 'data-testid': id, ...(isWrong ? { status: 'error' as const } : {}) }
  const range = { ...(field.least === undefined ? {} : { min: field.least }), ...(field.most === undefined ? {} : { max: field.most }) }
  switch (field.kind) {
    case 'text':
      return <Input {...common} maxLength={80} value={String(value ?? '')} onChange={(event) => onChange(event.target.value)} />
    case 'duration': {
      const unit = field.unit ?? 's'
      const shown = Number(value ?? 0) / MS[unit]
      return (
        <InputNumber {...common} {...range} className="routing-number" suffix={t(`routing.unit.${unit}`)} value={shown}
          onChange={(next) => next !== null && onChange(Math.round(next * MS[unit]))} />
      )
    }
    case 'share':
      return (
        <InputNumber {...common} {...range} className="routing-number" suffix="%" value={Math.round(Number(value ?? 0) * 1e4) / 100}
          onChange={(next) => next !== null && onChange(next / 100)} />
      )
    case 'number':
      return <InputNumber {...common} {...range} className="routing-number" value={Number(value ?? 0)} onChange={(next) => next !== null && onChange(next)} />
    case 'flag':
      return <Switch id={id} data-testid={id} aria-describedby={about} checked={value === true} onChange={onChange} />
    case 'own':
      return (
        <Switch id={id} data-testid={id} aria-describedby={about} checked={value !== null} onChange={(isOwn) => onChange(isOwn ? OWN[field.path] : null)} />
      )
    default:
      return <Picked {...props} />
  }
}

export interface FieldsProps<T extends object> {
  /** `queue`, `trunk`, `centre`: whose words. */
  of: string
  section: Section
  thing: T
  onChange: (thing: T) => void
  /** By path, what the server has against it. */
  wrong: Readonly<Record<string, string>>
}

export function Fields<T extends object>({ of, section, thing, onChange, wrong }: FieldsProps<T>): ReactElement {
  const { t } = useTranslation()
  const shown = section.fields.filter((field) => field.onlyIf?.(thing as Thing) ?? true)
  return (
    <div className="routing-fields">
      {shown.map((field) => {
        const id = `${of}-${field.path}`
        const problem = wrong[field.path]
        return (
          <div key={field.path} className="routing-field">
            <label htmlFor={id}>{t(`routing.field.${of}.${field.path}`)}</label>
            <FieldInput id={id} field={field} value={read(thing as Thing, field.path)} about={`${id}-about`} isWrong={problem !== undefined}
              onChange={(value) => onChange(written(thing, field.path, value))} />
            <p id={`${id}-about`} className="quiet">
              {problem === undefined ? null : <span className="over" role="alert">■ {problem} </span>}
              {t(`routing.help.${of}.${field.path}`)}
            </p>
          </div>
        )
      })}
    </div>
  )
}
