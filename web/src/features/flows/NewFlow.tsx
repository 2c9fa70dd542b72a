/** A new flow, or a copy of one: a draft until it is published. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Segmented } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { drafts, flows, type FlowSummary } from '@/api/flows'
import { routing } from '@/api/routing'
import { useCommand } from '@/ui/useCommand'

import { contentOf } from './diff'
import { FLOW_NAME, newFlow } from './edit'
import { newMenu } from './template'

interface Wish {
  id: string
  name: string
}

export interface NewFlowProps {
  copyOf: string | null
  known: readonly FlowSummary[]
  /** Flows that somebody is drawing. */
  drawn: readonly string[]
  onDone: () => void
}

export function NewFlow({ copyOf, known, drawn, onDone }: NewFlowProps): ReactElement {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const from = known.find((flow) => flow.id === copyOf)
  const [isMenu, setMenu] = useState(false)
  const queues = useQuery({ queryKey: ['queues', 'rules'], queryFn: routing.queues })
  const begin = useCommand(async ({ id, name }: Wish) => {
    const flow = copyOf === null ? (isMenu ? newMenu(name.trim(), queues.data ?? []) : newFlow(name.trim())) : { ...contentOf(await flows.read(copyOf)), name: name.trim() }
    await drafts.save(id, flow, 0, 0)
    await client.invalidateQueries({ queryKey: ['flow-draft-lines'] })
    onDone()
    await navigate(`/flows/${id}`)
  })
  return (
    <Form<Wish>
      layout="vertical"
      requiredMark={false}
      initialValues={{ id: '', name: from === undefined ? '' : t('flows.copy_of', { name: from.name }) }}
      onFinish={(wish) => void begin.run(wish)}
    >
      <Form.Item name="name" label={t('flows.flow_name')} rules={[{ required: true, whitespace: true, message: t('flows.flow_name_needed') }]}>
        <Input maxLength={80} data-testid="new-name" />
      </Form.Item>
      <Form.Item
        name="id"
        label={t('flows.flow_id')}
        extra={t('flows.flow_id_why')}
        rules={[
          { required: true, pattern: FLOW_NAME, message: t('flows.flow_id_wrong') },
          {
            validator: async (_, id: string) => {
              if (known.some((flow) => flow.id === id) || drawn.includes(id)) throw new Error(t('flows.flow_id_taken'))
            },
          },
        ]}
      >
        <Input maxLength={40} autoComplete="off" data-testid="new-id" />
      </Form.Item>
      {copyOf !== null || (queues.data ?? []).length === 0 ? null : (
        <Form.Item label={t('flows.begins_as')} extra={t(isMenu ? 'flows.begins_menu_why' : 'flows.begins_blank_why')}>
          <Segmented<boolean>
            value={isMenu}
            onChange={setMenu}
            options={[
              { value: false, label: <span data-testid="begin-blank">{t('flows.begins_blank')}</span> },
              { value: true, label: <span data-testid="begin-menu">{t('flows.begins_menu')}</span> },
            ]}
          />
        </Form.Item>
      )}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={begin.isBusy} data-testid="new-begin">
          {t('flows.begin')}
        </Button>
        <Button onClick={onDone}>{t('common.cancel')}</Button>
      </div>
    </Form>
  )
}
