/** Step 4: the first agent serves the queue and is signed in: oneself, or a colleague at a desk. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { desk } from '@/api/calls'
import { routing } from '@/api/routing'
import type { AgentRow } from '@/api/schema'
import { hasDesk, useMe } from '@/api/session'
import { useRow, useTopics } from '@/live/hooks'
import { usePhoneControl } from '@/phone/context'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'
import { StatusTag } from '@/ui/StatusTag'
import { useCommand } from '@/ui/useCommand'

import { madeBy, type StepProps } from './steps'

/** Sign in at this browser, and be ready for the test call. */
function SignIn(): ReactElement {
  const { t } = useTranslation()
  const phone = usePhoneControl()
  const signIn = useCommand(async () => {
    await phone.signIn('browser', false)
    await desk.state({ to: 'ready' })
  })
  return (
    <Button type="primary" loading={signIn.isBusy} data-testid="setup-sign-in" onClick={() => void signIn.run()}>
      {t('setup.sign_in_ready')}
    </Button>
  )
}

export function AgentStep({ organisation, onDone }: StepProps): ReactElement {
  const { t } = useTranslation()
  const me = useMe()
  const client = useQueryClient()
  useTopics('agents')
  const queue = madeBy(organisation, 'queue')
  const agents = useQuery({ queryKey: ['agents'], queryFn: routing.agents })
  const [chosen, setChosen] = useState<string | null>(null)
  const who = chosen ?? me?.agent?.id ?? agents.data?.[0]?.id ?? ''
  const row = useRow<AgentRow>('agents', who)
  const agent = agents.data?.find((each) => each.id === who)
  const serve = useCommand(async () => {
    if (agent === undefined || queue === '') return
    await routing.changeAgent(agent.id, { queues: [...agent.queues, queue] }, agent.revision)
    await client.invalidateQueries({ queryKey: ['agents'] })
  })
  const next = useCommand(() => onDone(who))
  if (agents.isPending) return <Loading rows={4} />
  if (agents.isError) return <ErrorBox error={agents.error} onRetry={() => void agents.refetch()} />
  if (agents.data.length === 0) {
    return (
      <EmptyState
        title={t('setup.agents_none')}
        why={t('setup.agents_none_why')}
        action={
          <span className="row">
            <Link to="/setup?step=administrator">{t('setup.step.administrator')}</Link>
            <Link to="/admin/people?person=new">{t('setup.more_people')}</Link>
          </span>
        }
      />
    )
  }
  const serves = agent !== undefined && (queue === '' ? agent.queues.length > 0 : agent.queues.includes(queue))
  const isHere = row !== undefined && row.state !== 'signed_out'
  const isMe = hasDesk(me) && me?.agent?.id === who
  return (
    <section className="panel stack" aria-label={t('setup.step.agent')}>
      <h2>{t('setup.step.agent')}</h2>
      <div className="row">
        <Select
          aria-label={t('setup.which_agent')}
          value={who}
          className="setup-who"
          data-testid="which-agent"
          onChange={setChosen}
          options={agents.data.map((each) => ({ value: each.id, label: each.id === me?.agent?.id ? t('setup.myself', { no: each.no }) : `${each.no} ${each.name}` }))}
        />
        {row === undefined ? null : <StatusTag state={row.state} />}
      </div>
      <ol className="setup-list">
        <li className="row" data-testid="agent-serves" data-ok={serves}>
          <span className={serves ? 'grow light-ok' : 'grow light-red'}>{serves ? `● ${t('setup.serves')}` : `■ ${t('setup.serves_not')}`}</span>
          {serves ? null : (
            <Button loading={serve.isBusy} disabled={queue === ''} data-testid="agent-serve" onClick={() => void serve.run()}>
              {t('setup.serve')}
            </Button>
          )}
        </li>
        <li className="row" data-testid="agent-here" data-ok={isHere}>
          <span className={isHere ? 'grow light-ok' : 'grow light-red'}>{isHere ? `● ${t('setup.signed_in')}` : `■ ${isMe ? t('setup.not_signed_in') : t('setup.colleague_signs_in')}`}</span>
          {!isHere && isMe ? <SignIn /> : null}
        </li>
      </ol>
      {me?.agent == null ? <p className="quiet">{t('setup.no_extension')}</p> : null}
      <div className="row">
        <Button type="primary" disabled={!serves || !isHere} loading={next.isBusy} data-testid="setup-next" onClick={() => void next.run()}>
          {t('setup.next')}
        </Button>
        <Link to="/admin/people?person=new">{t('setup.more_people')}</Link>
      </div>
    </section>
  )
}
