/** Add a node: its type from the groups there are. */
import { Button, Dropdown } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { announce } from '@/ui/announce'

import { useEditor } from './context'
import { addNode } from './edit'
import { GROUPS, NODE_SPECS } from './spec'

export interface AddNodeProps {
  /** Put it into this way: it leads to the new node, and the new node on to where the way led. */
  into?: { node: string; port: string }
  label?: string
  testId?: string
}

export function AddNode({ into, label, testId = 'flow-add' }: AddNodeProps): ReactElement {
  const { t } = useTranslation()
  const { editing, flow, select, words } = useEditor()
  const add = (type: string): void => {
    const added = addNode(flow, type, into)
    editing.change(added.flow)
    select(added.node)
    announce(t('flows.added', { node: added.node }))
  }
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        onClick: ({ key }) => add(key),
        style: { maxHeight: 420, overflow: 'auto' },
        items: GROUPS.map((group) => ({
          type: 'group' as const,
          label: t(`flows.group.${group}`),
          children: NODE_SPECS.filter((spec) => spec.group === group).map((spec) => ({
            key: spec.type,
            label: words.typeName(spec.type),
            title: words.meaning(spec.type, 'type'),
          })),
        })),
      }}
    >
      <Button {...(into === undefined ? {} : { size: 'small' as const })} data-testid={testId} aria-label={label}>
        {into === undefined ? t('flows.add') : '+'}
      </Button>
    </Dropdown>
  )
}
