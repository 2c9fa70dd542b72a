/** Step 3: the first queue, one form with good defaults; an existing one can be taken. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { FIRST_CODES, freshId, NOT_THERE_YET, routing, type QueueRule } from '@/api/routing'
import { nameIn } from '@/ui/format'
import { FormField, FormProblems, NumberField, TextField } from '@/ui/FormField'
import { ErrorBox, Loading } from '@/ui/states'
import { useServerForm } from '@/ui/useServerForm'

import { madeBy, type StepProps } from './steps'

const NEW = '+'
const ALWAYS_OPEN = ''
const SECOND = 1000

interface Wish {
  name: string
  name_en: string
  answer_within_s: number
  wrap_up_s: number
  calendar: string
  /** Of a new queue alone: dialled to reach it. */
  number?: string
}

const FIRST_NUMBER = 4001
const DEFAULT: Wish = { name: '默认服务队列', name_en: 'Service', answer_within_s: 20, wrap_up_s: 45, calendar: ALWAYS_OPEN }

function wishOf(queue: QueueRule | undefined): Wish {
  if (queue === undefined) return DEFAULT
  return {
    name: queue.name,
    name_en: queue.name_en,
    answer_within_s: queue.answer_within / SECOND,
    wrap_up_s: (queue.wrap_up.limit ?? 0) / SECOND,
    calendar: queue.calendar ?? ALWAYS_OPEN,
  }
}

async function save(wish: Wish, queue: QueueRule | undefined): Promise<string> {
  const fields = {
    name: wish.name,
    name_en: wish.name_en,
    answer_within: wish.answer_within_s * SECOND,
    calendar: wish.calendar === ALWAYS_OPEN ? null : wish.calendar,
    wrap_up: { ...queue?.wrap_up, limit: wish.wrap_up_s * SECOND },
  }
  if (queue !== undefined) return (await routing.changeQueue(queue.id, fields, queue.revision)).id
  const id = freshId(wish.name_en)
  const added = await routing.addQueue({ id, ...fields, dispositions: FIRST_CODES } as Parameters<typeof routing.addQueue>[0])
  if (wish.number) await routing.putNumber(wish.number, { flow: null, queue: added.id }, NOT_THERE_YET)
  return added.id
}

/** The first number that leads nowhere yet. */
export function freeLine(taken: readonly string[]): string {
  let number = FIRST_NUMBER
  while (taken.includes(String(number))) number += 1
  return String(number)
}

function QueueForm({ queue, onSaved }: { queue: QueueRule | undefined; onSaved: (queue: string) => Promise<void> }): ReactElement {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const calendars = useQuery({ queryKey: ['calendars'], queryFn: routing.calendars })
  const { form, isBusy, problems, submit, go } = useServerForm<Wish>(async (wish) => {
    const saved = await save(wish, queue)
    await client.invalidateQueries({ queryKey: ['queues'] })
    await onSaved(saved)
  })
  const numbers = useQuery({ queryKey: ['numbers'], queryFn: routing.numbers })
  if (numbers.data === undefined) return <Loading rows={4} />
  const free = freeLine(numbers.data.map((each) => each.number))
  const hours = (calendars.data ?? []).map((calendar) => ({ value: calendar.id, label: nameIn(i18n.language, calendar) }))
  return (
    <Form form={form} layout="vertical" initialValues={queue === undefined ? { ...DEFAULT, number: free } : wishOf(queue)} requiredMark={false} className="setup-form" onFinish={(wish) => void submit(wish)}>
      <FormProblems problems={problems} onGo={go} />
      <TextField name="name" label={t('setup.queue_name')} longest={60} isRequired testId="queue-name" />
      <TextField name="name_en" label={t('setup.name_en')} longest={60} isRequired />
      <NumberField name="answer_within_s" label={t('setup.answer_within')} does={t('setup.answer_within_does')} unit="s" least={1} most={600} testId="queue-within" />
      <NumberField name="wrap_up_s" label={t('setup.wrap_up')} does={t('setup.wrap_up_does')} unit="s" least={5} most={600} />
      <FormField name="calendar" label={t('setup.hours')} does={t('setup.hours_does')}>
        <Select options={[{ value: ALWAYS_OPEN, label: t('setup.always_open') }, ...hours]} />
      </FormField>
      {queue === undefined ? <TextField name="number" label={t('setup.line')} does={t('setup.line_does')} longest={20} isRequired testId="queue-number" /> : null}
      <Button type="primary" htmlType="submit" loading={isBusy} data-testid="setup-next">
        {t('setup.save_next')}
      </Button>
    </Form>
  )
}

export function QueueStep({ organisation, onDone }: StepProps): ReactElement {
  const { t, i18n } = useTranslation()
  const queues = useQuery({ queryKey: ['queues', 'rules'], queryFn: routing.queues })
  const [chosen, setChosen] = useState<string | null>(null)
  if (queues.isPending) return <Loading rows={6} />
  if (queues.isError) return <ErrorBox error={queues.error} onRetry={() => void queues.refetch()} />
  const made = madeBy(organisation, 'queue')
  const which = chosen ?? (queues.data.some((queue) => queue.id === made) ? made : (queues.data[0]?.id ?? NEW))
  const queue = queues.data.find((each) => each.id === which)
  return (
    <section className="panel" aria-label={t('setup.step.queue')}>
      <h2>{t('setup.step.queue')}</h2>
      <div className="row setup-choice">
        <Select
          aria-label={t('setup.which_queue')}
          value={which}
          data-testid="which-queue"
          onChange={setChosen}
          options={[...queues.data.map((each) => ({ value: each.id, label: nameIn(i18n.language, each) })), { value: NEW, label: t('setup.new_queue') }]}
        />
        <span className="quiet">{t('setup.queue_rest')}</span>
      </div>
      <QueueForm key={which} queue={queue} onSaved={onDone} />
    </section>
  )
}
