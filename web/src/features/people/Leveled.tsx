/** Queues or skills with a level each: one line apiece, added and taken away by keyboard too. */
import { Button, InputNumber, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { Option } from './known'

export interface Pair {
  name: string
  level: number
}

export interface LeveledProps {
  /** `queues` or `skills`: names the words. */
  of: 'queues' | 'skills'
  value?: Pair[]
  onChange?: (pairs: Pair[]) => void
  options: readonly Option[]
  /** What a new line begins with. */
  level: number
}

export function Leveled({ of, value = [], onChange, options, level }: LeveledProps): ReactElement {
  const { t } = useTranslation()
  const set = (pairs: Pair[]): void => onChange?.(pairs)
  const free = options.filter((option) => value.every((pair) => pair.name !== option.value))
  return (
    <div className="people-levels" data-testid={`person-${of}`}>
      {value.map((pair, index) => {
        const label = options.find((option) => option.value === pair.name)?.label ?? pair.name
        return (
          <div key={pair.name} className="people-level">
            <span className="people-level-name" title={label}>
              {label}
            </span>
            <InputNumber
              min={1}
              max={10}
              precision={0}
              value={pair.level}
              prefix={t('people.level')}
              aria-label={t('people.level_of', { name: label })}
              onChange={(next) => next !== null && set(value.map((each, at) => (at === index ? { ...each, level: next } : each)))}
            />
            <Button type="text" aria-label={t('people.take_away', { name: label })} title={t('people.take_away', { name: label })} onClick={() => set(value.filter((_, at) => at !== index))}>
              ✕
            </Button>
          </div>
        )
      })}
      <Adder of={of} free={free} onAdd={(name) => value.every((pair) => pair.name !== name) && set([...value, { name, level }])} />
    </div>
  )
}

/** A skill may be new, a queue may not. */
function Adder({ of, free, onAdd }: { of: 'queues' | 'skills'; free: Option[]; onAdd: (name: string) => void }): ReactElement {
  const { t } = useTranslation()
  const label = t(`people.add.${of}`)
  if (of === 'queues') {
    return (
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        value={null}
        placeholder={label}
        aria-label={label}
        options={free}
        data-testid="add-queues"
        onChange={(name: string | null) => name !== null && onAdd(name)}
      />
    )
  }
  return (
    <Select
      mode="tags"
      value={[]}
      placeholder={label}
      aria-label={label}
      options={free}
      data-testid="add-skills"
      onChange={(names: string[]) => {
        const name = names.at(-1)?.trim().slice(0, 40)
        if (name !== undefined && name !== '') onAdd(name)
      }}
    />
  )
}
