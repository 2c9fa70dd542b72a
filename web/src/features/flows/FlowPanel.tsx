/** What belongs to the flow as a whole: its name, where it starts, its variables. */
import { ConfigProvider, Input, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { Value, Variable, VariableKind } from '@/api/flows'

import { useEditor } from './context'
import { Lines } from './Lines'
import { NodeSelect } from './NodeSelect'
import { textFrom, valueFrom } from './OperandField'
import { SideHead } from './SideHead'

const KINDS: VariableKind[] = ['text', 'number', 'boolean', 'moment']

/** A default of the variable's own type; null for none. */
function defaultFrom(kind: VariableKind, text: string): Value | null {
  if (text === '') return null
  return kind === 'text' ? text : valueFrom(text)
}

export function FlowPanel(): ReactElement {
  const { t } = useTranslation()
  const { id, editing, flow, show } = useEditor()
  const free = (): string => {
    let number = flow.variables.length + 1
    while (flow.variables.some((each) => each.name === `variable_${number}`)) number += 1
    return `variable_${number}`
  }
  return (
    <div className="stack" data-testid="flow-panel">
      <SideHead title={t('flows.panel.flow')} onClose={() => show(null)} />
      <p className="quiet">
        {t('flows.flow_id')} <code>{id}</code>
      </p>
      <ConfigProvider componentDisabled={!editing.isOpen}>
        <label className="flow-field">
          <span className="flow-label">{t('flows.flow_name')}</span>
          <Input size="small" maxLength={80} status={flow.name.trim() === '' ? 'error' : undefined} value={flow.name} data-testid="flow-name" onChange={(event) => editing.change({ ...flow, name: event.target.value }, 'name')} />
        </label>
        <div className="flow-field">
          <span className="flow-label">{t('flows.start_at')}</span>
          <NodeSelect label={t('flows.start_at')} testId="flow-start" value={flow.start} onChange={(start) => editing.change({ ...flow, start })} />
        </div>
        <div className="flow-field" role="group" aria-label={t('flows.variables')}>
          <span className="flow-label">{t('flows.variables')}</span>
          <p className="quiet">{t('flows.variables_why')}</p>
          <Lines<Variable>
            label={t('flows.variables')}
            testId="flow-variables"
            lines={flow.variables}
            onChange={(variables) => editing.change({ ...flow, variables }, 'variables')}
            fresh={() => ({ name: free(), kind: 'text' })}
            render={(line, change, index) => {
              const kind = line.kind ?? 'text'
              return (
                <>
                  <div className="flow-line">
                    <Input size="small" className="grow" maxLength={40} aria-label={t('flows.variable_name', { number: index + 1 })} value={line.name} onChange={(event) => change({ ...line, name: event.target.value })} />
                    <Select size="small" style={{ width: 110 }} aria-label={t('flows.variable_kind', { number: index + 1 })} value={kind} options={KINDS.map((each) => ({ value: each, label: t(`flows.kind.${each}`) }))} onChange={(next: VariableKind) => change({ ...line, kind: next, default: null })} />
                  </div>
                  <Input
                    size="small"
                    prefix={t('flows.default')}
                    aria-label={t('flows.variable_default', { number: index + 1 })}
                    placeholder={t(`flows.kind_default.${kind}`)}
                    value={line.default === null || line.default === undefined ? '' : kind === 'text' ? String(line.default) : textFrom(line.default)}
                    onChange={(event) => change({ ...line, default: defaultFrom(kind, event.target.value) })}
                  />
                </>
              )
            }}
          />
        </div>
      </ConfigProvider>
    </div>
  )
}
