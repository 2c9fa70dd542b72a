/** Branches of a condition node: the first whose condition holds is taken. */
import { Button, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { useEditor } from './context'
import { NamesAndWay } from './LineFields'
import { Lines } from './Lines'
import { OperandField } from './OperandField'
import type { Plain } from './plainFields'
import type { Condition, Operand } from './words'

interface Branch {
  condition: Condition
  next: string
  name?: string
  name_en?: string
}

const OPERATORS = ['equals', 'differs', 'less', 'at_most', 'more', 'at_least', 'begins_with', 'ends_with', 'contains']
const KINDS = ['compare', 'all', 'any', 'not'] as const
const DEEPEST = 5
const FRESH: Condition = { type: 'compare', left: { type: 'fact', fact: 'caller' }, operator: 'equals', right: { type: 'constant', value: '' } }

/** What a condition becomes when it is of another kind: what was there goes into it. */
function turned(condition: Condition, kind: Condition['type']): Condition {
  const parts = condition.type === 'compare' ? [condition] : condition.type === 'not' ? [condition.of as Condition] : ((condition.of as Condition[]) ?? [])
  if (kind === 'compare') return parts.find((part) => part.type === 'compare') ?? FRESH
  if (kind === 'not') return { type: 'not', of: parts[0] ?? FRESH }
  return { type: kind, of: parts.length === 0 ? [FRESH] : parts }
}

interface ConditionProps {
  condition: Condition
  depth: number
  label: string
  onChange: (condition: Condition) => void
}

function Comparison({ condition, label, onChange }: Omit<ConditionProps, 'depth'>): ReactElement {
  const { t } = useTranslation()
  return (
    <>
      <OperandField label={t('flows.condition.left', { of: label })} testId="condition-left" value={condition.left ?? null} onChange={(left) => onChange({ ...condition, left: left as Operand })} />
      <Select size="small" style={{ width: 160 }} aria-label={t('flows.condition.operator', { of: label })} value={condition.operator} options={OPERATORS.map((each) => ({ value: each, label: t(`flows.operator.${each}`) }))} onChange={(operator: string) => onChange({ ...condition, operator })} />
      <OperandField label={t('flows.condition.right', { of: label })} testId="condition-right" value={condition.right ?? null} onChange={(right) => onChange({ ...condition, right: right as Operand })} />
    </>
  )
}

function ConditionEditor({ condition, depth, label, onChange }: ConditionProps): ReactElement {
  const { t } = useTranslation()
  const parts = condition.type === 'not' ? [condition.of as Condition] : ((condition.of as Condition[] | undefined) ?? [])
  const put = (index: number, part: Condition): void => {
    if (condition.type === 'not') onChange({ type: 'not', of: part })
    else onChange({ ...condition, of: parts.map((each, at) => (at === index ? part : each)) })
  }
  const kinds = depth >= DEEPEST ? KINDS.slice(0, 1) : KINDS
  return (
    <div className="flow-card">
      <Select size="small" style={{ width: 160 }} aria-label={t('flows.condition.kind', { of: label })} value={condition.type} options={kinds.map((each) => ({ value: each, label: t(`flows.condition.${each}`) }))} onChange={(kind: Condition['type']) => onChange(turned(condition, kind))} />
      {condition.type === 'compare' ? (
        <Comparison condition={condition} label={label} onChange={onChange} />
      ) : (
        <>
          {parts.map((part, index) => (
            // Conditions have no names; they are what stands at their place.
            // oxlint-disable-next-line react/no-array-index-key
            <div key={index} className="stack">
              <ConditionEditor condition={part} depth={depth + 1} label={`${label} ${index + 1}`} onChange={(next) => put(index, next)} />
              {condition.type !== 'not' && parts.length > 1 ? (
                <div>
                  <Button size="small" danger onClick={() => onChange({ ...condition, of: parts.filter((_, at) => at !== index) })}>
                    {t('flows.remove')}
                  </Button>
                </div>
              ) : null}
            </div>
          ))}
          {condition.type === 'not' ? null : (
            <div>
              <Button size="small" onClick={() => onChange({ ...condition, of: [...parts, FRESH] })}>
                {t('flows.condition.add')}
              </Button>
            </div>
          )}
        </>
      )}
    </div>
  )
}

export function BranchesField({ label, testId, value, onChange }: Plain<Branch[]>): ReactElement {
  const { words } = useEditor()
  return (
    <Lines<Branch>
      label={label}
      testId={testId}
      lines={value}
      onChange={onChange}
      fresh={() => ({ condition: FRESH, next: '' })}
      render={(line, change, index) => (
        <>
          <span className="quiet">{words.condition(line.condition)}</span>
          <ConditionEditor condition={line.condition} depth={1} label={`${label} ${index + 1}`} onChange={(condition) => change({ ...line, condition })} />
          <NamesAndWay line={line} mark={`${label} ${index + 1}`} onChange={change} />
        </>
      )}
    />
  )
}
