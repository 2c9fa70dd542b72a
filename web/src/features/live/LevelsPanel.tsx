/** Who serves a queue and how well; moving several people at once, with what comes of it said before. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { InputNumber, Radio, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { floor, type Server } from '@/api/floor'
import { useMay } from '@/api/session'
import { ReasonForm } from '@/forms/ReasonForm'
import { announce } from '@/ui/announce'
import { ErrorBox, Loading } from '@/ui/states'

const FIRST_LEVEL = 5

/** How many of the signed-in serve the queue, now and after the move. */
export function effectOf(servers: Server[], chosen: readonly string[], level: number | null): { now: number; then: number } {
  const here = servers.filter((server) => server.signed_in)
  const serves = (server: Server): boolean => (chosen.includes(server.agent.id) ? level !== null : server.level !== null)
  return { now: here.filter((server) => server.level !== null).length, then: here.filter(serves).length }
}

function Move({ queue, servers, isFirst, onMoved }: { queue: string; servers: Server[]; isFirst: boolean; onMoved: () => Promise<unknown> }): ReactElement {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<string[]>([])
  const [serves, setServes] = useState(true)
  const [level, setLevel] = useState(FIRST_LEVEL)
  const [error, setError] = useState<unknown>(null)
  const to = serves ? level : null
  const effect = effectOf(servers, chosen, to)
  const submit = async (reason: string): Promise<void> => {
    setError(null)
    try {
      await floor.moveLevels(queue, chosen, to, reason)
      announce(t('live.moved', { count: chosen.length }))
      setChosen([])
      await onMoved()
    } catch (refusal) {
      setError(refusal)
    }
  }
  const label = ({ agent, level: now, signed_in }: Server): string =>
    `${agent.no} ${agent.name} · ${now === null ? t('live.serves_not') : t('live.level', { level: now })}${signed_in ? '' : ` · ${t('state.signed_out')}`}`
  return (
    <div className="stack">
      <Select
        mode="multiple"
        // Opened for this: who is to be moved is the first question.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus={isFirst}
        value={chosen}
        optionFilterProp="label"
        placeholder={t('live.choose_agents')}
        aria-label={t('live.choose_agents')}
        options={servers.map((server) => ({ value: server.agent.id, label: label(server) }))}
        onChange={setChosen}
        data-testid="levels-agents"
      />
      <div className="row">
        <Radio.Group value={serves} onChange={(event) => setServes(event.target.value as boolean)}>
          <Radio value>{t('live.to_level')}</Radio>
          <Radio value={false}>{t('live.serves_no_longer')}</Radio>
        </Radio.Group>
        <InputNumber min={1} max={10} value={level} disabled={!serves} aria-label={t('live.to_level')} onChange={(value) => setLevel(value ?? FIRST_LEVEL)} />
      </div>
      {chosen.length === 0 ? null : (
        <>
          <p>{t('live.effect', { count: chosen.length, now: effect.now, then: effect.then })}</p>
          {error === null ? null : <ErrorBox error={error} />}
          <ReasonForm submitLabel={t('live.move')} onSubmit={submit} onCancel={() => setChosen([])} />
        </>
      )}
    </div>
  )
}

export function LevelsPanel({ queue, isToMove }: { queue: string; isToMove: boolean }): ReactElement {
  const { t } = useTranslation()
  const mayForce = useMay('live.force')
  const client = useQueryClient()
  const key = ['levels', queue]
  const found = useQuery({ queryKey: key, queryFn: () => floor.levels(queue), refetchInterval: 10_000 })
  const servers = found.data ?? []
  const serving = servers.filter((server) => server.level !== null)
  return (
    <section className="stack" aria-label={t('live.levels')}>
      <h3>{t('live.levels')}</h3>
      {found.isPending ? <Loading rows={1} /> : null}
      {found.isError ? <ErrorBox error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.isSuccess ? (
        <p className="quiet">{t('live.serving', { count: serving.length, here: serving.filter((server) => server.signed_in).length })}</p>
      ) : null}
      {mayForce && found.isSuccess ? <Move key={`${queue} ${isToMove}`} queue={queue} isFirst={isToMove} servers={servers} onMoved={() => client.invalidateQueries({ queryKey: key })} /> : null}
    </section>
  )
}
