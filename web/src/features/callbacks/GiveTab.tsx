/** 分配: what is nobody's, or somebody's, is given to people evenly; or a rule does it. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Segmented, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { callbacks, type CallbackLine, type CallbackList } from '@/api/callbacks'
import { announce } from '@/ui/announce'
import { useCommand } from '@/ui/useCommand'

import { CallbackTable } from './CallbackTable'
import { PEOPLE, refresh } from './known'
import { RulePanel } from './RulePanel'

interface GiveBarProps {
  lines: readonly CallbackLine[]
  picked: ReadonlySet<string>
  onPick: (ids: ReadonlySet<string>) => void
}

function GiveBar({ lines, picked, onPick }: GiveBarProps): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const people = useQuery({ queryKey: PEOPLE, queryFn: callbacks.people })
  const [chosen, setChosen] = useState<string[]>([])
  // A row that somebody called meanwhile is no longer there.
  const ids = lines.map((line) => line.case.id).filter((id) => picked.has(id))
  const give = useCommand(async (to: readonly string[]) => {
    const given = await callbacks.give(ids, to)
    const said = to.length === 0 ? t('callbacks.taken_back', { count: ids.length }) : t('callbacks.given', { count: given.length })
    const leftOut = to.length === 0 ? 0 : lines.filter((line) => picked.has(line.case.id) && line.do_not_call !== null).length
    announce(leftOut === 0 ? said : `${said} · ${t('callbacks.left_out', { count: leftOut })}`)
    onPick(new Set())
    await refresh(client)
  })
  return (
    <div className="row callback-give" role="group" aria-label={t('callbacks.tab.give')} data-testid="give-bar">
      <b>{t('callbacks.picked', { count: ids.length })}</b>
      <Button disabled={lines.length === 0} data-testid="give-all" onClick={() => onPick(new Set(ids.length === lines.length ? [] : lines.map((line) => line.case.id)))}>
        {ids.length === lines.length && lines.length > 0 ? t('callbacks.pick_none') : t('callbacks.pick_all')}
      </Button>
      <Select
        mode="multiple"
        className="callback-people"
        placeholder={t('callbacks.to_whom')}
        aria-label={t('callbacks.to_whom')}
        data-testid="give-people"
        value={chosen}
        onChange={setChosen}
        loading={people.isPending}
        optionFilterProp="label"
        options={(people.data ?? []).map((person) => ({ value: person.id, label: `${person.name} (${person.open})` }))}
      />
      <Button type="primary" disabled={ids.length === 0 || chosen.length === 0} loading={give.isBusy} data-testid="give-go" onClick={() => void give.run(chosen)}>
        {t('callbacks.give')}
      </Button>
      {ids.some((id) => lines.some((line) => line.case.id === id && line.person !== null)) ? (
        <Button loading={give.isBusy} data-testid="give-back" onClick={() => void give.run([])}>
          {t('callbacks.take_back')}
        </Button>
      ) : null}
    </div>
  )
}

export function GiveTab(): ReactElement {
  const { t } = useTranslation()
  const [list, setList] = useState<CallbackList>('nobodys')
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const onPick = (line: CallbackLine, isPicked: boolean): void => {
    const next = new Set(picked)
    if (isPicked) next.add(line.case.id)
    else next.delete(line.case.id)
    setPicked(next)
  }
  return (
    <>
      <RulePanel />
      <Segmented
        className="callback-which"
        value={list}
        options={(['nobodys', 'all'] as const).map((each) => ({ value: each, label: t(`callbacks.show.${each}`) }))}
        onChange={(next) => {
          setList(next)
          setPicked(new Set())
        }}
      />
      <CallbackTable
        key={list}
        list={list}
        picking={{ picked, onPick }}
        renderAbove={(lines) => <GiveBar lines={lines} picked={picked} onPick={setPicked} />}
      />
    </>
  )
}
