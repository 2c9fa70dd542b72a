/** What a subscription looks at: the report or the figures, how they are told apart, and which queues. */
import { useQuery } from '@tanstack/react-query'
import { Form, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { centre } from '@/api/calls'
import { fixedForms, type Key, type KeptQuestion } from '@/api/figures'
import { nameIn, textIn } from '@/ui/format'

import { useMetrics } from './asked'

const WIDTHS = ['whole', '15min', '30min', 'hour', 'day', 'week', 'month'] as const
export const KEYS: readonly Key[] = ['queue', 'agent', 'team', 'number', 'channel', 'disposition', 'deadline', 'post', 'case_type']

function FormSelect(): ReactElement {
  const { t, i18n } = useTranslation()
  const forms = useQuery({ queryKey: ['fixed-forms'], queryFn: fixedForms.list, staleTime: Infinity })
  return (
    <Form.Item name="form" label={t('reports.form')} rules={[{ required: true, message: t('subscription.form_required') }]}>
      <Select
        style={{ width: 260 }}
        data-testid="subscription-report"
        options={(forms.data ?? []).map((each) => ({ value: each.id, label: textIn(i18n.language, each.title, each.title_en) }))}
      />
    </Form.Item>
  )
}

/** The figures of a question, and by what they are told apart. */
function FigureSelects(): ReactElement {
  const { t, i18n } = useTranslation()
  const metrics = useMetrics()
  return (
    <>
      <Form.Item name="metrics" label={t('subscription.metrics')} rules={[{ required: true, message: t('subscription.metrics_required') }]}>
        <Select
          mode="multiple"
          style={{ minWidth: 260 }}
          optionFilterProp="label"
          options={(metrics.data ?? []).map((each) => ({ value: each.id, label: `${each.no} ${nameIn(i18n.language, each)}`.trim() }))}
        />
      </Form.Item>
      <Form.Item name="width" label={t('reports.filter.width')}>
        <Select style={{ width: 130 }} options={WIDTHS.map((each) => ({ value: each, label: t(`subscription.width.${each}`) }))} />
      </Form.Item>
      <Form.Item name="by" label={t('subscription.by')}>
        <Select mode="multiple" maxCount={3} style={{ minWidth: 180 }} options={KEYS.map((each) => ({ value: each, label: t(`subscription.key.${each}`) }))} />
      </Form.Item>
    </>
  )
}

/** Values of other keys that the question was kept with: they can be taken out here. */
function OtherFilters({ question }: { question: KeptQuestion }): ReactElement {
  const { t } = useTranslation()
  const kept = KEYS.filter((key) => key !== 'queue' && (question.only[key] ?? []).length > 0)
  return (
    <>
      {kept.map((key) => (
        <Form.Item key={key} name={['only', key]} label={t(`subscription.key.${key}`)}>
          <Select mode="multiple" style={{ minWidth: 150 }} options={(question.only[key] ?? []).map((value) => ({ value, label: value }))} />
        </Form.Item>
      ))}
    </>
  )
}

export function SubscriptionFilters({ question, isWhole }: { question: KeptQuestion | null; isWhole: boolean }): ReactElement {
  const { t, i18n } = useTranslation()
  const queues = useQuery({ queryKey: ['queues'], queryFn: centre.queues, staleTime: 300_000 })
  const options = (queues.data ?? []).map((queue) => ({ value: queue.id, label: nameIn(i18n.language, queue) }))
  return (
    <>
      {question === null ? <FormSelect /> : null}
      {question !== null && isWhole ? <FigureSelects /> : null}
      <Form.Item name="queues" label={t('reports.filter.queue')}>
        <Select
          mode="multiple"
          style={{ minWidth: 180 }}
          placeholder={t('subscription.all_queues')}
          options={options}
          optionFilterProp="label"
          data-testid="subscription-queues"
        />
      </Form.Item>
      {question !== null && isWhole ? <OtherFilters question={question} /> : null}
    </>
  )
}
