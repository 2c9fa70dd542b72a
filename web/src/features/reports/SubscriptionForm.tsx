/** Keep a report that goes out by e-mail, or change one: which, to whom, when, as what. */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, InputNumber, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { savedReports, type Cadence, type Key, type KeptQuestion, type NewSavedReport, type ReportFormat, type SavedReport, type Width } from '@/api/figures'
import { useMe } from '@/api/session'
import { announce } from '@/ui/announce'
import { isEnglish } from '@/ui/format'
import { useCommand } from '@/ui/useCommand'

import { FORMATS } from './ExportMenu'
import { useView } from './asked'
import { useChoices } from './recipients'
import { CADENCES, changedReport, clockOf, LAST_DAY, minuteOf } from './saved'
import { SubscriptionFilters } from './SubscriptionFilters'

const LANGUAGES = ['zh', 'en'] as const

interface Wish {
  title: string
  form?: string
  metrics?: string[]
  width?: Width
  by?: Key[]
  queues: string[]
  only?: Partial<Record<Key, string[]>>
  recipients: string[]
  cadence: Cadence
  on_day: number
  at?: string
  format: ReportFormat
  language: 'zh' | 'en'
}

/** Only keys with values; a key without one would be a filter that lets nothing through. */
const filled = (only: Partial<Record<Key, string[]>>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(only).filter(([, values]) => (values ?? []).length > 0)) as Record<string, string[]>

function questionOf(kept: KeptQuestion, wish: Wish): KeptQuestion {
  return {
    ...kept,
    metrics: wish.metrics ?? kept.metrics,
    width: wish.width ?? kept.width,
    by: wish.by ?? kept.by,
    only: filled({ ...kept.only, ...wish.only, queue: wish.queues }),
  }
}

/** What the server keeps. Fields that are not on the page stay as they were. */
function reportOf(wish: Wish, question: KeptQuestion | null, former: SavedReport | undefined): NewSavedReport {
  const on_day = LAST_DAY[wish.cadence] === 1 ? 1 : (wish.on_day ?? 1)
  return {
    title: wish.title,
    form: question === null ? (wish.form ?? null) : null,
    question: question === null ? null : questionOf(question, wish),
    queues: question === null ? wish.queues : [],
    recipients: wish.recipients,
    cadence: wish.cadence,
    on_day: Math.min(on_day, LAST_DAY[wish.cadence]),
    at_minute: wish.at === undefined ? (former?.at_minute ?? 420) : minuteOf(wish.at),
    format: wish.format,
    language: wish.language,
    paused: former?.paused ?? false,
  }
}

export interface SubscriptionFormProps {
  title: string
  /** A question of its own; `null` lets a fixed form be chosen. */
  question: KeptQuestion | null
  /** The one that is changed; without it a new one is kept. */
  report?: SavedReport
  onDone: () => void
}

function useFirstWish({ title, question, report }: SubscriptionFormProps): Wish {
  const { i18n } = useTranslation()
  const view = useView()
  const me = useMe()
  if (report === undefined) {
    const queues = question === null ? (view.queue === null ? [] : [view.queue]) : (question.only.queue ?? [])
    const recipients = me === null ? [] : [me.user.id]
    const language = isEnglish(i18n.language) ? 'en' : 'zh'
    return { title, queues, recipients, cadence: 'daily', on_day: 1, at: '07:00', format: 'xlsx', language }
  }
  return {
    title: report.title,
    ...(report.form === null ? {} : { form: report.form }),
    ...(question === null ? {} : { metrics: question.metrics, width: question.width, by: question.by, only: question.only }),
    queues: question === null ? report.queues : (question.only.queue ?? []),
    recipients: report.recipients,
    cadence: report.cadence,
    on_day: report.on_day,
    at: clockOf(report.at_minute),
    format: report.format,
    language: report.language,
  }
}

/** When it goes out: how often, on which day, at what time. */
function Schedule({ cadence }: { cadence: Cadence }): ReactElement {
  const { t } = useTranslation()
  return (
    <>
      <Form.Item name="cadence" label={t('subscription.cadence')}>
        <Select
          style={{ width: 120 }}
          data-testid="subscription-cadence"
          options={CADENCES.map((each) => ({ value: each, label: t(`subscription.every.${each}`) }))}
        />
      </Form.Item>
      {LAST_DAY[cadence] === 1 ? null : (
        <Form.Item name="on_day" label={t(`subscription.day.${cadence}`)} rules={[{ required: true, type: 'integer', min: 1, max: LAST_DAY[cadence], message: t('subscription.day_wrong', { last: LAST_DAY[cadence] }) }]}>
          <InputNumber style={{ width: 110 }} min={1} max={LAST_DAY[cadence]} precision={0} />
        </Form.Item>
      )}
      {cadence === 'none' ? null : (
        <Form.Item name="at" label={t('subscription.at')} rules={[{ required: true, message: t('subscription.at_required') }]}>
          <Input type="time" style={{ width: 120 }} data-testid="subscription-at" />
        </Form.Item>
      )}
    </>
  )
}

export function SubscriptionForm(props: SubscriptionFormProps): ReactElement {
  const { question, report, onDone } = props
  const { t } = useTranslation()
  const client = useQueryClient()
  const [form] = Form.useForm<Wish>()
  const first = useFirstWish(props)
  const cadence = Form.useWatch('cadence', form) ?? first.cadence
  const recipients = useChoices(first.recipients)
  const save = useCommand(async (wish: Wish) => {
    const kept = reportOf(wish, question, report)
    try {
      if (report === undefined) await savedReports.add(kept)
      else await savedReports.change(report.id, changedReport(report, kept))
    } finally {
      // Also when somebody else was quicker: then the list shows what they made of it.
      await client.invalidateQueries({ queryKey: ['saved-reports'] })
    }
    announce(t('subscription.saved'))
    onDone()
  })
  return (
    <Form<Wish> form={form} layout="vertical" requiredMark={false} className="subscription-form" initialValues={first} onFinish={(wish) => void save.run(wish)}>
      <SubscriptionFilters question={question} isWhole={report !== undefined} />
      <Form.Item name="title" label={t('subscription.title')} rules={[{ required: true, whitespace: true, message: t('subscription.title_required') }]}>
        <Input style={{ width: 220 }} maxLength={80} data-testid="subscription-title" />
      </Form.Item>
      <Form.Item
        name="recipients"
        label={t('subscription.recipients')}
        dependencies={['cadence']}
        rules={[{ required: cadence !== 'none', type: 'array', message: t('subscription.recipients_required') }]}
      >
        <Select mode="multiple" maxCount={50} style={{ minWidth: 220 }} optionFilterProp="label" options={recipients} data-testid="subscription-recipients" />
      </Form.Item>
      <Schedule cadence={cadence} />
      <Form.Item name="format" label={t('subscription.format')}>
        <Select style={{ width: 100 }} options={FORMATS.map((format) => ({ value: format, label: t(`reports.format.${format}`) }))} />
      </Form.Item>
      <Form.Item name="language" label={t('subscription.language')}>
        <Select style={{ width: 110 }} options={LANGUAGES.map((each) => ({ value: each, label: t(`subscription.in.${each}`) }))} />
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
