import { expect, it } from 'vitest'

import { diffFlows, meet, mergeFlows } from '@/features/flows/diff'
import { addNode, connect, copyNode, newFlow, removeNode, renameNode } from '@/features/flows/edit'
import { laidOut } from '@/features/flows/layout'
import { textFrom, valueFrom } from '@/features/flows/OperandField'
import { mixed, wavBytes } from '@/features/flows/sound'
import { fieldsOf, freshNode, NODE_SPECS } from '@/features/flows/spec'
import { instantOf, wallText } from '@/features/flows/story'
import { passedBy } from '@/features/flows/traffic'
import { inOrder, leadingTo, waysOf, withWay } from '@/features/flows/ways'

import { BODY } from './world'

const node = (name: string) => BODY.nodes[name] ?? { type: 'return' }

it('each line of a menu is a way of its own, and the default is one too', () => {
  expect(waysOf(node('menu')).map((way) => [way.port, way.mark, way.target])).toEqual([
    ['choices.0', '1', 'sales'],
    ['choices.1', '2', 'bye'],
    ['default', '', 'bye'],
  ])
})

it('a way is led elsewhere, and one that may be left open holds nothing then', () => {
  expect(withWay(node('menu'), 'choices.1', 'sales')['choices']).toMatchObject([{ next: 'sales' }, { next: 'sales', name: '再见' }])
  const http = { ...freshNode('http'), timeout: 'bye' }
  expect(withWay(http, 'timeout', '')['timeout']).toBeNull()
  expect(withWay(http, 'error', '')['error']).toBe('')
})

it('a node put into a way leads on to where the way led', () => {
  const { flow, node: name } = addNode(BODY, 'hours', { node: 'greeting', port: 'next' })
  expect(name).toBe('hours')
  expect(flow.nodes['greeting']?.['next']).toBe('hours')
  expect(flow.nodes['hours']).toMatchObject({ open: 'menu', closed: '' })
})

it('a removed node leaves no way cut: ways go on to where it led', () => {
  const flow = removeNode(BODY, 'menu')
  expect(flow.nodes['greeting']?.['next']).toBe('sales')
  expect(Object.keys(flow.nodes)).toEqual(['greeting', 'sales', 'bye'])
  expect(removeNode(BODY, 'greeting').start).toBe('menu')
})

it('a renamed node keeps its place and every way to it', () => {
  const flow = renameNode(BODY, 'bye', 'farewell')
  expect(Object.keys(flow.nodes)).toEqual(['greeting', 'menu', 'sales', 'farewell'])
  expect(leadingTo(flow, 'farewell')).toHaveLength(2)
  expect(renameNode(BODY, 'bye', 'menu')).toBe(BODY)
  expect(renameNode(BODY, 'bye', 'no spaces')).toBe(BODY)
})

it('a copy has a free name', () => {
  const once = copyNode(BODY, 'menu')
  expect(once.node).toBe('menu_2')
  expect(copyNode(once.flow, 'menu_2').node).toBe('menu_3')
})

it('every type of node can be made, and what must be given is there', () => {
  for (const spec of NODE_SPECS) {
    const made = freshNode(spec.type)
    for (const field of spec.fields) expect(field.name in made).toBe(!('default' in field))
  }
})

it('a transfer to a queue has no fields of calls outside', () => {
  expect(fieldsOf({ type: 'transfer', to: { type: 'queue', queue: 'sales' } }).map((field) => field.name)).toEqual(['to', 'prompts'])
  expect(waysOf({ type: 'transfer', to: { type: 'number' } }).map((way) => [way.port, way.isOptional])).toEqual([['failed', false], ['next', true]])
})

it('nodes are listed in the order of callers, unreached ones last', () => {
  const flow = addNode(BODY, 'return').flow
  expect(inOrder(flow).map(([name]) => name)).toEqual(['greeting', 'menu', 'sales', 'bye', 'return'])
})

