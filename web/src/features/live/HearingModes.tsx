/** Who hears me with this agent: one of three ways, and what goes further than hearing. */
import { Button, Radio } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { floor, type HearingMode } from '@/api/floor'
import type { AgentRow } from '@/api/schema'
import { useMe } from '@/api/session'
import { ReasonForm } from '@/forms/ReasonForm'
import { announce } from '@/ui/announce'
import { Kbd } from '@/ui/Kbd'
import { ErrorBox } from '@/ui/states'

import { MODES, type Ears } from './monitor'

const KEYS: Record<HearingMode, string> = { listen: 'L', whisper: 'W', barge: 'B' }
const TALKS = new Set(['talking', 'hold', 'recovering'])

type Further = 'take_over' | 'end_contact'

function GoFurther({ agent, ears }: { agent: AgentRow; ears: Ears }): ReactElement | null {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<Further | null>(null)
  const [error, setError] = useState<unknown>(null)
  const mine = ears.now !== null && ears.now.agent?.id === agent.id ? ears.now : null
  const contact = agent.contact
  if (contact === null || !TALKS.has(agent.state)) return null
  const submit = async (reason: string): Promise<void> => {
    setError(null)
    try {
      if (asked === 'take_over' && mine !== null) await floor.takeOver(mine.id, reason)
      if (asked === 'end_contact') await floor.endContact(contact, reason)
      announce(t(`live.done.${asked ?? 'end_contact'}`, { name: agent.name }))
      setAsked(null)
    } catch (refusal) {
      setError(refusal)
    }
  }
  return (
    <div className="stack">
      <div className="row">
        <Button disabled={mine === null} title={mine === null ? t('live.take_over_first') : undefined} onClick={() => setAsked('take_over')} data-testid="take-over">
          {t('live.take_over')}
        </Button>
        <Button danger onClick={() => setAsked('end_contact')} data-testid="end-contact">
          {t('live.end_contact')}
        </Button>
      </div>
      <p className="quiet">{asked === null ? t('live.further_why') : t(`live.further.${asked}`)}</p>
      {error === null ? null : <ErrorBox error={error} />}
      {asked === null ? null : (
        <ReasonForm submitLabel={t(`live.${asked}`)} danger={asked === 'end_contact'} onSubmit={submit} onCancel={() => setAsked(null)} />
      )}
    </div>
  )
}

/** Why this person cannot listen now; `null` when they can. */
function useWhyNot(agent: AgentRow, ears: Ears): ReactElement | null {
  const { t } = useTranslation()
  const me = useMe()
  if (me?.agent == null) return <p className="quiet">{t('live.no_own_desk')}</p>
  if (!ears.isSeated) {
    return (
      <p className="quiet">
        {t('live.sit_first')} <Link to="/desk">{t('live.to_desk')}</Link>
      </p>
    )
  }
  if (me.agent.id === agent.id) return <p className="quiet">{t('live.own_row')}</p>
  if (agent.state === 'signed_out') return <p className="quiet">{t('live.agent_away')}</p>
  return null
}

export function HearingModes({ agent, ears }: { agent: AgentRow; ears: Ears }): ReactElement {
  const { t } = useTranslation()
  const whyNot = useWhyNot(agent, ears)
  const mine = ears.now !== null && ears.now.agent?.id === agent.id ? ears.now : null
  return (
    <section className="stack" aria-label={t('live.hearing')}>
      <h3>{t('live.hearing')}</h3>
      {whyNot}
      <Radio.Group
        className="hearing"
        value={mine?.mode ?? null}
        disabled={whyNot !== null || ears.isBusy}
        onChange={(event) => void ears.hear(agent.id, event.target.value as HearingMode)}
      >
        {MODES.map((mode) => (
          <Radio key={mode} value={mode} data-testid={`hear-${mode}`}>
            {t(`live.mode.${mode}`)} <Kbd keys={KEYS[mode]} /> <span className="quiet">{t(`live.who_hears.${mode}`)}</span>
          </Radio>
        ))}
      </Radio.Group>
      {mine === null ? null : (
        <Button onClick={() => void ears.stop()}>
          {t('live.leave')}
          <Kbd keys="Esc" />
        </Button>
      )}
      <GoFurther key={agent.contact ?? ''} agent={agent} ears={ears} />
    </section>
  )
}
