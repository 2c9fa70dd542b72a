/** What each type of node is made of: the same as the server's messages (a test compares them). */
import type { FlowNode } from '@/api/flows'

import described from './nodes.json'

export type FieldKind =
  | 'prompts' | 'node' | 'bool' | 'int' | 'ms' | 'operand' | 'saying' | 'language' | 'variable' | 'key' | 'end_key' | 'fixed'
  | 'queue' | 'calendar' | 'connector' | 'flow' | 'choices' | 'branches' | 'assignments' | 'shares' | 'questions' | 'needs'
  | 'arguments' | 'results' | 'destination'

export interface Field {
  name: string
  kind: FieldKind
  /** Absent: the field must be given. */
  default?: unknown
  min?: number
  max?: number
  unit?: 'times' | 'digits' | 'minutes' | 'steps'
  /** Only for transfers to numbers outside. */
  only?: 'number'
}

export const GROUPS = ['speak', 'ask', 'decide', 'outside', 'end'] as const
export type Group = (typeof GROUPS)[number]

/** A shape for each group: never colour alone. */
export const SHAPES: Record<Group, string> = { speak: '♪', ask: '#', decide: '◇', outside: '⇄', end: '■' }

export interface NodeSpec {
  type: string
  group: Group
  fields: readonly Field[]
}

export const NODE_SPECS = described as readonly NodeSpec[]
const BY_TYPE = new Map(NODE_SPECS.map((spec) => [spec.type, spec]))
const UNKNOWN: Omit<NodeSpec, 'type'> = { group: 'end', fields: [] }

/** The description of a type; one that this page does not know has no fields. */
export const specOf = (type: string): NodeSpec => BY_TYPE.get(type) ?? { type, ...UNKNOWN }

export const destinationOf = (node: FlowNode): string => String((node['to'] as { type?: string } | undefined)?.type ?? 'queue')

/** The fields that count for this node as it is. */
export const fieldsOf = (node: FlowNode): readonly Field[] =>
  specOf(node.type).fields.filter((field) => field.kind !== 'fixed' && (field.only === undefined || destinationOf(node) === field.only))

const EMPTY: Partial<Record<FieldKind, unknown>> = {
  prompts: [], node: '', saying: 'digits', language: 'zh', variable: '', queue: '', calendar: '', connector: '', flow: '',
  choices: [{ digit: '1', next: '' }], branches: [], assignments: [], shares: [{ percent: 50, next: '' }, { percent: 50, next: '' }],
  questions: [], arguments: {}, results: {}, operand: { type: 'fact', fact: 'caller' }, destination: { type: 'queue', queue: '' },
}

/** What a field holds: its own value, or what holds when it is left out. */
export const valueOf = (node: FlowNode, field: Field): unknown => (field.name in node ? node[field.name] : field.default)

/** A new node with everything that must be given, and nothing that may be left out. */
export function freshNode(type: string): FlowNode {
  const node: FlowNode = { type }
  for (const field of specOf(type).fields) {
    if (!('default' in field)) node[field.name] = structuredClone(EMPTY[field.kind])
  }
  return node
}
