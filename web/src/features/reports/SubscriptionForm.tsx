/** Keep a report that goes out by e-mail: which, to whom, when, as what. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, InputNumber, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { fixedForms, savedReports, type Cadence, type KeptQuestion, type ReportFormat } from '@/api/figures'
import { isEnglish, textIn } from '@/ui/format'
import { useCommand } from '@/ui/useCommand'

import { FORMATS } from './ExportMenu'
import { useView } from './asked'

const CADENCES = ['daily', 'weekly', 'monthly', 'none'] as const
const LAST_DAY: Record<Cadence, number> = { none: 1, daily: 1, weekly: 7, monthly: 28 }

interface Wish {
  title: string
  form?: string
  recipients: string[]
  cadence: Cadence
  on_day: number
  at: string
  format: ReportFormat
}

/** `07:30` as minutes after midnight. */
export function minuteOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return hours * 60 + minutes
}

function useRecipients() {
  const { t } = useTranslation()
  const people = useQuery({ queryKey: ['report-recipients'], queryFn: savedReports.recipients, staleTime: 300_000 })
  return (people.data ?? []).map((person) => ({
    value: person.id,
    label: person.has_address ? person.name : t('subscription.no_address', { name: person.name }),
    disabled: !person.has_address,
  }))
}

export interface SubscriptionFormProps {
  title: string
  /** A question of its own; `null` lets a fixed form be chosen. */
  question: KeptQuestion | null
  onDone: () => void
}

export function SubscriptionForm({ title, question, onDone }: SubscriptionFormProps): ReactElement {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const view = useView()
  const [form] = Form.useForm<Wish>()
  const cadence = Form.useWatch('cadence', form) ?? 'daily'
  const forms = useQuery({ queryKey: ['fixed-forms'], queryFn: fixedForms.list, staleTime: Infinity })
  const recipients = useRecipients()
  const save = useCommand(async ({ at, form: chosen, on_day, ...wish }: Wish) => {
    await savedReports.add({
      ...wish,
      form: question === null ? (chosen ?? null) : null,
      question,
      queues: question === null && view.queue !== null ? [view.queue] : [],
      on_day: LAST_DAY[wish.cadence] === 1 ? 1 : on_day,
      at_minute: minuteOf(at),
      language: isEnglish(i18n.language) ? 'en' : 'zh',
    })
    await client.invalidateQueries({ queryKey: ['saved-reports'] })
    onDone()
  })
  const formats = FORMATS.map((format) => ({ value: format, label: t(`reports.format.${format}`) }))
  return (
    <Form<Wish>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="subscription-form"
      initialValues={{ title, recipients: [], cadence: 'daily', on_day: 1, at: '07:00', format: 'xlsx' }}
      onFinish={(wish) => void save.run(wish)}
    >
      {question === null ? (
        <Form.Item name="form" label={t('reports.form')} rules={[{ required: true, message: t('subscription.form_required') }]}>
          <Select
            style={{ width: 260 }}
            data-testid="subscription-report"
            options={(forms.data ?? []).map((each) => ({ value: each.id, label: textIn(i18n.language, each.title, each.title_en) }))}
          />
        </Form.Item>
      ) : null}
      <Form.Item name="title" label={t('subscription.title')} rules={[{ required: true, whitespace: true, message: t('subscription.title_required') }]}>
        <Input style={{ width: 220 }} maxLength={80} data-testid="subscription-title" />
      </Form.Item>
      <Form.Item name="recipients" label={t('subscription.recipients')}>
        <Select mode="multiple" style={{ minWidth: 220 }} options={recipients} data-testid="subscription-recipients" />
      </Form.Item>
      <Form.Item name="cadence" label={t('subscription.cadence')}>
        <Select style={{ width: 120 }} options={CADENCES.map((each) => ({ value: each, label: t(`subscription.every.${each}`) }))} />
      </Form.Item>
      {LAST_DAY[cadence] === 1 ? null : (
        <Form.Item name="on_day" label={t(`subscription.day.${cadence}`)}>
          <InputNumber style={{ width: 110 }} min={1} max={LAST_DAY[cadence]} precision={0} />
        </Form.Item>
      )}
      {cadence === 'none' ? null : (
        <Form.Item name="at" label={t('subscription.at')}>
          <Input type="time" style={{ width: 120 }} />
        </Form.Item>
      )}
      <Form.Item name="format" label={t('subscription.format')}>
        <Select style={{ width: 100 }} options={formats} />
      </Form.Item>
      <div className="row">
        <Button htmlType="submit" type="primary" loading={save.isBusy} data-testid="subscription-save">
          {t('subscription.save')}
        </Button>
        <Button onClick={onDone}>{t('common.cancel')}</Button>
      </div>
    </Form>
  )
}
