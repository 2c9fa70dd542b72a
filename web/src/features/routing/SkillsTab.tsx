/** 技能: who has which at which level, and the steps of flows that ask for it. */
import { useQuery } from '@tanstack/react-query'
import { AutoComplete, Button, Select, Tag } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { routing, type Skill } from '@/api/routing'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'

import { skilled } from './crew'
import { FRESH_MS, useAgentOptions } from './known'
import { LEVELS, useAgentChange } from './Members'

const NAME = /^[^\s:]{1,40}$/

function Give({ skills }: { skills: readonly Skill[] }): ReactElement {
  const { t } = useTranslation()
  const agents = useAgentOptions()
  const change = useAgentChange()
  const [skill, setSkill] = useState('')
  const [agent, setAgent] = useState<string | null>(null)
  const [level, setLevel] = useState(5)
  const isReady = NAME.test(skill) && agent !== null
  return (
    <form className="row panel" onSubmit={(event) => {
      event.preventDefault()
      if (isReady) void change(agent, (now) => skilled(now, skill, level)).then((done) => { if (done) setAgent(null) })
    }}>
      <AutoComplete className="routing-middle" aria-label={t('routing.skill')} placeholder={t('routing.skill')} value={skill} data-testid="skill-name" options={skills.map((each) => ({ value: each.skill }))} onChange={(next: string) => setSkill(next.trim())} />
      <Select<string> className="routing-middle" aria-label={t('routing.column.agent')} placeholder={t('routing.column.agent')} showSearch={{ optionFilterProp: 'label' }} value={agent} options={agents} data-testid="skill-agent" onChange={setAgent} />
      <Select<number> className="routing-level" aria-label={t('routing.level')} value={level} options={LEVELS} onChange={setLevel} />
      <Button htmlType="submit" type="primary" disabled={!isReady} data-testid="skill-give">{t('routing.skill_give')}</Button>
    </form>
  )
}

export function SkillsTab(): ReactElement {
  const { t } = useTranslation()
  const skills = useQuery({ queryKey: ['routing', 'skills'], queryFn: routing.skills, refetchInterval: FRESH_MS })
  const names = new Map(useAgentOptions().map((each) => [each.value, each.label]))
  const change = useAgentChange()
  if (skills.isPending) return <Loading />
  if (skills.isError) return <ErrorBox error={skills.error} onRetry={() => void skills.refetch()} />
  return (
    <div className="stack">
      <p className="quiet">{t('routing.skills_about')}</p>
      <Give skills={skills.data} />
      {skills.data.length === 0 ? <EmptyState title={t('routing.skills_none')} why={t('routing.skills_none_why')} /> : (
        <div className="scroll">
          <table className="grid routing-wraps" aria-label={t('routing.tab.skills')}>
            <thead><tr>{['skill', 'held_by', 'needed_by'].map((name) => <th key={name} scope="col">{t(`routing.column.${name}`)}</th>)}</tr></thead>
            <tbody>
              {skills.data.map((each) => (
                <tr key={each.skill} data-testid={`skill-${each.skill}`}>
                  <th scope="row">{each.skill}</th>
                  <td>
                    {each.agents.length === 0 ? <span className="over">▲ {t('routing.skill_nobody')}</span> : each.agents.map((holder) => (
                      <Tag key={holder.agent} closable={{ 'aria-label': t('routing.skill_take', { skill: each.skill, name: names.get(holder.agent) ?? holder.agent }) }}
                        onClose={(event) => { event.preventDefault(); void change(holder.agent, (now) => skilled(now, each.skill, null)) }}>
                        {names.get(holder.agent) ?? holder.agent} · {t('routing.level_n', { level: holder.level })}
                      </Tag>
                    ))}
                  </td>
                  <td>{each.needed_by.length === 0 ? '—' : each.needed_by.map((need) => t('routing.needed', { flow: need.name, node: need.node, level: need.level })).join('; ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  )
}
