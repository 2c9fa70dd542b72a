/** A reason that must be given before something is done to another person's work. */
import { Button, Form, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

export interface ReasonFormProps {
  submitLabel: string
  onSubmit: (reason: string) => Promise<unknown>
  onCancel: () => void
  danger?: boolean
}

const SHORTEST = 2
const LONGEST = 200

export function ReasonForm({ submitLabel, onSubmit, onCancel, danger = false }: ReasonFormProps): ReactElement {
  const { t } = useTranslation()
  const [isBusy, setBusy] = useState(false)
  const [form] = Form.useForm<{ reason: string }>()
  const submit = async ({ reason }: { reason: string }): Promise<void> => {
    setBusy(true)
    try {
      await onSubmit(reason.trim())
    } finally {
      setBusy(false)
    }
  }
  return (
    <Form form={form} layout="vertical" onFinish={(values) => void submit(values)} requiredMark={false}>
      <Form.Item
        name="reason"
        label={t('forms.reason')}
        rules={[{ required: true, whitespace: true, min: SHORTEST, message: t('forms.reason_required') }]}
      >
        <Input.TextArea rows={3} maxLength={LONGEST} showCount data-testid="reason" />
      </Form.Item>
      <div className="row">
        <Button type="primary" danger={danger} htmlType="submit" loading={isBusy} data-testid="reason-submit">
          {submitLabel}
        </Button>
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
      </div>
    </Form>
  )
}
