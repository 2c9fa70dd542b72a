/** Fields that are lists: keys of menus, shares, questions, skills. */
import { Input, InputNumber, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { useEditor } from './context'
import { Lines } from './Lines'
import { NodeSelect } from './NodeSelect'
import type { Plain } from './plainFields'
import { PromptsField } from './PromptsField'

interface NamedLine {
  next: string
  name?: string
  name_en?: string
}
interface Choice extends NamedLine {
  digit: string
}
interface Share extends NamedLine {
  percent: number
}
interface Question {
  id: string
  prompts: string[]
  lowest?: number
  highest?: number
}
interface Need {
  skill: string
  level?: number
}

const KEYS = [...'1234567890*#']
const WHOLE = 100

/** Both names of a line, and where it leads. */
export function NamesAndWay<Line extends NamedLine>({ line, mark, onChange }: { line: Line; mark: string; onChange: (line: Line) => void }): ReactElement {
  const { t } = useTranslation()
  return (
    <>
      <div className="flow-line">
        <Input size="small" className="grow" maxLength={40} aria-label={t('flows.line_name', { of: mark })} placeholder={t('flows.field.name')} value={line.name ?? ''} onChange={(event) => onChange({ ...line, name: event.target.value })} />
        <Input size="small" className="grow" maxLength={60} aria-label={t('flows.line_name_en', { of: mark })} placeholder={t('flows.field.name_en')} value={line.name_en ?? ''} onChange={(event) => onChange({ ...line, name_en: event.target.value })} />
      </div>
      <div className="flow-line">
        <span aria-hidden="true">→</span>
        <NodeSelect label={t('flows.line_way', { of: mark })} value={line.next} onChange={(next) => onChange({ ...line, next })} />
      </div>
    </>
  )
}

export function ChoicesField({ label, testId, value, onChange }: Plain<Choice[]>): ReactElement {
  const { t } = useTranslation()
  const taken = value.map((choice) => choice.digit)
  return (
    <Lines<Choice>
      label={label}
      testId={testId}
      lines={value}
      most={KEYS.length}
      onChange={onChange}
      fresh={() => ({ digit: KEYS.find((key) => !taken.includes(key)) ?? '', next: '' })}
      render={(line, change) => (
        <>
          <label className="flow-line">
            {t('flows.field.key')}
            <Select
              size="small"
              style={{ width: 72 }}
              aria-label={t('flows.field.key')}
              value={line.digit}
              options={KEYS.map((key) => ({ value: key, label: key, disabled: key !== line.digit && taken.includes(key) }))}
              onChange={(digit: string) => change({ ...line, digit })}
            />
          </label>
          <NamesAndWay line={line} mark={line.digit} onChange={change} />
        </>
      )}
    />
  )
}

export function SharesField({ label, testId, value, onChange }: Plain<Share[]>): ReactElement {
  const { t } = useTranslation()
  const sum = value.reduce((total, share) => total + share.percent, 0)
  return (
    <>
      <Lines<Share>
        label={label}
        testId={testId}
        lines={value}
        onChange={onChange}
        fresh={() => ({ percent: Math.max(1, WHOLE - sum), next: '' })}
        render={(line, change, index) => (
          <>
            <InputNumber size="small" style={{ width: 110 }} min={1} max={WHOLE} precision={0} suffix="%" aria-label={t('flows.share', { number: index + 1 })} value={line.percent} onChange={(percent) => change({ ...line, percent: percent ?? 1 })} />
            <NamesAndWay line={line} mark={`${line.percent}%`} onChange={change} />
          </>
        )}
      />
      <span className={sum === WHOLE ? 'quiet' : 'flow-fault'}>{t('flows.share_sum', { sum })}</span>
    </>
  )
}

export function QuestionsField({ label, testId, value, onChange }: Plain<Question[]>): ReactElement {
  const { t } = useTranslation()
  return (
    <Lines<Question>
      label={label}
      testId={testId}
      lines={value}
      onChange={onChange}
      fresh={() => ({ id: `q${value.length + 1}`, prompts: [] })}
      render={(line, change) => (
        <>
          <label className="flow-line">
            {t('flows.question_id')}
            <Input size="small" maxLength={40} aria-label={t('flows.question_id')} value={line.id} onChange={(event) => change({ ...line, id: event.target.value })} />
          </label>
          <PromptsField label={t('flows.field.prompts')} testId={`${testId}-prompts`} value={line.prompts} onChange={(prompts) => change({ ...line, prompts: prompts as string[] })} />
          <div className="flow-line">
            <InputNumber size="small" style={{ width: 130 }} min={0} max={8} precision={0} prefix={t('flows.lowest')} aria-label={t('flows.lowest')} value={line.lowest ?? 1} onChange={(lowest) => change({ ...line, lowest: lowest ?? 1 })} />
            <InputNumber size="small" style={{ width: 130 }} min={1} max={9} precision={0} prefix={t('flows.highest')} aria-label={t('flows.highest')} value={line.highest ?? 5} onChange={(highest) => change({ ...line, highest: highest ?? 5 })} />
          </div>
        </>
      )}
    />
  )
}

export function NeedsField({ label, testId, value, onChange }: Plain<Need[]>): ReactElement {
  const { t } = useTranslation()
  const { skills } = useEditor().around
  return (
    <Lines<Need>
      label={label}
      testId={testId}
      lines={value}
      onChange={onChange}
      fresh={() => ({ skill: skills.find((each) => !value.some((need) => need.skill === each)) ?? '', level: 1 })}
      render={(line, change) => (
        <div className="flow-line">
          <Select size="small" className="grow" aria-label={t('flows.skill')} value={line.skill || undefined} placeholder={t('flows.choose')} options={[...new Set([...skills, ...(line.skill === '' ? [] : [line.skill])])].map((each) => ({ value: each, label: each }))} onChange={(skill: string) => change({ ...line, skill })} />
          <InputNumber size="small" style={{ width: 120 }} min={1} max={10} precision={0} prefix="≥" aria-label={t('flows.skill_level')} value={line.level ?? 1} onChange={(level) => change({ ...line, level: level ?? 1 })} />
        </div>
      )}
    />
  )
}
