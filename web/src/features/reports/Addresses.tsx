/** Where reports reach people: one's own address, and for administrators everybody's. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Form, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { ApiProblem } from '@/api/client'
import { people } from '@/api/people'
import { useMay } from '@/api/session'
import { announce } from '@/ui/announce'
import { notify } from '@/ui/notices'
import { ErrorBox, Loading } from '@/ui/states'

const useProfile = () => useQuery({ queryKey: ['profile'], queryFn: people.profile, staleTime: 300_000 })

/** Who has no address is told so where reports are subscribed to, and how to set one. */
export function AddressStrip({ onOpen }: { onOpen: () => void }): ReactElement | null {
  const { t } = useTranslation()
  const profile = useProfile()
  if (profile.data?.email !== '') return null
  return (
    <p className="strip strip-amber" data-testid="address-missing">
      <span className="strip-text">
        <span aria-hidden="true">▲ </span>
        {t('address.missing')}
      </span>
      <Button size="small" data-testid="address-set" onClick={onOpen}>
        {t('address.set')}
      </Button>
    </p>
  )
}

interface AddressFormProps {
  id: string
  label: string
  email: string
  save: (email: string) => Promise<unknown>
}

function AddressForm({ id, label, email, save }: AddressFormProps): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [form] = Form.useForm<{ email: string }>()
  const [isBusy, setBusy] = useState(false)
  const store = async (given: string): Promise<void> => {
    setBusy(true)
    try {
      await save(given.trim())
      await Promise.all(['profile', 'people', 'report-recipients'].map((key) => client.invalidateQueries({ queryKey: [key] })))
      announce(t('address.saved', { label }))
    } catch (error) {
      // The server has the last word on what an address is.
      if (error instanceof ApiProblem && error.facts['field'] === 'body.email') form.setFields([{ name: 'email', errors: [t('address.wrong')] }])
      else notify(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Form form={form} layout="vertical" requiredMark={false} initialValues={{ email }} onFinish={({ email: given }) => void store(given)}>
      <Form.Item name="email" htmlFor={`address-${id}`} label={label} rules={[{ type: 'email', transform: (text: string) => text.trim(), message: t('address.wrong') }]}>
        <Input
          id={`address-${id}`}
          type="text"
          inputMode="email"
          autoComplete="off"
          maxLength={254}
          data-testid={`address-${id}`}
          suffix={
            <Button size="small" type="text" htmlType="submit" loading={isBusy} data-testid={`address-save-${id}`}>
              {t('address.save')}
            </Button>
          }
        />
      </Form.Item>
    </Form>
  )
}

function Everybody(): ReactElement {
  const { t } = useTranslation()
  const list = useQuery({ queryKey: ['people'], queryFn: people.list })
  if (list.isPending) return <Loading rows={6} />
  if (list.isError) return <ErrorBox error={list.error} onRetry={() => void list.refetch()} />
  const open = list.data.filter((person) => person.disabled_at === null)
  return (
    <section aria-label={t('address.everybody')}>
      <h3>{t('address.everybody')}</h3>
      {open.map((person) => (
        <AddressForm
          key={`${person.id} ${person.email}`}
          id={person.id}
          label={`${person.name} · ${person.username}`}
          email={person.email}
          save={(email) => people.setEmail(person.id, email)}
        />
      ))}
    </section>
  )
}

export function AddressDrawer({ onDone }: { onDone: () => void }): ReactElement {
  const { t } = useTranslation()
  const profile = useProfile()
  const isAdmin = useMay('users.edit')
  return (
    <Drawer open title={t('address.open')} onClose={onDone}>
      <p className="quiet">{t('address.about')}</p>
      {profile.isPending ? <Loading rows={1} /> : null}
      {profile.isError ? <ErrorBox error={profile.error} onRetry={() => void profile.refetch()} /> : null}
      {profile.data === undefined ? null : (
        <AddressForm key={profile.data.email} id="own" label={t('address.own')} email={profile.data.email} save={(email) => people.setProfile({ email })} />
      )}
      {isAdmin ? <Everybody /> : null}
    </Drawer>
  )
}
