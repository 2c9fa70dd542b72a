/** What the lists show and in which order; one's own views; words to everybody one sees. */
import { Button, Input, Popover, Segmented, Select, type InputRef } from 'antd'
import { useState, type ReactElement, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'

import { listFilePath } from '@/api/exports'
import type { AgentRow, DeskState } from '@/api/schema'
import { useMay } from '@/api/session'
import { useLive } from '@/live/store'
import { ListExport } from '@/ui/ExportMenu'
import { Kbd } from '@/ui/Kbd'

import { MessageForm } from './MessageForm'
import type { useSavedViews } from './savedViews'
import { ALL, isNarrowed, type Look, type Shown, type Sort } from './view'

const STATES: DeskState[] = ['ready', 'ringing', 'talking', 'hold', 'acw', 'not_ready', 'not_responding', 'lost', 'unregistered', 'signed_out']

function useTeams(): string[] {
  return useLive(
    useShallow((state) =>
      [...new Set((Object.values(state.topics['agents'] ?? {}) as unknown as AgentRow[]).map((row) => row.team))].sort((one, other) => one.localeCompare(other)),
    ),
  )
}

function Views({ shown, saved }: { shown: Shown; saved: ReturnType<typeof useSavedViews> }): ReactElement {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const { view, change } = shown
  return (
    <div className="stack saved-views">
      {saved.views.length === 0 ? <p className="quiet">{t('live.no_views')}</p> : null}
      <ol className="waiters">
        {saved.views.map((each, at) => (
          <li key={`${at} ${each.name}`} className="row">
            <button type="button" className="plain-button grow" onClick={() => change(saved.at(at + 1) ?? ALL)}>
              {each.name}
            </button>
            <Kbd keys={String(at + 1)} />
            <Button size="small" type="text" aria-label={t('live.view_remove', { name: each.name })} onClick={() => saved.remove(at)}>
              ✕
            </Button>
          </li>
        ))}
      </ol>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault()
          saved.add(name.trim(), view)
          setName('')
        }}
      >
        <Input className="grow" value={name} maxLength={30} aria-label={t('live.view_name')} placeholder={t('live.view_name')} onChange={(event) => setName(event.target.value)} />
        <Button htmlType="submit" disabled={name.trim() === '' || saved.isFull}>
          {t('live.view_save')}
        </Button>
      </form>
    </div>
  )
}

const EVERYBODY = {}
const AGENTS_FILE = listFilePath('live_agents')
const QUEUES_FILE = listFilePath('live_queues')

interface ToolbarProps {
  shown: Shown
  saved: ReturnType<typeof useSavedViews>
  queueNames: Map<string, string>
  isPinned: boolean
  onPin: () => void
  findRef: Ref<InputRef>
  count: number
}

export function Toolbar({ shown, saved, queueNames, isPinned, onPin, findRef, count }: ToolbarProps): ReactElement {
  const { t } = useTranslation()
  const { view, change } = shown
  const teams = useTeams()
  const mayForce = useMay('live.force')
  return (
    <div className="row live-tools" role="toolbar" aria-label={t('live.filters')}>
      <Segmented<Sort>
        value={view.sort}
        onChange={(sort) => change({ sort })}
        aria-label={t('live.sort')}
        options={[
          { value: 'trouble', label: t('live.sort_trouble') },
          { value: 'number', label: t('live.sort_number') },
        ]}
      />
      <Segmented<Look>
        value={view.look}
        onChange={(look) => change({ look })}
        aria-label={t('live.look')}
        options={[
          { value: 'list', label: t('live.look_list') },
          { value: 'cards', label: t('live.look_cards') },
        ]}
      />
      <Select
        className="live-filter"
        value={view.team}
        aria-label={t('live.column.team')}
        options={[{ value: '', label: t('live.all_teams') }, ...teams.map((team) => ({ value: team, label: team }))]}
        onChange={(team) => change({ team })}
      />
      <Select
        className="live-filter"
        value={view.queue}
        aria-label={t('live.column.queue')}
        options={[{ value: '', label: t('live.all_queues') }, ...[...queueNames].map(([value, label]) => ({ value, label }))]}
        onChange={(queue) => change({ queue })}
      />
      <Select
        className="live-filter"
        value={view.state}
        aria-label={t('live.column.state')}
        options={[{ value: '', label: t('live.all_states') }, ...STATES.map((state) => ({ value: state, label: t(`state.${state}`) }))]}
        onChange={(state: DeskState | '') => change({ state })}
      />
      <Input
        ref={findRef}
        className="live-find"
        value={view.find}
        allowClear
        aria-label={t('live.find')}
        placeholder={t('live.find')}
        suffix={<Kbd keys="F" />}
        onChange={(event) => change({ find: event.target.value })}
        data-testid="live-find"
      />
      {isNarrowed(view) ? <Button onClick={() => change({ ...ALL, sort: view.sort, look: view.look })}>{t('live.clear')}</Button> : null}
      <span className="quiet figure">{t('live.count', { count })}</span>
      <span className="grow" />
      <Button aria-pressed={isPinned} type={isPinned ? 'primary' : 'default'} onClick={onPin} data-testid="freeze">
        {isPinned ? t('live.frozen') : t('live.freeze')}
        <Kbd keys="P" />
      </Button>
      <Popover trigger="click" placement="bottomRight" content={<Views shown={shown} saved={saved} />}>
        <Button>{t('live.views')}</Button>
      </Popover>
      <ListExport name={t('live.agents')} pathOf={AGENTS_FILE} others={[{ name: t('live.queues'), pathOf: QUEUES_FILE }]} />
      {mayForce ? (
        <Popover trigger="click" placement="bottomRight" content={<MessageForm to={EVERYBODY} label={t('live.message_to_all')} />}>
          <Button>{t('live.message')}</Button>
        </Popover>
      ) : null}
    </div>
  )
}
