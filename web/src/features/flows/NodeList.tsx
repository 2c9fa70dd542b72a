/** The flow as a table: the same nodes, ways and operations as on the canvas, by keyboard alone. */
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { FlowNode } from '@/api/flows'
import { figure } from '@/ui/format'

import { AddNode } from './AddNode'
import { useEditor } from './context'
import { connect, copyNode, removeNode } from './edit'
import { NodeSelect } from './NodeSelect'
import { SHAPES, specOf } from './spec'
import { dropOff, type Passed } from './traffic'
import { inOrder, waysOf } from './ways'

function Ways({ id, node }: { id: string; node: FlowNode }): ReactElement | null {
  const { t } = useTranslation()
  const { editing, flow, words } = useEditor()
  const ways = waysOf(node)
  if (ways.length === 0) return <span className="quiet">{t('flows.ends_here')}</span>
  return (
    <div className="flow-ways">
      {ways.map((way) => {
        const name = words.wayName(node.type, way)
        return [
          <span key={way.port} title={name} className={`flow-way-name ${way.target === '' && !way.isOptional ? 'open' : ''}`}>
            {name}
          </span>,
          <span key={`${way.port} to`} className="flow-line">
            <span className="grow">
              {!editing.isOpen ? (way.target === '' ? '—' : words.nodeName(way.target, flow.nodes[way.target])) : (
                <NodeSelect
                  label={t('flows.way_of', { node: words.nodeName(id, node), way: name })}
                  value={way.target}
                  isOptional={way.isOptional}
                  testId={`way-${id}-${way.port}`}
                  onChange={(target) => editing.change(connect(flow, id, way.port, target))}
                />
              )}
            </span>
            {!editing.isOpen ? null : <AddNode into={{ node: id, port: way.port }} label={t('flows.add_into', { way: name })} testId={`add-${id}-${way.port}`} />}
          </span>,
        ]
      })}
    </div>
  )
}

function Row({ id, node, passed }: { id: string; node: FlowNode; passed: Passed | null }): ReactElement {
  const { t } = useTranslation()
  const { editing, flow, words, around, problems, selected, select, trail } = useEditor()
  const own = problems.filter((problem) => problem.node === id)
  const faults = own.filter((problem) => !problem.is_warning).length
  const copy = (): void => {
    const made = copyNode(flow, id)
    editing.change(made.flow)
    select(made.node)
  }
  const remove = (): void => {
    editing.change(removeNode(flow, id))
    if (selected === id) select(null)
  }
  return (
    <tr data-testid={`row-${id}`} className={selected === id ? 'table-chosen' : undefined}>
      <td className="flow-cell">
        <button type="button" className="plain-button" data-testid={`open-${id}`} aria-expanded={selected === id} onClick={() => select(id)}>
          {words.nodeName(id, node)}
        </button>
        <div className="quiet">
          {id === flow.start ? <span className="flow-mark flow-mark-start">{t('flows.start')}</span> : null}{' '}
          {trail.here === id ? <span className="flow-mark flow-mark-here">{t('flows.here')}</span> : null} {id}
        </div>
      </td>
      <td className="flow-cell">
        <span aria-hidden="true">{SHAPES[specOf(node.type).group]} </span>
        {words.typeName(node.type)}
        <div className="quiet">{words.summary(node, around)}</div>
      </td>
      <td>
        <Ways id={id} node={node} />
      </td>
      {passed === null ? null : (
        <>
          <td className="number">{passed.entered}</td>
          <td className="number">{passed.here}</td>
          <td className="number">{figure(dropOff(passed.entered, passed.gone), 'ratio')}</td>
        </>
      )}
      <td>
        {faults > 0 ? <span className="flow-fault">■ {t('flows.faults', { count: faults })}</span> : null}
        {own.length > faults ? <div className="flow-warning">▲ {t('flows.warnings', { count: own.length - faults })}</div> : null}
        {own.length === 0 ? <span className="quiet">● {t('flows.fine')}</span> : null}
      </td>
      {!editing.isOpen ? null : (
        <td aria-label={t('flows.column.actions')}>
          <div className="flow-line">
            <Button size="small" data-testid={`copy-${id}`} onClick={copy}>
              {t('flows.copy')}
            </Button>
            <Button size="small" danger data-testid={`remove-${id}`} onClick={remove}>
              {t('flows.remove')}
            </Button>
          </div>
        </td>
      )}
    </tr>
  )
}

export function NodeList({ passed }: { passed: Readonly<Record<string, Passed>> | null }): ReactElement {
  const { t } = useTranslation()
  const { editing, flow } = useEditor()
  return (
    // What scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="flow-nodes panel" tabIndex={0} role="region" aria-label={t('flows.list')}>
      <table className="grid" data-testid="flow-list">
        <thead>
          <tr>
            <th scope="col">{t('flows.column.node')}</th>
            <th scope="col">{t('flows.column.what')}</th>
            <th scope="col">{t('flows.column.ways')}</th>
            {passed === null ? null : (
              <>
                <th scope="col" className="number">{t('flows.column.entered')}</th>
                <th scope="col" className="number">{t('flows.column.here')}</th>
                <th scope="col" className="number">{t('flows.column.gone')}</th>
              </>
            )}
            <th scope="col">{t('flows.column.checked')}</th>
            {editing.isOpen ? <th scope="col">{t('flows.column.actions')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {inOrder(flow).map(([id, node]) => (
            <Row key={id} id={id} node={node} passed={passed === null ? null : (passed[id] ?? { entered: 0, here: 0, gone: 0 })} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
