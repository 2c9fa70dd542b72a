/** What can be done with a draft. The canvas and the list use the same operations. */
import type { FlowBody, FlowNode } from '@/api/flows'

import { freshNode } from './spec'
import { leadingTo, waysOf, withWay } from './ways'

export const NODE_NAME = /^[A-Za-z0-9_-]{1,40}$/
export const FLOW_NAME = /^[a-z][a-z0-9_-]{0,39}$/

/** What a new flow begins with: it can be published as it is. */
export const newFlow = (name: string): FlowBody => ({
  name,
  start: 'greeting',
  nodes: {
    greeting: { type: 'play', prompts: ['welcome'], next: 'end' },
    end: { type: 'hang_up' },
  },
  variables: [],
})

const withNode = (flow: FlowBody, name: string, node: FlowNode): FlowBody => ({ ...flow, nodes: { ...flow.nodes, [name]: node } })

/** A name that is not taken yet: `menu`, `menu_2`. */
export function freeName(flow: FlowBody, wanted: string): string {
  if (!(wanted in flow.nodes)) return wanted
  let number = 2
  while (`${wanted}_${number}` in flow.nodes) number += 1
  return `${wanted}_${number}`
}

export interface Added {
  flow: FlowBody
  node: string
}

/**
 * Add a node. Given a way, the node is put into it: the way leads to the new node, and the new
 * node's first way to where it led before.
 */
export function addNode(flow: FlowBody, type: string, into?: { node: string; port: string }): Added {
  const name = freeName(flow, type)
  let node = freshNode(type)
  const from = into === undefined ? undefined : flow.nodes[into.node]
  if (into === undefined || from === undefined) {
    const isFirst = Object.keys(flow.nodes).length === 0
    return { flow: { ...withNode(flow, name, node), start: isFirst ? name : flow.start }, node: name }
  }
  const before = waysOf(from).find((way) => way.port === into.port)?.target ?? ''
  const first = waysOf(node)[0]
  if (before !== '' && first !== undefined) node = withWay(node, first.port, before)
  return { flow: withNode(connect(flow, into.node, into.port, name), name, node), node: name }
}

export function connect(flow: FlowBody, node: string, port: string, target: string): FlowBody {
  const from = flow.nodes[node]
  return from === undefined ? flow : withNode(flow, node, withWay(from, port, target))
}

export function setNode(flow: FlowBody, name: string, node: FlowNode): FlowBody {
  return name in flow.nodes ? withNode(flow, name, node) : flow
}

/** Remove a node; ways that led to it go on to where its first way led, so that nothing is cut. */
export function removeNode(flow: FlowBody, name: string): FlowBody {
  const gone = flow.nodes[name]
  if (gone === undefined) return flow
  const onwards = waysOf(gone).find((way) => way.target !== '' && way.target !== name)?.target ?? ''
  let rest = flow
  for (const way of leadingTo(flow, name)) rest = connect(rest, way.node, way.port, onwards)
  const { [name]: _, ...nodes } = rest.nodes
  const start = flow.start === name ? (onwards in nodes ? onwards : (Object.keys(nodes)[0] ?? '')) : flow.start
  return { ...rest, nodes, start }
}

/** Give a node another name; everything that led to it still does, and it keeps its place in the list. */
export function renameNode(flow: FlowBody, name: string, wanted: string): FlowBody {
  if (name === wanted || !NODE_NAME.test(wanted) || wanted in flow.nodes || !(name in flow.nodes)) return flow
  let led = flow
  for (const way of leadingTo(flow, name)) led = connect(led, way.node, way.port, wanted)
  const nodes = Object.fromEntries(Object.entries(led.nodes).map(([key, node]) => [key === name ? wanted : key, node]))
  return { ...led, nodes, start: flow.start === name ? wanted : flow.start }
}

export function copyNode(flow: FlowBody, name: string): Added {
  const node = flow.nodes[name]
  if (node === undefined) return { flow, node: name }
  const copy = freeName(flow, name.replace(/_\d+$/, ''))
  return { flow: withNode(flow, copy, structuredClone(node)), node: copy }
}

/** Only what is published: no version, no dates. */
export const bodyOf = (flow: FlowBody): FlowBody => ({ name: flow.name, start: flow.start, nodes: flow.nodes, variables: flow.variables })
