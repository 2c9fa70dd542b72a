/** 谁会接到: whom a call of this queue would ring right now, and why nobody else. Changes nothing. */
import { useQuery } from '@tanstack/react-query'
import { Input, InputNumber } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { routing, type WhoNext as Answer } from '@/api/routing'
import { isEnglish } from '@/ui/format'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'

const AGAIN_MS = 5_000
const SKILL = /^[^:\s]+:([1-9]|10)$/

function Rung({ answer }: { answer: Answer }): ReactElement {
  const { t, i18n } = useTranslation()
  const elsewhere = isEnglish(i18n.language) ? answer.leaves_to_en : answer.leaves_to_zh
  const rung = answer.agents.filter((agent) => agent.why_not === null)
  if (elsewhere !== null) return <p data-testid="who-first">▲ {t('routing.who_elsewhere', { to: elsewhere })}</p>
  if (rung.length === 0) return <p data-testid="who-first">◔ {t('routing.who_nobody', { count: answer.waiting })}</p>
  return <p data-testid="who-first">☎ {t('routing.who_rings', { names: rung.map((agent) => `${agent.no} ${agent.name}`).join('、') })}</p>
}

export function WhoNext({ queue }: { queue: string }): ReactElement {
  const { t } = useTranslation()
  const [waited, setWaited] = useState(0)
  const [skill, setSkill] = useState('')
  const isSkill = SKILL.test(skill)
  const of = { waited: waited * 1_000, skill: isSkill ? skill : '' }
  const found = useQuery({ queryKey: ['routing', 'who', queue, of], queryFn: () => routing.whoNext(queue, of), refetchInterval: AGAIN_MS, placeholderData: (last) => last })
  return (
    <section className="panel stack" aria-label={t('routing.who')} data-testid="who-next">
      <h2>{t('routing.who')}</h2>
      <p className="quiet">{t('routing.who_about')}</p>
      <div className="row">
        <InputNumber className="routing-number" aria-label={t('routing.who_waited')} prefix={t('routing.who_waited')} suffix={t('routing.unit.s')} min={0} max={86_400} value={waited} onChange={(next) => setWaited(next ?? 0)} />
        <Input className="routing-short" aria-label={t('routing.who_skill')} placeholder={t('routing.who_skill')} value={skill} status={skill === '' || isSkill ? '' : 'warning'} onChange={(event) => setSkill(event.target.value.trim())} />
      </div>
      {found.isPending ? <Loading rows={3} /> : found.isError ? <ErrorBox error={found.error} onRetry={() => void found.refetch()} /> : (
        <>
          <Rung answer={found.data} />
          {found.data.agents.length === 0 ? <EmptyState title={t('routing.who_no_agents')} /> : (
            <div className="scroll routing-who">
              <table className="grid routing-wraps" aria-label={t('routing.who')}>
                <thead><tr>{['agent', 'level', 'why'].map((name) => <th key={name} scope="col">{t(`routing.column.${name}`)}</th>)}</tr></thead>
                <tbody>
                  {found.data.agents.map((agent) => (
                    <tr key={agent.id} data-testid={`who-${agent.id}`}>
                      <th scope="row">{agent.no} {agent.name}</th>
                      <td className="figure">{agent.level === 0 ? '—' : agent.level}</td>
                      <td>{agent.why_not === null ? `☎ ${t('routing.rung')}` : t(`routing.why_not.${agent.why_not}`)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </>
      )}
    </section>
  )
}
