/** The control for one item, by its kind. */
import { Checkbox, Input, InputNumber, Radio, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { useZone } from '@/api/session'
import { textIn } from '@/ui/format'
import { fieldTime, instantOf } from '@/ui/zone'

import type { FormItem } from './spec'

interface AnswerFieldProps {
  item: FormItem
  /** Of the control; its name, help and fault are `ID-name`, `ID-help` and `ID-fault`. */
  id: string
  answer: unknown
  isFaulty: boolean
  isOff: boolean
  /** `undefined` = not answered. */
  onChange: (answer: unknown) => void
}

/** More of them than this are a list to choose from. */
const MOST_BUTTONS = 4
const LONGEST_LINE = 200
const HALF = 0.5

const text = (answer: unknown): string => (typeof answer === 'string' ? answer : '')
const number = (answer: unknown): number | null => (typeof answer === 'number' ? answer : null)

export function AnswerField(props: AnswerFieldProps): ReactElement {
  const { item, id, answer, isFaulty, isOff, onChange } = props
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const wrong = {
    'aria-invalid': isFaulty,
    'aria-required': item.required === true,
    'aria-describedby': `${id}-help ${id}-fault`,
    disabled: isOff,
    'data-testid': `answer-${item.name}`,
    ...(isFaulty ? { status: 'error' as const } : {}),
  }
  const options = (item.options ?? []).map((option) => ({ value: option.value, label: textIn(i18n.language, option.zh, option.en) }))
  const words = (given: string): void => onChange(given === '' ? undefined : given)
  switch (item.kind) {
    case 'long_text':
      return <Input.TextArea id={id} rows={3} maxLength={item.longest ?? undefined} showCount={item.longest != null} value={text(answer)} onChange={(event) => words(event.target.value)} {...wrong} />
    case 'number':
    case 'points':
      return (
        <InputNumber
          id={id}
          className="number-field"
          {...(item.kind === 'points' ? { min: 0, max: item.points ?? 0, step: HALF } : {})}
          value={number(answer)}
          onChange={(given) => onChange(given ?? undefined)}
          {...wrong}
        />
      )
    case 'yes_no':
    case 'fatal':
      return (
        <Radio.Group aria-labelledby={`${id}-name`} aria-describedby={wrong['aria-describedby']} disabled={isOff} value={typeof answer === 'boolean' ? answer : null} onChange={(event) => onChange(event.target.value)} data-testid={wrong['data-testid']}>
          <Radio value={true}>{t('formspec.yes')}</Radio>
          <Radio value={false}>{t('formspec.no')}</Radio>
        </Radio.Group>
      )
    case 'choice':
      if (options.length <= MOST_BUTTONS) {
        return (
          <Radio.Group aria-labelledby={`${id}-name`} aria-describedby={wrong['aria-describedby']} disabled={isOff} value={answer ?? null} onChange={(event) => onChange(event.target.value)} data-testid={wrong['data-testid']} options={options} />
        )
      }
      return <Select id={id} allowClear showSearch={{ optionFilterProp: 'label' }} className="formspec-choice" value={answer ?? null} onChange={(given) => onChange(given ?? undefined)} options={options} {...wrong} />
    case 'choices':
      return (
        <div role="group" aria-labelledby={`${id}-name`} aria-describedby={wrong['aria-describedby']} data-testid={wrong['data-testid']}>
          <Checkbox.Group disabled={isOff} value={Array.isArray(answer) ? (answer as string[]) : []} onChange={(given) => onChange(given.length === 0 ? undefined : given)} options={options} />
        </div>
      )
    case 'date':
      return <Input id={id} type="date" className="formspec-day" value={text(answer)} onChange={(event) => words(event.target.value)} {...wrong} />
    case 'moment':
      return (
        <Input
          id={id}
          type="datetime-local"
          className="formspec-moment"
          value={typeof answer === 'number' ? fieldTime(answer, zone) : ''}
          onChange={(event) => onChange(instantOf(event.target.value, zone) ?? undefined)}
          {...wrong}
        />
      )
    case 'phone':
      return <Input id={id} type="tel" inputMode="tel" autoComplete="off" maxLength={32} className="formspec-phone" value={text(answer)} onChange={(event) => words(event.target.value)} {...wrong} />
    default:
      return <Input id={id} maxLength={item.longest ?? LONGEST_LINE} value={text(answer)} onChange={(event) => words(event.target.value)} {...wrong} />
  }
}
