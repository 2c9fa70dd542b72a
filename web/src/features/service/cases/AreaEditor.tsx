/** One work area: its names and class, who works with its list, and who goes out for it. */
import { useQuery } from '@tanstack/react-query'
import { AutoComplete, Input, Select, Switch } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { caseRules } from '@/api/caseRules'
import type { WorkArea } from '@/api/cases'
import { EditBar, EditFrame } from '@/ui/EditFrame'
import { useVersions, type Editing } from '@/ui/versions'

import { Field } from './Field'
import { AREAS, choicesQuery, useAreas, useReread, useWho, versioned, type Versioned } from './known'

type Draft = Versioned<WorkArea>

const CLASSES = ['city', 'rural', 'remote'] as const
const CLASS = /^[a-z0-9_]{0,40}$/

export const blankArea = (id: string): WorkArea => ({ id, zh: '', en: '', area_class: '', workers: [], staff: [], is_active: true, revision: 0, open: 0, rules: 0 })

function useAreaEditing(stored: WorkArea): Editing<Draft> {
  const { t } = useTranslation()
  const reread = useReread()
  const areas = useAreas()
  return useVersions<Draft>({
    name: `work-area-${stored.id}`,
    stored: versioned(stored),
    send: async (_changes, whole, match) => versioned(await caseRules.putArea({ ...whole, revision: 0 }, Number(match))),
    reread: async () => {
      await reread(AREAS)
      const found = (await areas.refetch()).data?.find((each) => each.id === stored.id)
      return found === undefined ? undefined : versioned(found)
    },
    saved: t('casesetup.area_saved'),
  })
}

function People({ draft, onChange }: { draft: Draft; onChange: (draft: Draft) => void }): ReactElement {
  const { t } = useTranslation()
  const choices = useQuery(choicesQuery)
  const people = choices.data?.people ?? []
  const there = new Set(people.map((each) => each.id))
  const options = [...people.map((each) => ({ value: each.id, label: each.name })), ...draft.staff.filter((each) => !there.has(each)).map((value) => ({ value, label: value }))]
  return (
    <>
      <Field label={t('casesetup.staff')} about={draft.staff.length === 0 ? `▲ ${t('casesetup.staff_none')}` : t('casesetup.staff_about')} isWide>
        {(id) => <Select id={id} mode="multiple" showSearch={{ optionFilterProp: 'label' }} value={draft.staff} options={options} loading={choices.isPending} data-testid="area-staff" onChange={(staff: string[]) => onChange({ ...draft, staff })} />}
      </Field>
      <Field label={t('casesetup.workers')} about={t('casesetup.workers_about')} isWide>
        {(id) => <Select id={id} mode="tags" open={false} tokenSeparators={[',', '\uff0c', '、']} value={draft.workers} data-testid="area-workers" onChange={(workers: string[]) => onChange({ ...draft, workers })} />}
      </Field>
    </>
  )
}

function AreaFields({ draft, classes, onChange }: { draft: Draft; classes: readonly string[]; onChange: (draft: Draft) => void }): ReactElement {
  const { t } = useTranslation()
  const known = [...new Set([...CLASSES, ...classes])].map((value) => ({ value, label: CLASSES.some((each) => each === value) ? `${value} · ${t(`casesetup.area_class.${value}`)}` : value }))
  return (
    <div className="casesetup-fields">
      <Field label={t('casesetup.zh')}>
        {(id) => <Input id={id} maxLength={60} value={draft.zh} data-testid="area-zh" onChange={(event) => onChange({ ...draft, zh: event.target.value })} />}
      </Field>
      <Field label={t('casesetup.en')}>
        {(id) => <Input id={id} maxLength={60} value={draft.en} onChange={(event) => onChange({ ...draft, en: event.target.value })} />}
      </Field>
      <Field label={t('casesetup.class')} about={CLASS.test(draft.area_class) ? t('casesetup.class_about') : `▲ ${t('casesetup.class_wrong')}`}>
        {(id) => <AutoComplete id={id} allowClear value={draft.area_class} options={known} data-testid="area-class" onChange={(area_class: string | undefined) => onChange({ ...draft, area_class: (area_class ?? '').trim().toLowerCase() })} />}
      </Field>
      <Field label={t('casesetup.active')} about={t('casesetup.area_active_about')}>
        {(id) => (
          <span>
            <Switch id={id} checked={draft.is_active} data-testid="area-active" onChange={(is_active) => onChange({ ...draft, is_active })} />
          </span>
        )}
      </Field>
      <People draft={draft} onChange={onChange} />
    </div>
  )
}

export function AreaEditor({ stored, classes }: { stored: WorkArea; classes: readonly string[] }): ReactElement {
  const { t } = useTranslation()
  const editing = useAreaEditing(stored)
  const who = useWho()
  const fields = [
    { key: 'zh', label: t('casesetup.zh') },
    { key: 'en', label: t('casesetup.en') },
    { key: 'area_class', label: t('casesetup.class') },
    { key: 'staff', label: t('casesetup.staff'), show: (one: Draft) => one.staff.map(who).join(', ') || '—' },
    { key: 'workers', label: t('casesetup.workers'), show: (one: Draft) => one.workers.join(', ') || '—' },
    { key: 'is_active', label: t('casesetup.active'), show: (one: Draft) => (one.is_active ? t('casesetup.yes') : t('casesetup.no')) },
  ] as const
  return (
    <section className="stack" aria-label={stored.zh || stored.id} data-testid="area-editor">
      <EditBar editing={editing}>
        <code className="casesetup-key">{stored.id}</code>
      </EditBar>
      <EditFrame<Draft> editing={editing} fields={fields}>
        <AreaFields draft={editing.draft} classes={classes} onChange={editing.change} />
      </EditFrame>
      {stored.revision === 0 ? null : (
        <p className="quiet" data-testid="area-used">
          {t('casesetup.area_used', { open: stored.open, rules: stored.rules })}
        </p>
      )}
    </section>
  )
}
