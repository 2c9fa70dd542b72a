/** Who serves a queue, and how well. Each change is in force at once. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { AgentChange, AgentRule } from '@/api/routing'
import { useMay } from '@/api/session'
import { announce } from '@/ui/announce'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

import { changeAgent, joined, levelIn, parted, ranked, serves } from './crew'
import { agentsQuery } from './known'

export const LEVELS = Array.from({ length: 10 }, (_, index) => ({ value: 10 - index, label: String(10 - index) }))

export function useAgentChange(): (id: string, wish: (agent: AgentRule) => AgentChange) => Promise<boolean> {
  const { t } = useTranslation()
  const client = useQueryClient()
  const change = useCommand(async (id: string, wish: (agent: AgentRule) => AgentChange) => {
    await changeAgent(id, wish)
    await Promise.all(['agents', 'skills', 'who'].map((name) => client.invalidateQueries({ queryKey: ['routing', name] })))
    announce(t('routing.saved'))
  })
  return change.run
}

export function Members({ queue }: { queue: string }): ReactElement {
  const { t } = useTranslation()
  const may = useMay('users.edit')
  const agents = useQuery({ ...agentsQuery, enabled: may })
  const change = useAgentChange()
  const [typed, setTyped] = useState('')
  if (!may) return <p className="quiet">{t('routing.members_not_yours')}</p>
  if (agents.isError) return <ErrorBox error={agents.error} onRetry={() => void agents.refetch()} />
  if (agents.isPending) return <Loading />
  const members = agents.data.filter((agent) => serves(agent, queue))
  const others = agents.data.filter((agent) => !serves(agent, queue))
  return (
    <div className="stack">
      <div className="row">
        <Select<string> data-testid="member-add" className="routing-middle" aria-label={t('routing.member_add')} placeholder={t('routing.member_add')} value={null}
          showSearch={{ optionFilterProp: 'label', searchValue: typed, onSearch: setTyped }}
          options={others.map((agent) => ({ value: agent.id, label: `${agent.no} ${agent.name}` }))}
          onChange={(id) => { setTyped(''); void change(id, (agent) => joined(agent, queue)) }} />
        <span className="quiet">{t('routing.members_about')}</span>
      </div>
      {members.length === 0 ? <EmptyState title={t('routing.members_none')} why={t('routing.members_none_why')} /> : (
        <div className="scroll routing-crew">
          <table className="grid" aria-label={t('routing.section.members')} data-testid="members">
            <thead><tr>{['agent', 'level', 'serves', 'act'].map((name) => <th key={name} scope="col"><span className={name === 'act' ? 'screen-reader' : undefined}>{t(`routing.column.${name}`)}</span></th>)}</tr></thead>
            <tbody>
              {members.map((agent) => (
                <tr key={agent.id} data-testid={`member-${agent.id}`}>
                  <th scope="row">{agent.no} {agent.name}</th>
                  <td><Select<number> size="small" className="routing-level" aria-label={t('routing.level_of', { name: agent.name })} value={levelIn(agent, queue)} options={LEVELS} onChange={(level) => void change(agent.id, (now) => ranked(now, queue, level))} /></td>
                  <td className="quiet">{t('routing.queues_served', { count: agent.queues.length })}</td>
                  <td><Button size="small" aria-label={t('routing.member_remove', { name: agent.name })} onClick={() => void change(agent.id, (now) => parted(now, queue))}>✕</Button></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  )
}
