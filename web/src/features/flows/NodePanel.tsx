/** The properties of the selected node: every field with its unit and its meaning. */
import { Button, ConfigProvider, Input, Popover } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { FlowNode } from '@/api/flows'
import { textIn } from '@/ui/format'

import { useEditor } from './context'
import { copyNode, NODE_NAME, removeNode, renameNode, setNode } from './edit'
import { FieldEditor } from './FieldEditor'
import { SideHead } from './SideHead'
import { fieldsOf } from './spec'
import { leadingTo } from './ways'

function Rename({ id }: { id: string }): ReactElement {
  const { t } = useTranslation()
  const { editing, flow, select } = useEditor()
  const [wanted, setWanted] = useState(id)
  const isTaken = wanted !== id && wanted in flow.nodes
  const isWrong = !NODE_NAME.test(wanted)
  const rename = (): void => {
    if (isTaken || isWrong) return
    editing.change(renameNode(flow, id, wanted))
    select(wanted)
  }
  return (
    <div className="stack" style={{ width: 260 }}>
      <Input aria-label={t('flows.node_id')} value={wanted} maxLength={40} data-testid="node-id" onChange={(event) => setWanted(event.target.value)} onPressEnter={rename} />
      <span className="quiet">{isTaken ? t('flows.name_taken') : isWrong ? t('flows.name_wrong') : t('flows.rename_why')}</span>
      <Button disabled={isTaken || isWrong || wanted === id} onClick={rename} data-testid="node-rename">
        {t('flows.rename')}
      </Button>
    </div>
  )
}

function Faults({ id }: { id: string }): ReactElement | null {
  const { i18n } = useTranslation()
  const { problems } = useEditor()
  const own = problems.filter((problem) => problem.node === id)
  if (own.length === 0) return null
  return (
    <ul className="flow-faults" data-testid="node-faults">
      {own.map((problem) => (
        <li key={`${problem.reason} ${problem.what}`} className={problem.is_warning ? 'flow-warning' : 'flow-fault'}>
          <span aria-hidden="true">{problem.is_warning ? '▲' : '■'}</span>
          <span>{textIn(i18n.language, problem.sentence, problem.sentence_en)}</span>
        </li>
      ))}
    </ul>
  )
}

function LeadsHere({ id }: { id: string }): ReactElement | null {
  const { t } = useTranslation()
  const { flow, select, words } = useEditor()
  const from = [...new Set(leadingTo(flow, id).map((way) => way.node))]
  if (from.length === 0) return null
  return (
    <p className="quiet">
      {t('flows.led_from')}{' '}
      {from.map((node) => (
        <Button key={node} type="link" size="small" onClick={() => select(node)}>
          {words.nodeName(node, flow.nodes[node])}
        </Button>
      ))}
    </p>
  )
}

export function NodePanel({ id, node }: { id: string; node: FlowNode }): ReactElement {
  const { t } = useTranslation()
  const { editing, flow, select, words } = useEditor()
  const set = (field: string, value: unknown): void => editing.change(setNode(flow, id, { ...node, [field]: value }), `${id} ${field}`)
  const copy = (): void => {
    const made = copyNode(flow, id)
    editing.change(made.flow)
    select(made.node)
  }
  const remove = (): void => {
    editing.change(removeNode(flow, id))
    select(null)
  }
  return (
    <div className="stack" data-testid="node-panel" data-node={id}>
      <SideHead title={words.typeName(node.type)} onClose={() => select(null)} />
      <p className="quiet">{words.meaning(node.type, 'type')}</p>
      <Faults id={id} />
      <div className="row">
        <span className="quiet">
          {t('flows.node_id')} <code>{id}</code>
        </span>
        {editing.isOpen ? (
          <Popover trigger="click" content={<Rename key={id} id={id} />} destroyOnHidden>
            <Button size="small" data-testid="node-rename-open">{t('flows.rename')}</Button>
          </Popover>
        ) : null}
        {id === flow.start ? (
          <span className="flow-mark flow-mark-start">{t('flows.start')}</span>
        ) : !editing.isOpen ? null : (
          <Button size="small" data-testid="node-start" onClick={() => editing.change({ ...flow, start: id })}>
            {t('flows.make_start')}
          </Button>
        )}
      </div>
      <ConfigProvider componentDisabled={!editing.isOpen}>
        <div className="flow-line">
          <label className="flow-field grow">
            <span className="flow-label">{t('flows.field.name')}</span>
            <Input size="small" maxLength={40} value={node.name ?? ''} data-testid="node-name" onChange={(event) => set('name', event.target.value)} />
          </label>
          <label className="flow-field grow">
            <span className="flow-label">{t('flows.field.name_en')}</span>
            <Input size="small" maxLength={60} value={node.name_en ?? ''} data-testid="node-name-en" onChange={(event) => set('name_en', event.target.value)} />
          </label>
        </div>
        {fieldsOf(node).map((field) => (
          <FieldEditor key={field.name} node={node} field={field} onChange={(value) => set(field.name, value)} />
        ))}
      </ConfigProvider>
      <LeadsHere id={id} />
      {editing.isOpen ? (
        <div className="row">
          <Button size="small" onClick={copy}>{t('flows.copy')}</Button>
          <Button size="small" danger onClick={remove} data-testid="node-remove">{t('flows.remove')}</Button>
        </div>
      ) : null}
    </div>
  )
}
