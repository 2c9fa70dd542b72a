/** One field of a node: what it is called, what it means, its unit, and how it is changed. */
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { FlowNode, Named } from '@/api/flows'

import { BranchesField } from './BranchesField'
import { useEditor } from './context'
import { DestinationField } from './DestinationField'
import { ChoicesField, NeedsField, QuestionsField, SharesField } from './LineFields'
import { NodeSelect } from './NodeSelect'
import { OperandField } from './OperandField'
import { AssignmentsField, PairsField, ResultsField } from './PairFields'
import { PromptsField } from './PromptsField'
import { BoolField, KeyField, NamedField, NumberField, OptionField, SecondsField, VariableField } from './plainFields'
import { valueOf, type Field } from './spec'
import type { Condition, Operand } from './words'

const SAYINGS = ['digits', 'number', 'money', 'date', 'time']
const LANGUAGES = ['zh', 'en']

export interface FieldEditorProps {
  node: FlowNode
  field: Field
  onChange: (value: unknown) => void
}

type Editors = Record<string, () => ReactNode>

function useEditors({ node, field, onChange }: FieldEditorProps, label: string): Editors {
  const { t } = useTranslation()
  const { around } = useEditor()
  const value = valueOf(node, field)
  const text = String(value ?? '')
  const testId = `field-${field.name}`
  const plain = { label, testId, onChange }
  const isOptional = 'default' in field
  const named = (known: readonly Named[]) => <NamedField {...plain} value={text} known={known} isOptional={isOptional} />
  const options = (values: readonly string[], prefix: string) => (
    <OptionField {...plain} value={text} options={values.map((each) => ({ value: each, label: t(`flows.${prefix}.${each}`) }))} isOptional={isOptional && value === ''} />
  )
  return {
    prompts: () => <PromptsField {...plain} value={(value ?? []) as string[]} />,
    node: () => <NodeSelect label={label} testId={testId} value={text} isOptional={field.default === null && field.name !== 'failed'} onChange={(target) => onChange(target === '' && field.default === null ? null : target)} />,
    bool: () => <BoolField {...plain} value={value === true} />,
    int: () => <NumberField {...plain} value={Number(value)} field={field} />,
    ms: () => <SecondsField {...plain} value={Number(value)} field={field} />,
    saying: () => options(SAYINGS, 'saying'),
    language: () => options(isOptional ? ['', ...LANGUAGES].slice(1) : LANGUAGES, 'language'),
    variable: () => <VariableField {...plain} value={text} />,
    key: () => <KeyField {...plain} value={text} />,
    end_key: () => <KeyField {...plain} value={text} isEnd={node.type !== 'voicemail'} isOptional />,
    queue: () => named(around.queues),
    calendar: () => named(around.calendars),
    connector: () => named(around.connectors),
    flow: () => named(around.flows),
    operand: () => <OperandField {...plain} value={(value ?? null) as Operand | null} isOptional={field.default === null} />,
    choices: () => <ChoicesField {...plain} value={(value ?? []) as never[]} />,
    shares: () => <SharesField {...plain} value={(value ?? []) as never[]} />,
    questions: () => <QuestionsField {...plain} value={(value ?? []) as never[]} />,
    needs: () => <NeedsField {...plain} value={(value ?? []) as never[]} />,
    branches: () => <BranchesField {...plain} value={(value ?? []) as { condition: Condition; next: string }[]} />,
    assignments: () => <AssignmentsField {...plain} value={(value ?? []) as never[]} />,
    arguments: () => <PairsField {...plain} value={(value ?? {}) as Record<string, Operand>} />,
    results: () => <ResultsField {...plain} value={(value ?? {}) as Record<string, string>} />,
    destination: () => <DestinationField {...plain} value={value as { type: string }} />,
  }
}

export function FieldEditor(props: FieldEditorProps): ReactElement {
  const { words } = useEditor()
  const { node, field } = props
  const label = words.fieldName(node.type, field.name)
  const meaning = words.meaning(node.type, field.name)
  const editors = useEditors(props, label)
  return (
    <div className="flow-field" role="group" aria-label={label}>
      <span className="flow-label">{label}</span>
      {editors[field.kind]?.() ?? <code>{JSON.stringify(valueOf(node, field))}</code>}
      {meaning === '' ? null : <p className="quiet">{meaning}</p>}
    </div>
  )
}
