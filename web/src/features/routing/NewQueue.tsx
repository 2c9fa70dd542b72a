/** 新建队列: a name is enough; everything else begins as the product has it, or as in another queue. */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { FIRST_CODES, freshId, routing, type QueueRule } from '@/api/routing'
import { announce } from '@/ui/announce'
import { FormField, FormProblems } from '@/ui/FormField'
import { useServerForm } from '@/ui/useServerForm'

import { useQueueOptions, useQueues } from './known'

interface Wish {
  id: string
  name: string
  name_en: string
  like: string
}

/** What is taken over from another queue: its rule without its name and its number. */
function ruleOf(queue: QueueRule | undefined): Partial<QueueRule> {
  if (queue === undefined) return { dispositions: FIRST_CODES } as Partial<QueueRule>
  const { id: _id, name: _name, name_en: _en, revision: _revision, caller_number: _number, ...rule } = queue
  return rule
}

export function NewQueue({ onDone }: { onDone: () => void }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const queues = useQueues()
  const options = useQueueOptions()
  const { form, isBusy, problems, submit, go } = useServerForm<Wish>(
    async ({ like, id, name, name_en }) => {
      const names = { id: id.trim() || freshId(name_en), name: name.trim(), name_en: name_en.trim() || name.trim() }
      const added = await routing.addQueue({ ...ruleOf(queues.find((each) => each.id === like)), ...names })
      await client.invalidateQueries({ queryKey: ['routing'] })
      announce(t('routing.saved'))
      onDone()
      void navigate(`/admin/routing/queues/${encodeURIComponent(added.id)}`)
    },
    { already_there: 'id' },
  )
  const required = [{ required: true, whitespace: true, message: t('routing.required') }]
  return (
    <Form<Wish> form={form} layout="vertical" initialValues={{ id: '', name: '', name_en: '', like: '' }} onFinish={(wish) => void submit(wish)}>
      <FormProblems problems={problems} onGo={go} />
      <Form.Item name="name" label={t('routing.field.queue.name')} extra={t('routing.help.queue.name')} rules={required}>
        <Input maxLength={80} autoFocus data-testid="new-queue-name" />
      </Form.Item>
      <Form.Item name="name_en" label={t('routing.field.queue.name_en')} extra={t('routing.name_en_same')}>
        <Input maxLength={80} data-testid="new-queue-name-en" />
      </Form.Item>
      <Form.Item name="id" label={t('routing.id')} extra={t('routing.id_chosen')} rules={[{ pattern: /^[0-9A-Za-z_-]{1,40}$/, message: t('routing.id_wrong') }]}>
        <Input maxLength={40} className="typed" data-testid="new-queue-id" />
      </Form.Item>
      <FormField name="like" label={t('routing.like')} does={t('routing.like_about')}>
        <Select options={[{ value: '', label: t('routing.like_none') }, ...options]} data-testid="new-queue-like" />
      </FormField>
      <div className="row">
        <Button type="primary" htmlType="submit" loading={isBusy} data-testid="new-queue-save">{t('routing.create')}</Button>
        <Button onClick={onDone}>{t('common.cancel')}</Button>
      </div>
    </Form>
  )
}

