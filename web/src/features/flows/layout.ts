/** Where nodes stand on the canvas when nobody has moved them: from left to right along the ways. */
import { Graph, layout } from '@dagrejs/dagre'

import type { FlowBody } from '@/api/flows'

import { waysOf } from './ways'

export const WIDTH = 232
const HEAD = 58
const WAY = 24

export interface Place {
  x: number
  y: number
}

export const heightOf = (ways: number): number => HEAD + ways * WAY

export function laidOut(flow: FlowBody): Record<string, Place> {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'LR', nodesep: 28, ranksep: 72, marginx: 16, marginy: 16 })
  graph.setDefaultEdgeLabel(() => ({}))
  // The start first: dagre keeps the order of nodes where nothing else decides.
  const names = Object.keys(flow.nodes).sort((one, other) => Number(other === flow.start) - Number(one === flow.start))
  for (const name of names) {
    const node = flow.nodes[name]
    if (node !== undefined) graph.setNode(name, { width: WIDTH, height: heightOf(waysOf(node).length) })
  }
  for (const name of names) {
    const node = flow.nodes[name]
    for (const way of node === undefined ? [] : waysOf(node)) {
      if (way.target in flow.nodes && way.target !== name) graph.setEdge(name, way.target, {}, way.port)
    }
  }
  layout(graph)
  return Object.fromEntries(
    names.map((name) => {
      const { x, y, width, height } = graph.node(name) as { x: number; y: number; width: number; height: number }
      return [name, { x: x - width / 2, y: y - height / 2 }]
    }),
  )
}
