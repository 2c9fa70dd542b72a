/** One node on the canvas: its name, what it does, and a line with a handle for each way out. */
import { Handle, Position, type Node, type NodeProps } from '@xyflow/react'
import { memo, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { FlowNode } from '@/api/flows'
import { figure } from '@/ui/format'

import { useEditor } from './context'
import { SHAPES, specOf } from './spec'
import { dropOff, type Passed } from './traffic'
import { waysOf } from './ways'

export interface Drawn extends Record<string, unknown> {
  node: FlowNode
  isStart: boolean
  faults: number
  warnings: number
  passed: Passed | null
  isOnTrail: boolean
  isHere: boolean
}

function Traffic({ passed }: { passed: Passed }): ReactElement {
  const { t } = useTranslation()
  const share = dropOff(passed.entered, passed.gone)
  return (
    <span className="flow-node-passed" data-testid="node-passed">
      {t('flows.passed', { entered: passed.entered, here: passed.here, gone: figure(share, 'ratio') })}
    </span>
  )
}

export const CanvasNode = memo(function CanvasNode({ id, data, selected }: NodeProps<Node<Drawn, 'step'>>): ReactElement {
  const { t } = useTranslation()
  const { words, around } = useEditor()
  const { node, isStart, faults, warnings, passed, isOnTrail, isHere } = data
  const spec = specOf(node.type)
  const marks = ['flow-node', `flow-node-${spec.group}`, selected ? 'chosen' : '', isOnTrail ? 'walked' : '', isHere ? 'here' : '']
  return (
    <div className={marks.join(' ').trim()} data-testid={`node-${id}`}>
      <Handle type="target" position={Position.Left} className="flow-handle-in" />
      <div className="flow-node-head">
        <span aria-hidden="true" className="flow-node-shape">
          {SHAPES[spec.group]}
        </span>
        <span className="flow-node-name" title={`${words.nodeName(id, node)} (${id})`}>
          {words.nodeName(id, node)}
        </span>
        {isStart ? <span className="flow-mark flow-mark-start">{t('flows.start')}</span> : null}
        {isHere ? <span className="flow-mark flow-mark-here">{t('flows.here')}</span> : null}
        {faults > 0 ? <span className="flow-mark flow-mark-fault" data-testid={`faults-${id}`}>{t('flows.faults', { count: faults })}</span> : null}
        {faults === 0 && warnings > 0 ? <span className="flow-mark flow-mark-warning">{t('flows.warnings', { count: warnings })}</span> : null}
      </div>
      <div className="flow-node-what" title={words.summary(node, around)}>
        {words.typeName(node.type)}
        {words.summary(node, around) === '' ? '' : ` · ${words.summary(node, around)}`}
      </div>
      {passed === null ? null : <Traffic passed={passed} />}
      {waysOf(node).map((way) => (
        <div key={way.port} className={`flow-way ${way.target === '' && !way.isOptional ? 'open' : ''}`}>
          <span className="flow-way-name">{words.wayName(node.type, way)}</span>
          <Handle type="source" id={way.port} position={Position.Right} className="flow-handle-out" />
        </div>
      ))}
    </div>
  )
})
