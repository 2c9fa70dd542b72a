/** A new API key: what for, what it may do, until when. */
import { Button, Checkbox, Form, Input, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { apiKeys, type KeyWish } from '@/api/system'
import { serverNow } from '@/live/clock'
import { FormField, FormProblems, TextField } from '@/ui/FormField'
import { useServerForm } from '@/ui/useServerForm'

import { dayEnds } from './days'

interface Wish {
  name: string
  permissions: KeyWish['permissions']
  until: string
}

const DAY = 86_400_000
const TERMS = [30, 90, 365, 730] as const
const USUAL = 90

const dayAfter = (days: number): string => new Date(serverNow() + days * DAY).toISOString().slice(0, 10)

export interface NewKeyProps {
  grantable: KeyWish['permissions']
  zone: string
  onMade: (token: string) => void
  onCancel: () => void
}

export function NewKey({ grantable, zone, onMade, onCancel }: NewKeyProps): ReactElement {
  const { t } = useTranslation()
  const send = useServerForm<Wish>(
    async ({ name, permissions, until }) => {
      const made = await apiKeys.make({ name, permissions, expires_at: dayEnds(until, zone) })
      onMade(made.token)
    },
    { key_expiry_invalid: 'until', key_allows_too_much: 'permissions' },
  )
  const begin: Wish = { name: '', permissions: [], until: dayAfter(USUAL) }
  return (
    <Form<Wish> form={send.form} layout="vertical" initialValues={begin} requiredMark={false} onFinish={(wish) => void send.submit(wish)}>
      <FormProblems problems={send.problems} onGo={send.go} />
      <TextField name="name" label={t('system.key_name')} does={t('system.key_name_does')} longest={80} testId="key-name" />
      <FormField name="permissions" label={t('system.key_permissions')} does={t('system.key_permissions_does')}>
        <Checkbox.Group
          className="system-choices"
          options={grantable.map((value) => ({ value, label: t(`system.permission.${value}`, { defaultValue: value }) }))}
        />
      </FormField>
      <FormField name="until" label={t('system.key_until')} does={t('system.key_until_does')}>
        <Input type="date" className="system-day" data-testid="key-until" />
      </FormField>
      <Select
        className="system-chosen"
        aria-label={t('system.key_term')}
        placeholder={t('system.key_term')}
        value={null}
        onChange={(days: number | null) => days !== null && send.form.setFieldValue('until', dayAfter(days))}
        options={TERMS.map((days) => ({ value: days, label: t('system.days', { count: days }) }))}
      />
      <div className="row system-foot">
        <Button type="primary" htmlType="submit" loading={send.isBusy} data-testid="key-make">
          {t('system.key_make')}
        </Button>
        <Button onClick={onCancel}>{t('system.cancel')}</Button>
      </div>
    </Form>
  )
}
