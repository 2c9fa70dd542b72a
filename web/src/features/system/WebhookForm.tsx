/** A webhook: where it goes, what it is told, whether numbers go out in full. */
import { Button, Checkbox, Form, Switch } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { webhooks, type EventKind, type Webhook, type WebhookWish } from '@/api/system'
import { Conflict, type ConflictField } from '@/ui/Conflict'
import { FormField, FormProblems, TextField } from '@/ui/FormField'
import { codeOf } from '@/ui/problems'
import { useServerForm } from '@/ui/useServerForm'

export const EVENTS: readonly EventKind[] = ['contact.began', 'contact.ended', 'wrap_up.ended', 'recording.ready', 'agent.state', 'alarm']

const BLANK: WebhookWish = { name: '', url: '', events: ['contact.ended'], is_internal: false, unmasked: false, is_on: true }

const wishOf = ({ name, url, events, is_internal, unmasked, is_on }: Webhook): WebhookWish => ({ name, url, events, is_internal, unmasked, is_on })

export interface WebhookFormProps {
  webhook: Webhook | null
  /** A new one's secret, or null for a changed one. */
  onSaved: (secret: string | null) => void
  onCancel: () => void
}

export function WebhookForm({ webhook, onSaved, onCancel }: WebhookFormProps): ReactElement {
  const { t } = useTranslation()
  const [theirs, setTheirs] = useState<Webhook | null>(null)
  const [mine, setMine] = useState<WebhookWish | null>(null)
  const save = async (wish: WebhookWish, revision: number | undefined): Promise<void> => {
    if (webhook === null || revision === undefined) onSaved((await webhooks.make(wish)).secret)
    else {
      await webhooks.change(webhook.id, { ...wish, revision })
      onSaved(null)
    }
  }
  const send = useServerForm<WebhookWish>(
    async (wish) => {
      setMine(wish)
      await save(wish, theirs?.revision ?? webhook?.revision)
    },
    {},
    (error) => {
      if (codeOf(error) !== 'webhook_changed') return false
      void webhooks.all().then((all) => setTheirs(all.find((one) => one.id === webhook?.id) ?? null))
      return true
    },
  )
  const yes = (is: boolean | undefined): string => t(is === true ? 'system.yes' : 'system.no')
  const fields: ConflictField<WebhookWish>[] = [
    { key: 'name', label: t('system.hook_name') },
    { key: 'url', label: t('system.hook_url') },
    { key: 'events', label: t('system.hook_events'), show: (version) => version.events.map((each) => t(`system.event.${each}`)).join(t('system.comma')) },
    { key: 'is_on', label: t('system.hook_on'), show: (version) => yes(version.is_on) },
    { key: 'unmasked', label: t('system.hook_unmasked'), show: (version) => yes(version.unmasked) },
    { key: 'is_internal', label: t('system.hook_internal'), show: (version) => yes(version.is_internal) },
  ]
  if (theirs !== null && mine !== null) {
    return (
      <Conflict<WebhookWish>
        mine={mine}
        theirs={wishOf(theirs)}
        fields={fields}
        by={theirs.changed_by_name}
        isBusy={send.isBusy}
        onResolve={(version) => void send.submit(version)}
        onTakeTheirs={() => onSaved(null)}
      />
    )
  }
  const flag = (name: 'is_on' | 'unmasked' | 'is_internal', label: string): ReactElement => (
    <FormField name={name} label={t(`system.hook_${label}`)} does={t(`system.hook_${label}_does`)} valuePropName="checked">
      <Switch data-testid={`hook-${label}`} />
    </FormField>
  )
  return (
    <Form<WebhookWish>
      form={send.form}
      layout="vertical"
      initialValues={webhook === null ? BLANK : wishOf(webhook)}
      requiredMark={false}
      onFinish={(wish) => void send.submit(wish)}
    >
      <FormProblems problems={send.problems} onGo={send.go} />
      <TextField name="name" label={t('system.hook_name')} longest={80} testId="hook-name" />
      <TextField name="url" label={t('system.hook_url')} does={t('system.hook_url_does')} longest={1000} testId="hook-url" />
      <FormField name="events" label={t('system.hook_events')} does={t('system.hook_events_does')}>
        <Checkbox.Group className="system-choices" options={EVENTS.map((value) => ({ value, label: t(`system.event.${value}`) }))} />
      </FormField>
      {flag('is_on', 'on')}
      {flag('unmasked', 'unmasked')}
      {flag('is_internal', 'internal')}
      <div className="row system-foot">
        <Button type="primary" htmlType="submit" loading={send.isBusy} data-testid="hook-save">
          {t('system.save')}
        </Button>
        <Button onClick={onCancel}>{t('system.cancel')}</Button>
      </div>
    </Form>
  )
}
