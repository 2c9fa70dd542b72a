/** Who does what until when, that it is done, or why nothing has to be done. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { controlSheet, type ControlEntry, type EntryStep } from '@/api/figures'
import { useMe } from '@/api/session'
import { ReasonForm } from '@/forms/ReasonForm'
import { textIn } from '@/ui/format'
import { useCommand } from '@/ui/useCommand'

interface Plan {
  owner: string
  action: string
  due: string
}

function useStep(entry: ControlEntry) {
  const client = useQueryClient()
  return useCommand(async (step: Omit<EntryStep, 'revision'>) => {
    await controlSheet.step(entry.id, { ...step, revision: entry.revision })
    await client.invalidateQueries({ queryKey: ['control-sheet'] })
  })
}

/** What has helped elsewhere with this metric; a click takes the words over. */
function Suggestions({ entry, onTake }: { entry: ControlEntry; onTake: (action: string) => void }): ReactElement | null {
  const { t, i18n } = useTranslation()
  if (entry.actions.length === 0) return null
  return (
    <div className="row">
      <span className="quiet">{t('control.suggested')}</span>
      {entry.actions.map((action) => {
        const words = textIn(i18n.language, action.text, action.text_en)
        return (
          <Button key={action.text} size="small" onClick={() => onTake(words)}>
            {words}
          </Button>
        )
      })}
    </div>
  )
}

export function EntryForm({ entry }: { entry: ControlEntry }): ReactElement {
  const { t } = useTranslation()
  const me = useMe()
  const owners = useQuery({ queryKey: ['control-owners'], queryFn: controlSheet.owners, staleTime: 300_000 })
  const [form] = Form.useForm<Plan>()
  const step = useStep(entry)
  const [isDismissing, setDismissing] = useState(false)
  if (isDismissing) {
    return (
      <ReasonForm
        submitLabel={t('control.dismiss')}
        onSubmit={(action) => step.run({ step: 'dismiss', action })}
        onCancel={() => setDismissing(false)}
      />
    )
  }
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ owner: entry.owner ?? me?.user.id, action: entry.action, due: entry.due ?? '' }}
      onFinish={(plan) => void step.run({ step: 'assign', ...plan })}
    >
      <Suggestions entry={entry} onTake={(action) => form.setFieldsValue({ action })} />
      <div className="control-form">
        <Form.Item name="owner" label={t('control.owner')}>
          <Select
            style={{ width: 160 }}
            data-testid={`control-owner-${entry.id}`}
            options={(owners.data ?? []).map((person) => ({ value: person.id, label: person.name }))}
          />
        </Form.Item>
        <Form.Item name="action" label={t('control.action')} rules={[{ required: true, whitespace: true, min: 2, message: t('control.action_required') }]}>
          <Input maxLength={500} data-testid={`control-action-${entry.id}`} />
        </Form.Item>
        <Form.Item name="due" label={t('control.due')} rules={[{ required: true, message: t('control.due_required') }]}>
          <Input type="date" style={{ width: 160 }} data-testid={`control-due-${entry.id}`} />
        </Form.Item>
      </div>
      <div className="row">
        <Button htmlType="submit" type="primary" loading={step.isBusy} data-testid={`control-assign-${entry.id}`}>
          {entry.state === 'acting' ? t('control.change') : t('control.assign')}
        </Button>
        {entry.state === 'acting' ? (
          <Button loading={step.isBusy} data-testid={`control-done-${entry.id}`} onClick={() => void step.run({ step: 'done' })}>
            {t('control.done')}
          </Button>
        ) : null}
        <Button data-testid={`control-dismiss-${entry.id}`} onClick={() => setDismissing(true)}>
          {t('control.dismiss')}
        </Button>
      </div>
    </Form>
  )
}