it('the picture goes from left to right, and nodes do not cover each other', () => {
  const places = laidOut(BODY)
  expect(places['greeting']?.x).toBeLessThan(places['menu']?.x ?? 0)
  expect(places['menu']?.x).toBeLessThan(places['sales']?.x ?? 0)
  expect(Math.abs((places['sales']?.y ?? 0) - (places['bye']?.y ?? 0))).toBeGreaterThan(50)
})

it('a default that is written down is no difference', () => {
  const same = { ...BODY, nodes: { ...BODY.nodes, bye: { type: 'hang_up', prompts: ['goodbye'], name: '' } } }
  expect(diffFlows(BODY, same)).toEqual([])
})

it('differences name the node and the field', () => {
  const changed = connect(addNode({ ...BODY, name: '新' }, 'return').flow, 'greeting', 'next', 'sales')
  expect(diffFlows(BODY, changed)).toEqual([
    { node: '', kind: 'changed', fields: [{ field: 'name', before: '欢迎流程', after: '新' }] },
    { node: 'greeting', kind: 'changed', fields: [{ field: 'next', before: 'menu', after: 'sales' }] },
    { node: 'return', kind: 'added', fields: [] },
  ])
})

it('changes of two people at different nodes go together; at the same node a side is chosen', () => {
  const mine = connect(connect(BODY, 'greeting', 'next', 'sales'), 'menu', 'default', 'sales')
  const theirs = connect({ ...BODY, name: '对方' }, 'menu', 'default', 'greeting')
  expect(meet(BODY, mine, theirs).map((each) => [each.node, each.isConflict])).toEqual([['greeting', false], ['menu', true], ['', false]])
  const together = mergeFlows(BODY, mine, theirs, {})
  expect([together.name, together.nodes['greeting']?.['next'], together.nodes['menu']?.['default']]).toEqual(['对方', 'sales', 'sales'])
  expect(mergeFlows(BODY, mine, theirs, { menu: 'theirs' }).nodes['menu']?.['default']).toBe('greeting')
})

it('the same change on both sides is no conflict', () => {
  const both = connect(BODY, 'greeting', 'next', 'sales')
  expect(meet(BODY, both, structuredClone(both)).every((each) => !each.isConflict)).toBe(true)
})

it('typed constants are what they look like, and a quoted number stays a text', () => {
  expect(['7', '1.0', 'true', '"007"', '王'].map(valueFrom)).toEqual([7, '1.0', true, '007', '王'])
  expect([7, '7', '007', 'x'].map(textFrom)).toEqual(['7', '"7"', '007', 'x'])
})

it('the clock of a trial is that of the organisation', () => {
  const at = instantOf('2026-11-22T14:30', 'Asia/Shanghai') ?? 0
  expect(new Date(at).toISOString()).toBe('2026-11-22T06:30:00.000Z')
  expect(wallText(at, 'Asia/Shanghai')).toBe('2026-11-22T14:30')
  expect(instantOf('', 'Asia/Shanghai')).toBeNull()
})

it('traffic of all versions is put together by node', () => {
  const count = { node: 'menu', entered: 10, here: 1, left: { caller_gone: 2, chosen: 7 } }
  expect(passedBy([{ ...count, version: 1 }, { ...count, version: 2 }], null)).toEqual({ menu: { entered: 20, here: 2, gone: 4 } })
})

it('what the microphone gave becomes a WAV file', () => {
  const bytes = new DataView(wavBytes(mixed([new Float32Array([1, -2]), new Float32Array([0, -2])]), 16_000))
  expect([bytes.byteLength, bytes.getUint32(24, true), bytes.getInt16(44, true), bytes.getInt16(46, true)]).toEqual([48, 16_000, 16_384, -32_767])
})

it('a new flow can be published as it is', () => {
  const flow = newFlow('新')
  expect(Object.values(flow.nodes).flatMap(waysOf).every((way) => way.target in flow.nodes)).toBe(true)
})
