/** What differs between two versions of a flow, and how two people's changes go together. */
import type { FlowBody, FlowNode, PublishedFlow } from '@/api/flows'

import { specOf } from './spec'

export interface FieldChange {
  field: string
  before: unknown
  after: unknown
}
export interface NodeChange {
  /** Empty: the flow as a whole. */
  node: string
  kind: 'added' | 'removed' | 'changed'
  fields: FieldChange[]
}

/** The same, whatever the order of keys. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, each]) => [key, sorted(each)]))
}

const EMPTY: Record<string, unknown> = { name: '', name_en: '' }

/** A node with everything that may be left out written down: so a default is no difference. */
function whole(node: FlowNode): Record<string, unknown> {
  const defaults = Object.fromEntries(specOf(node.type).fields.filter((field) => 'default' in field).map((field) => [field.name, field.default]))
  const full: Record<string, unknown> = { ...EMPTY, ...defaults, ...node }
  return Object.fromEntries(Object.entries(full).map(([name, value]) => [name, lines(value)]))
}

/** Names of lines that are empty are no names. */
function lines(value: unknown): unknown {
  if (!Array.isArray(value)) return value
  return value.map((line: unknown) => (typeof line === 'object' && line !== null && 'next' in line ? { ...EMPTY, ...line } : line))
}

export function changesOf(before: Record<string, unknown>, after: Record<string, unknown>): FieldChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names
    .filter((name) => !isSame(before[name], after[name]))
    .map((field) => ({ field, before: before[field], after: after[field] }))
}

const variables = (flow: FlowBody): unknown => flow.variables.map((each) => ({ default: null, kind: 'text', ...each }))

export function diffFlows(before: FlowBody, after: FlowBody): NodeChange[] {
  const found: NodeChange[] = []
  const flow = changesOf(
    { name: before.name, start: before.start, variables: variables(before) },
    { name: after.name, start: after.start, variables: variables(after) },
  )
  if (flow.length > 0) found.push({ node: '', kind: 'changed', fields: flow })
  for (const [name, node] of Object.entries(before.nodes)) {
    const now = after.nodes[name]
    const fields = now === undefined ? [] : changesOf(whole(node), whole(now))
    if (now === undefined) found.push({ node: name, kind: 'removed', fields: [] })
    else if (fields.length > 0) found.push({ node: name, kind: 'changed', fields })
  }
  for (const name of Object.keys(after.nodes)) {
    if (!(name in before.nodes)) found.push({ node: name, kind: 'added', fields: [] })
  }
  return found
}

export type Side = 'mine' | 'theirs'

export interface Meeting {
  node: string
  mine: NodeChange | undefined
  theirs: NodeChange | undefined
  /** Both changed it, and not to the same. */
  isConflict: boolean
}

/** Node by node: who changed what since the version both began from. */
export function meet(base: FlowBody, mine: FlowBody, theirs: FlowBody): Meeting[] {
  const own = new Map(diffFlows(base, mine).map((each) => [each.node, each]))
  const other = new Map(diffFlows(base, theirs).map((each) => [each.node, each]))
  const between = new Set(diffFlows(mine, theirs).map((each) => each.node))
  return [...new Set([...own.keys(), ...other.keys()])].map((node) => ({
    node,
    mine: own.get(node),
    theirs: other.get(node),
    isConflict: own.has(node) && other.has(node) && between.has(node),
  }))
}

/** Their version with my changes in it; where both changed a node, the chosen side's. */
export function mergeFlows(base: FlowBody, mine: FlowBody, theirs: FlowBody, chosen: Readonly<Record<string, Side>>): FlowBody {
  const result: FlowBody = { name: theirs.name, start: theirs.start, variables: theirs.variables, nodes: { ...theirs.nodes } }
  for (const each of meet(base, mine, theirs)) {
    if (each.mine === undefined || (each.isConflict && chosen[each.node] === 'theirs')) continue
    if (each.node === '') mergeWhole(result, each.mine, mine)
    else if (each.mine.kind === 'removed') delete result.nodes[each.node]
    else result.nodes[each.node] = mine.nodes[each.node] as FlowNode
  }
  return result
}

function mergeWhole(result: FlowBody, change: NodeChange, mine: FlowBody): void {
  for (const { field } of change.fields) {
    if (field === 'name') result.name = mine.name
    else if (field === 'start') result.start = mine.start
    else result.variables = mine.variables
  }
}

export const contentOf = ({ name, start, nodes, variables: own }: PublishedFlow): FlowBody => ({
  name,
  start,
  nodes: nodes as Record<string, FlowNode>,
  variables: own as unknown as FlowBody['variables'],
})
