/** Which nodes and fields differ between two versions. */
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { FlowBody } from '@/api/flows'

import type { NodeChange } from './diff'
import { useEditor } from './context'
import type { Condition, Operand, Words } from './words'

const LONGEST = 160

interface Lineish {
  digit?: string
  percent?: number
  next?: string
  name?: string
  condition?: Condition
  variable?: string
  to?: Operand
}

/** A value as a person reads it. */
function told(value: unknown, words: Words): string {
  if (value === null || value === undefined || value === '') return '—'
  if (Array.isArray(value)) return value.length === 0 ? '—' : value.map((each) => told(each, words)).join(' · ')
  if (typeof value !== 'object') return String(value)
  const line = value as Lineish
  if ('type' in value && ['variable', 'constant', 'fact'].includes(String(value.type))) return words.operand(value as Operand)
  if (line.condition !== undefined) return `${words.condition(line.condition)} → ${line.next ?? ''}`
  if (line.next !== undefined) return `${line.digit ?? (line.percent === undefined ? '' : `${line.percent}%`)} ${line.name ?? ''} → ${line.next}`.trim()
  if (line.variable !== undefined) return `{${line.variable}} = ${words.operand(line.to)}`
  return Object.entries(value)
    .map(([name, each]) => `${name}: ${told(each, words)}`)
    .join(', ')
}

const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)

export function FieldChanges({ change, type }: { change: NodeChange; type: string }): ReactElement | null {
  const { t } = useTranslation()
  const { words } = useEditor()
  if (change.kind !== 'changed') return <>{t(`flows.change.${change.kind}`)}</>
  return (
    <>
      {change.fields.map(({ field, before, after }) => (
        <div key={field}>
          {change.node === '' ? t(`flows.whole.${field}`) : words.fieldName(type, field)}: <del>{cut(told(before, words))}</del> → <ins>{cut(told(after, words))}</ins>
        </div>
      ))}
    </>
  )
}

export interface DiffTableProps {
  changes: readonly NodeChange[]
  before: FlowBody
  after: FlowBody
  empty: ReactNode
}

export function DiffTable({ changes, before, after, empty }: DiffTableProps): ReactElement {
  const { t } = useTranslation()
  const { flow, select, words } = useEditor()
  if (changes.length === 0) return <p className="quiet">{empty}</p>
  return (
    <table className="grid flow-diff" data-testid="flow-diff">
      <thead>
        <tr>
          <th scope="col">{t('flows.column.node')}</th>
          <th scope="col">{t('flows.column.change')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => {
          const node = after.nodes[change.node] ?? before.nodes[change.node]
          const name = change.node === '' ? t('flows.whole_flow') : words.nodeName(change.node, node)
          return (
            <tr key={change.node} data-testid={`change-${change.node}`}>
              <td>
                {change.node in flow.nodes ? (
                  <button type="button" className="plain-button" onClick={() => select(change.node)}>
                    {name}
                  </button>
                ) : (
                  name
                )}
              </td>
              <td>
                <FieldChanges change={change} type={node?.type ?? ''} />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
