/** Choose a node, by its name. */
import { Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { useEditor } from './context'

export interface NodeSelectProps {
  label: string
  value: string
  onChange: (node: string) => void
  /** May be left open. */
  isOptional?: boolean
  testId?: string
}

export function NodeSelect({ label, value, onChange, isOptional = false, testId }: NodeSelectProps): ReactElement {
  const { t } = useTranslation()
  const { flow, words } = useEditor()
  const options = Object.entries(flow.nodes).map(([id, node]) => {
    const name = words.nodeName(id, node)
    return { value: id, label: name === id ? id : `${name} (${id})` }
  })
  const isOpen = value === ''
  return (
    <Select
      size="small"
      showSearch={{ optionFilterProp: 'label' }}
      style={{ width: '100%' }}
      aria-label={label}
      data-testid={testId}
      status={isOpen && !isOptional ? 'error' : undefined}
      placeholder={isOptional ? t('flows.way_none') : t('flows.way_open')}
      value={isOpen ? undefined : value}
      allowClear
      onChange={(chosen?: string) => onChange(chosen ?? '')}
      options={value === '' || value in flow.nodes ? options : [...options, { value, label: t('flows.node_gone', { node: value }) }]}
    />
  )
}
