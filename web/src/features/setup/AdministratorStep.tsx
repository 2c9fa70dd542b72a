/** Step 2: a password of one's own, and a telephone extension for who will answer calls oneself. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { organisation as server } from '@/api/organisation'
import { own } from '@/api/own'
import { routing } from '@/api/routing'
import { sessionQuery, useMe } from '@/api/session'
import { FormField, FormProblems, TextField } from '@/ui/FormField'
import { useCommand } from '@/ui/useCommand'
import { useServerForm } from '@/ui/useServerForm'

import type { StepProps } from './steps'

const LONGEST_PASSWORD = 200
const FIRST_NUMBER = 8001

interface Passwords {
  present: string
  wanted: string
}

function OwnPassword({ onChanged }: { onChanged: () => void }): ReactElement {
  const { t } = useTranslation()
  const { form, isBusy, problems, submit, go } = useServerForm<Passwords>(
    async ({ present, wanted }) => {
      await own.changePassword(present, wanted)
      onChanged()
    },
    { password_not_right: 'present', password_too_weak: 'wanted' },
  )
  return (
    <Form form={form} layout="vertical" requiredMark={false} className="setup-form" onFinish={(wish) => void submit(wish)}>
      <FormProblems problems={problems} onGo={go} />
      <FormField name="present" label={t('setup.present_password')} isRequired>
        <Input.Password autoComplete="current-password" maxLength={LONGEST_PASSWORD} data-testid="password-present" />
      </FormField>
      <FormField name="wanted" label={t('setup.wanted_password')} does={t('setup.wanted_password_does')} isRequired>
        <Input.Password autoComplete="new-password" maxLength={LONGEST_PASSWORD} data-testid="password-wanted" />
      </FormField>
      <Button htmlType="submit" loading={isBusy} data-testid="password-save">
        {t('setup.password_save')}
      </Button>
    </Form>
  )
}

/** The first number that no agent has. */
export function freeNumber(taken: readonly string[]): string {
  let number = FIRST_NUMBER
  while (taken.includes(String(number))) number += 1
  return String(number)
}

function OwnExtension({ onTaken }: { onTaken: (no: string) => Promise<void> }): ReactElement {
  const { t } = useTranslation()
  const me = useMe()
  const client = useQueryClient()
  const agents = useQuery({ queryKey: ['agents'], queryFn: routing.agents })
  const teams = useQuery({ queryKey: ['teams'], queryFn: server.teams })
  const { form, isBusy, problems, submit, go } = useServerForm<{ no: string }>(
    async ({ no }) => {
      const team = teams.data?.[0]?.id
      if (me === null || team === undefined) return
      const isThere = agents.data?.some((agent) => agent.id === no) ?? false
      if (!isThere) await server.addAgent({ id: no, no, name: me.user.name, team, queues: [] })
      // Noted before the last step: who gains rights is signed out, and comes back behind it.
      await onTaken(no)
      await server.becomeAgent(me.user.id, no)
      await client.invalidateQueries({ queryKey: sessionQuery.queryKey })
    },
    { already_there: 'no', agent_taken: 'no' },
  )
  if (agents.data === undefined) return <p className="quiet">{t('common.loading')}</p>
  return (
    <Form form={form} layout="vertical" requiredMark={false} className="setup-form" initialValues={{ no: freeNumber(agents.data.map((agent) => agent.no)) }} onFinish={(wish) => void submit(wish)}>
      <FormProblems problems={problems} onGo={go} />
      <TextField name="no" label={t('setup.extension')} does={t('setup.extension_does')} longest={8} isRequired testId="extension" />
      <Button htmlType="submit" loading={isBusy} disabled={teams.data === undefined} data-testid="extension-save">
        {t('setup.extension_save')}
      </Button>
    </Form>
  )
}

export function AdministratorStep({ onDone }: StepProps): ReactElement {
  const { t } = useTranslation()
  const me = useMe()
  const [isNew, setNew] = useState(false)
  const next = useCommand(() => onDone(me?.agent?.no ?? ''))
  return (
    <>
      <section className="panel" aria-label={t('setup.own_password')}>
        <h2>{t('setup.own_password')}</h2>
        {isNew ? <p role="status" data-testid="password-new">● {t('setup.password_is_new')}</p> : <OwnPassword onChanged={() => setNew(true)} />}
      </section>
      <section className="panel" aria-label={t('setup.own_extension')}>
        <h2>{t('setup.own_extension')}</h2>
        {me?.agent == null ? (
          <OwnExtension onTaken={onDone} />
        ) : (
          <p>
            ● {t('setup.extension_is')} <b className="figure">{me.agent.no}</b>
          </p>
        )}
      </section>
      <div>
        <Button type="primary" disabled={!isNew} loading={next.isBusy} data-testid="setup-next" onClick={() => void next.run()}>
          {t('setup.next')}
        </Button>
        {isNew ? null : <span className="quiet"> {t('setup.password_first')}</span>}
      </div>
    </>
  )
}
