/** The state a supervisor may force on an agent, with a reason. */
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { centre } from '@/api/calls'
import type { AgentRow } from '@/api/schema'
import { ReasonForm } from '@/forms/ReasonForm'
import { announce } from '@/ui/announce'
import { ErrorBox } from '@/ui/states'

type Forced = 'ready' | 'not_ready' | 'signed_out'
const FORCED: Forced[] = ['ready', 'not_ready', 'signed_out']

export function ForceState({ agent }: { agent: AgentRow }): ReactElement {
  const { t } = useTranslation()
  const [to, setTo] = useState<Forced | null>(null)
  const [error, setError] = useState<unknown>(null)
  const submit = async (reason: string): Promise<void> => {
    if (to === null) return
    setError(null)
    try {
      await centre.force(agent.id, to, reason)
      announce(t('live.forced', { name: agent.name }))
      setTo(null)
    } catch (refusal) {
      setError(refusal)
    }
  }
  return (
    <section className="stack" aria-label={t('live.force')}>
      <h3>{t('live.force')}</h3>
      <div className="row">
        {FORCED.map((state) => (
          <Button
            key={state}
            danger={state === 'signed_out'}
            type={to === state ? 'primary' : 'default'}
            aria-pressed={to === state}
            data-testid={`force-${state}`}
            onClick={() => setTo(state)}
          >
            {t(`live.force_${state}`)}
          </Button>
        ))}
      </div>
      {error === null ? null : <ErrorBox error={error} />}
      {to === null ? (
        <p className="quiet">{t('live.force_why')}</p>
      ) : (
        <ReasonForm submitLabel={t(`live.force_${to}`)} danger={to === 'signed_out'} onSubmit={submit} onCancel={() => setTo(null)} />
      )}
    </section>
  )
}
