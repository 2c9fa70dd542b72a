/** The ways out of a node: where each leads, and how it is led elsewhere. */
import type { FlowBody, FlowNode } from '@/api/flows'

import { fieldsOf, type Field } from './spec'

export interface Way {
  /** Names the way within the node: `next`, `choices.0`. */
  port: string
  /** The field it stands in. */
  field: string
  /** Of a list: what the line is called, e.g. the key or the share. */
  mark: string
  name: string
  name_en: string
  target: string
  /** May be left open. */
  isOptional: boolean
}

interface Line {
  next?: string
  digit?: string
  percent?: number
  name?: string
  name_en?: string
}

const LISTS = new Set(['choices', 'branches', 'shares'])

function markOf(field: Field, line: Line, index: number): string {
  if (field.kind === 'choices') return line.digit ?? ''
  if (field.kind === 'shares') return `${line.percent ?? 0}%`
  return String(index + 1)
}

export function waysOf(node: FlowNode): Way[] {
  return fieldsOf(node).flatMap((field): Way[] => {
    if (field.kind === 'node') {
      const isOptional = field.default === null && field.name !== 'failed'
      return [{ port: field.name, field: field.name, mark: '', name: '', name_en: '', target: String(node[field.name] ?? ''), isOptional }]
    }
    if (!LISTS.has(field.kind)) return []
    return ((node[field.name] ?? []) as Line[]).map((line, index) => ({
      port: `${field.name}.${index}`,
      field: field.name,
      mark: markOf(field, line, index),
      name: line.name ?? '',
      name_en: line.name_en ?? '',
      target: line.next ?? '',
      isOptional: false,
    }))
  })
}

/** The node with one way led elsewhere; an empty target leaves it open. */
export function withWay(node: FlowNode, port: string, target: string): FlowNode {
  const [name = '', index] = port.split('.')
  if (index === undefined) {
    const field = fieldsOf(node).find((each) => each.name === name)
    const value = target === '' && field?.default === null ? null : target
    return { ...node, [name]: value }
  }
  const lines = (node[name] ?? []) as Line[]
  return { ...node, [name]: lines.map((line, at) => (at === Number(index) ? { ...line, next: target } : line)) }
}

/** Every node that leads to `target`, with the ways that do. */
export function leadingTo(flow: FlowBody, target: string): { node: string; port: string }[] {
  return Object.entries(flow.nodes).flatMap(([name, node]) =>
    waysOf(node)
      .filter((way) => way.target === target)
      .map((way) => ({ node: name, port: way.port })),
  )
}

/** Nodes in the order in which callers come to them; those that nobody reaches at the end. */
export function inOrder(flow: FlowBody): [string, FlowNode][] {
  const found = new Map<string, FlowNode>()
  const waiting = [flow.start]
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const node = flow.nodes[name]
    if (node === undefined || found.has(name)) continue
    found.set(name, node)
    waiting.push(...waysOf(node).map((way) => way.target))
  }
  for (const [name, node] of Object.entries(flow.nodes)) if (!found.has(name)) found.set(name, node)
  return [...found]
}
