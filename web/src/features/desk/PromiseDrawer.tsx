/**
 * 承诺回电: a number, between when and when, in whose line and about what. It is called in its turn, by
 * whoever is free then; sending it twice is one promise.
 */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Input, Select } from 'antd'
import { useRef, useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { todos, type CallbackWish } from '@/api/handing'
import type { DeskView } from '@/api/schema'
import { useZone } from '@/api/session'
import { serverNow } from '@/live/clock'
import { announce } from '@/ui/announce'
import { nameIn, shortDateTime } from '@/ui/format'
import { useCommand } from '@/ui/useCommand'
import { instantOf } from '@/ui/zone'

import { belowTheBar, closePanel } from './panel'

const LONGEST_REMARK = 200
const NUMBER = /^[0-9+*#]{2,30}$/
/** How people write numbers. */
const SPACING = /[\s().-]/g

/** A moment as a field has it ("2026-11-21T08:30"), by the clocks of `zone`. */
export function fieldOf(instant: number, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(instant).replace(' ', 'T')
}

export interface PromiseFields {
  number: string
  from: string
  until: string
  queue: string
  remark: string
}

/** What is to be sent, or what is wrong with it. */
export function wishOf(fields: PromiseFields, contact: string | null, zone: string, now: number): CallbackWish | string {
  const number = fields.number.replace(SPACING, '')
  const due = fields.from === '' ? null : instantOf(fields.from, zone)
  const until = fields.until === '' ? null : instantOf(fields.until, zone)
  if (contact === null || number !== '') {
    if (!NUMBER.test(number)) return 'wrong_number'
  }
  if (until !== null && until <= Math.max(due ?? 0, now)) return 'wrong_until'
  return {
    ...(contact === null || number !== '' ? { number } : { contact }),
    ...(fields.queue === '' ? {} : { queue: fields.queue }),
    ...(due === null || due <= now ? {} : { due }),
    ...(until === null ? {} : { until }),
    remark: fields.remark.trim(),
  }
}

function Form({ view, contact }: { view: DeskView; contact: string | null }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const client = useQueryClient()
  const own = view.contact ?? null
  const [fields, setFields] = useState<PromiseFields>(() => ({ number: '', from: '', until: '', queue: own?.queue?.id ?? view.queues[0]?.id ?? '', remark: '' }))
  const set = (change: Partial<PromiseFields>): void => setFields({ ...fields, ...change })
  const [isTried, setTried] = useState(false)
  const wish = wishOf(fields, contact, zone, serverNow())
  const wrong = typeof wish === 'string' ? wish : null
  // The same sheet of paper, however often its button is pressed.
  const key = useRef(crypto.randomUUID())
  const isSending = useRef(false)
  const send = useCommand(async (given: CallbackWish) => {
    const row = await todos.promise(given, key.current)
    await client.invalidateQueries({ queryKey: ['desk', 'callbacks'] })
    announce(row.due === null ? t('promise.done') : t('promise.done_at', { at: shortDateTime(row.due, i18n.language, zone) }))
    closePanel()
  })
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setTried(true)
    if (typeof wish === 'string' || isSending.current) return
    isSending.current = true
    await send.run(wish)
    isSending.current = false
  }
  const number = own !== null && own.id === contact ? own.number : null
  return (
    <form className="stack" onSubmit={(event) => void submit(event)}>
      <p className="quiet">{t('promise.about')}</p>
      <label>
        {t('promise.number')}
        <Input value={fields.number} inputMode="tel" autoFocus placeholder={contact === null ? '' : t('promise.own_number', { number: number ?? '' })} data-testid="promise-number" onChange={(event) => set({ number: event.target.value })} />
      </label>
      <label>
        {t('promise.from')}
        <Input type="datetime-local" value={fields.from} min={fieldOf(serverNow(), zone)} data-testid="promise-from" onChange={(event) => set({ from: event.target.value })} />
      </label>
      <label>
        {t('promise.until')}
        <Input type="datetime-local" value={fields.until} min={fields.from} data-testid="promise-until" onChange={(event) => set({ until: event.target.value })} />
      </label>
      <label>
        {t('desk.queue')}
        <Select className="wide" value={fields.queue} data-testid="promise-queue" options={view.queues.map((queue) => ({ value: queue.id, label: nameIn(i18n.language, queue) }))} onChange={(queue) => set({ queue })} />
      </label>
      <label>
        {t('promise.remark')}
        <Input.TextArea rows={3} maxLength={LONGEST_REMARK} value={fields.remark} data-testid="promise-remark" onChange={(event) => set({ remark: event.target.value })} />
      </label>
      {isTried && wrong !== null ? (
        <p className="over" role="alert" data-testid="promise-wrong">
          ▲ {t(`promise.${wrong}`)}
        </p>
      ) : null}
      <div>
        <Button type="primary" htmlType="submit" loading={send.isBusy} data-testid="promise-send">
          {t('promise.send')}
        </Button>
      </div>
    </form>
  )
}

export function PromiseDrawer({ view, promise }: { view: DeskView; promise: { contact: string | null } | null }): ReactElement {
  const { t } = useTranslation()
  return (
    <Drawer open={promise !== null} onClose={closePanel} title={t('promise.title')} size={440} rootStyle={{ top: belowTheBar() }} mask={false} destroyOnHidden>
      {promise === null ? null : <Form view={view} contact={promise.contact} />}
    </Drawer>
  )
}
