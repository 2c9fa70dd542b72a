/** 订阅: who is told of outages of a place, by short message or e-mail. */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Input, Popconfirm, Radio, Select } from 'antd'
import { useDeferredValue, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { subscribers, type Subscriber, type SubscriberWish } from '@/api/announcements'
import { useZone } from '@/api/session'
import { DataTable, type Column } from '@/ui/DataTable'
import { shortDateTime } from '@/ui/format'
import { codeOf, useRefusalText } from '@/ui/problems'
import { useCommand } from '@/ui/useCommand'
import { useServerRows } from '@/ui/useServerRows'

const ROWS = ['announcements', 'subscribers']
const BLANK: SubscriberWish = { name: '', place: '', channel: 'sms', address: '', language: 'zh' }

function Adding({ onDone }: { onDone: () => Promise<void> }): ReactElement {
  const { t } = useTranslation()
  const textOf = useRefusalText()
  const [wish, setWish] = useState(BLANK)
  const [refusal, setRefusal] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const add = async (): Promise<void> => {
    setBusy(true)
    setRefusal(null)
    try {
      await subscribers.add(wish)
      setWish({ ...BLANK, place: wish.place, channel: wish.channel })
      await onDone()
    } catch (error) {
      setRefusal(error)
    } finally {
      setBusy(false)
    }
  }
  const isReady = wish.place.trim() !== '' && wish.address.trim() !== ''
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) void add()
      }}
    >
      <div className="row">
        <Radio.Group
          optionType="button"
          value={wish.channel}
          aria-label={t('announcements.subscriber.channel')}
          options={(['sms', 'mail'] as const).map((channel) => ({ value: channel, label: t(`announcements.channel.${channel}`) }))}
          onChange={(event) => setWish({ ...wish, channel: event.target.value as SubscriberWish['channel'] })}
        />
        <Input className="announcements-input" maxLength={80} value={wish.place} placeholder={t('announcements.subscriber.place')} aria-label={t('announcements.subscriber.place')} data-testid="subscriber-place" onChange={(event) => setWish({ ...wish, place: event.target.value })} />
        <Input className="announcements-input" maxLength={200} value={wish.address} placeholder={t(`announcements.subscriber.${wish.channel}`)} aria-label={t(`announcements.subscriber.${wish.channel}`)} data-testid="subscriber-address" onChange={(event) => setWish({ ...wish, address: event.target.value })} />
        <Input className="announcements-input" maxLength={80} value={wish.name ?? ''} placeholder={t('announcements.subscriber.name')} aria-label={t('announcements.subscriber.name')} onChange={(event) => setWish({ ...wish, name: event.target.value })} />
        <Select className="announcements-language" value={wish.language ?? 'zh'} aria-label={t('announcements.subscriber.language')} options={['zh', 'en'].map((language) => ({ value: language, label: t(`announcements.language.${language}`) }))} onChange={(language: string) => setWish({ ...wish, language })} />
        <Button htmlType="submit" type="primary" disabled={!isReady} loading={isBusy} data-testid="subscriber-add">
          {t('announcements.subscriber.add')}
        </Button>
      </div>
      {refusal === null ? null : (
        <div className="error-box edit-refusal" role="alert">
          ■ {textOf(refusal)} <code>{codeOf(refusal)}</code>
        </div>
      )}
    </form>
  )
}

function Drop({ one, onDone }: { one: Subscriber; onDone: () => Promise<void> }): ReactElement {
  const { t } = useTranslation()
  const drop = useCommand(async () => {
    await subscribers.drop(one.id)
    await onDone()
  })
  return (
    <Popconfirm title={t('announcements.subscriber.drop_ask', { address: one.address })} okText={t('announcements.subscriber.drop')} cancelText={t('common.cancel')} onConfirm={() => void drop.run()}>
      <Button size="small" loading={drop.isBusy}>
        {t('announcements.subscriber.drop')}
      </Button>
    </Popconfirm>
  )
}

export function Subscribers(): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const client = useQueryClient()
  const [typed, setTyped] = useState('')
  const text = useDeferredValue(typed.trim())
  const rows = useServerRows([...ROWS, text], (cursor) => subscribers.list(text, cursor))
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ROWS })
  const columns: Column<Subscriber>[] = [
    { key: 'place', title: t('announcements.subscriber.place'), widest: '24em', render: (one) => one.place },
    { key: 'channel', title: t('announcements.subscriber.channel'), render: (one) => t(`announcements.channel.${one.channel}`) },
    { key: 'address', title: t('announcements.subscriber.address'), render: (one) => <span className="figure">{one.address}</span> },
    { key: 'name', title: t('announcements.subscriber.name'), widest: '14em', render: (one) => one.name || '—' },
    { key: 'language', title: t('announcements.subscriber.language'), render: (one) => t(`announcements.language.${one.language}`) },
    { key: 'added', title: t('announcements.subscriber.added'), render: (one) => <span className="figure">{shortDateTime(one.added_at, i18n.language, zone)}</span> },
    { key: 'drop', title: t('announcements.subscriber.act'), stays: true, render: (one) => <Drop one={one} onDone={again} /> },
  ]
  return (
    <div className="stack">
      <Adding onDone={again} />
      <DataTable
        name="announcement-subscribers"
        label={t('announcements.part.subscribers')}
        columns={columns}
        rows={rows}
        keyOf={(one) => one.id}
        empty={{ title: t('announcements.subscriber.none'), why: t('announcements.subscriber.none_why') }}
        filters={<Input allowClear className="announcements-input" value={typed} maxLength={80} placeholder={t('announcements.subscriber.find')} aria-label={t('announcements.subscriber.find')} onChange={(event) => setTyped(event.target.value)} />}
      />
    </div>
  )
}
