/** One script: its places and steps at left, what the agent will see at right. */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Input, Popconfirm, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { contentOf, scripts, type Script, type ScriptPlaces, type ScriptStep } from '@/api/scripts'
import { announce } from '@/ui/announce'
import { EditBar, EditFrame } from '@/ui/EditFrame'
import { nameIn } from '@/ui/format'
import { OrderedList } from '@/ui/OrderedList'
import { useCommand } from '@/ui/useCommand'
import { useVersions, type Editing } from '@/ui/versions'

import { BLANK_STEP, identified, SCRIPTS } from './scripts'
import { ScriptPreview } from './ScriptPreview'
import { ScriptPublish } from './ScriptPublish'
import { ScriptVersions } from './ScriptVersions'
import { StepFields } from './StepFields'

const words = (steps: readonly ScriptStep[]): string => steps.map((step) => step.text).join(' / ')

function useScriptEditing(stored: Script): Editing<Script> {
  const { t } = useTranslation()
  const client = useQueryClient()
  return useVersions<Script>({
    name: `service-script-${stored.id}`,
    stored,
    send: (_changes, whole, match) => scripts.change(whole.id, whole, match),
    reread: async () => {
      await client.invalidateQueries({ queryKey: SCRIPTS })
      return client.getQueryData<Script[]>(SCRIPTS)?.find((each) => each.id === stored.id)
    },
    saved: t('service.script_saved'),
  })
}

function Places({ draft, places, onChange }: { draft: Script; places: ScriptPlaces; onChange: (draft: Script) => void }): ReactElement {
  const { t, i18n } = useTranslation()
  return (
    <div className="script-places">
      <label>
        <span className="quiet">{t('service.name')}</span>
        <Input maxLength={60} value={draft.name} data-testid="script-name" onChange={(event) => onChange({ ...draft, name: event.target.value })} />
      </label>
      <label>
        <span className="quiet">{t('service.name_en')}</span>
        <Input maxLength={60} value={draft.name_en} onChange={(event) => onChange({ ...draft, name_en: event.target.value })} />
      </label>
      <label>
        <span className="quiet">{t('service.script_queues')}</span>
        <Select mode="multiple" maxTagCount="responsive" aria-label={t('service.script_queues')} showSearch={{ optionFilterProp: 'label' }} value={draft.queues} data-testid="script-queues" options={places.queues.map((queue) => ({ value: queue.id, label: nameIn(i18n.language, queue) }))} onChange={(queues: string[]) => onChange({ ...draft, queues })} />
      </label>
      <label>
        <span className="quiet">{t('service.script_numbers')}</span>
        <Select mode="multiple" maxTagCount="responsive" aria-label={t('service.script_numbers')} value={draft.numbers} options={places.numbers.map((value) => ({ value, label: value }))} onChange={(numbers: string[]) => onChange({ ...draft, numbers })} />
      </label>
    </div>
  )
}

type Side = 'preview' | 'publish' | 'versions'

function Beside({ side, editing, stored, places, onDone }: { side: Side; editing: Editing<Script>; stored: Script; places: ScriptPlaces; onDone: () => void }): ReactElement {
  if (side === 'publish') return <ScriptPublish stored={stored} isDirty={editing.isDirty} onDone={onDone} />
  if (side === 'versions') return <ScriptVersions stored={stored} draft={editing.draft} places={places} onLoad={(content) => editing.change({ ...editing.draft, ...contentOf(content) })} />
  return <ScriptPreview steps={editing.draft.steps} />
}

export function ScriptEditor({ stored, places }: { stored: Script; places: ScriptPlaces }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const editing = useScriptEditing(stored)
  const [side, setSide] = useState<Side>('preview')
  const { draft } = editing
  const withdraw = useCommand(async () => {
    await scripts.withdraw(stored.id)
    editing.discard()
    await client.invalidateQueries({ queryKey: SCRIPTS })
    announce(t('service.script_withdrawn', { name: stored.name }))
  })
  const toggle = (which: Side) => (): void => setSide(side === which ? 'preview' : which)
  const fields = [
    { key: 'name', label: t('service.name') },
    { key: 'name_en', label: t('service.name_en') },
    { key: 'queues', label: t('service.script_queues'), show: (version: Script) => version.queues.join(', ') },
    { key: 'numbers', label: t('service.script_numbers'), show: (version: Script) => version.numbers.join(', ') },
    { key: 'steps', label: t('service.script_steps'), show: (version: Script) => words(version.steps) },
  ] as const
  return (
    <div className="stack">
      <EditBar editing={editing}>
        <Button aria-pressed={side === 'publish'} data-testid="script-publish" onClick={toggle('publish')}>{t('service.script_publish')}</Button>
        <Button aria-pressed={side === 'versions'} data-testid="script-versions" onClick={toggle('versions')}>{t('service.script_versions')}</Button>
        <Popconfirm title={t('service.script_withdraw_sure')} description={t('service.script_withdraw_why')} okText={t('service.script_withdraw')} cancelText={t('common.cancel')} onConfirm={() => void withdraw.run()}>
          <Button danger loading={withdraw.isBusy} data-testid="script-withdraw">{t('service.script_withdraw')}</Button>
        </Popconfirm>
      </EditBar>
      <EditFrame<Script> editing={editing} fields={fields}>
        <Places draft={draft} places={places} onChange={editing.change} />
        <div className="script-split">
          <OrderedList<ScriptStep>
            id="steps"
            label={t('service.script_steps')}
            about={t('service.script_steps_about')}
            none={t('service.script_steps_none')}
            items={draft.steps}
            most={100}
            blank={BLANK_STEP}
            onChange={(steps) => editing.change({ ...draft, steps: identified(steps) })}
            renderRow={(step, change, index) => <StepFields step={step} index={index} steps={draft.steps} onChange={change} />}
          />
          <aside className="script-beside">
            <Beside side={side} editing={editing} stored={stored} places={places} onDone={() => setSide((was) => (was === 'publish' ? 'preview' : was))} />
          </aside>
        </div>
      </EditFrame>
    </div>
  )
}
