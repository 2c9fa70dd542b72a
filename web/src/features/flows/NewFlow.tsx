/** A new flow, or a copy of one: a draft here until it is published. */
import { Button, Form, Input } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { flows, type FlowSummary } from '@/api/flows'
import { serverNow } from '@/live/clock'
import { useCommand } from '@/ui/useCommand'

import { contentOf } from './diff'
import { keepDraft, keptDraft } from './drafts'
import { FLOW_NAME, newFlow } from './edit'

interface Wish {
  id: string
  name: string
}

export function NewFlow({ copyOf, known, onDone }: { copyOf: string | null; known: readonly FlowSummary[]; onDone: () => void }): ReactElement {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const from = known.find((flow) => flow.id === copyOf)
  const begin = useCommand(async ({ id, name }: Wish) => {
    const flow = copyOf === null ? newFlow(name.trim()) : { ...contentOf(await flows.read(copyOf)), name: name.trim() }
    keepDraft(id, { flow, basedOn: 0, at: serverNow() })
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
              if (known.some((flow) => flow.id === id) || (FLOW_NAME.test(id) && keptDraft(id) !== null)) throw new Error(t('flows.flow_id_taken'))
            },
          },
        ]}
      >
        <Input maxLength={40} autoComplete="off" data-testid="new-id" />
      </Form.Item>
      <div className="row">
        <Button type="primary" htmlType="submit" loading={begin.isBusy} data-testid="new-begin">
          {t('flows.begin')}
        </Button>
        <Button onClick={onDone}>{t('common.cancel')}</Button>
      </div>
    </Form>
  )
}
