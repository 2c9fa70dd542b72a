/** One type of work orders: its names, what is asked, and what follows when it is done. */
import { Input, InputNumber, Select, Switch } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { caseRules } from '@/api/caseRules'
import type { CaseForm, CaseType } from '@/api/cases'
import { EditBar, EditFrame } from '@/ui/EditFrame'
import { textIn } from '@/ui/format'
import { useVersions, type Editing } from '@/ui/versions'

import { Field } from './Field'
import { TYPES, useReread, useTypes, versioned, type Versioned } from './known'

type Draft = Versioned<CaseType>

export const CATEGORIES = ['query', 'business', 'complaint'] as const
const MODES = ['every', 'sample', 'automatic'] as const
const PRIORITIES = [1, 2, 3, 4] as const

export const blankType = (kind: string, position: number): CaseType => ({
  kind, category: 'business', zh: '', en: '', form: '', callback_required: true, audit_mode: 'every', sample_percent: 10, priority: 3, is_active: true, position, revision: 0, open: 0, rules: 0, deadlines: 0,
})

function useTypeEditing(stored: CaseType): Editing<Draft> {
  const { t } = useTranslation()
  const reread = useReread()
  const types = useTypes()
  return useVersions<Draft>({
    name: `case-type-${stored.kind}`,
    stored: versioned(stored),
    send: async (_changes, whole, match) => versioned(await caseRules.putType({ ...whole, revision: 0 }, Number(match))),
    reread: async () => {
      await reread(TYPES)
      const found = (await types.refetch()).data?.find((each) => each.kind === stored.kind)
      return found === undefined ? undefined : versioned(found)
    },
    saved: t('casesetup.type_saved'),
  })
}

/** What depends on it: nobody switches it off without knowing. */
function Used({ stored }: { stored: CaseType }): ReactElement {
  const { t } = useTranslation()
  return (
    <p className="quiet" data-testid="type-used">
      {t('casesetup.type_used', { open: stored.open, rules: stored.rules, deadlines: stored.deadlines })}
    </p>
  )
}

interface TypeFieldsProps {
  draft: Draft
  forms: readonly CaseForm[]
  onChange: (draft: Draft) => void
}

function After({ draft, onChange }: Omit<TypeFieldsProps, 'forms'>): ReactElement {
  const { t } = useTranslation()
  return (
    <>
      <Field label={t('casesetup.callback')} about={t('casesetup.callback_about')}>
        {(id) => (
          <span>
            <Switch id={id} checked={draft.callback_required} data-testid="type-callback" onChange={(callback_required) => onChange({ ...draft, callback_required })} />
          </span>
        )}
      </Field>
      <Field label={t('casesetup.audit')} about={t(`casesetup.audit_about.${draft.audit_mode}`)}>
        {(id) => (
          <span className="row">
            <Select className="casesetup-mid" id={id} value={draft.audit_mode} data-testid="type-audit" options={MODES.map((value) => ({ value, label: t(`casesetup.audit.${value}`) }))} onChange={(audit_mode: CaseType['audit_mode']) => onChange({ ...draft, audit_mode })} />
            {draft.audit_mode === 'sample' ? (
              <InputNumber min={0} max={100} suffix="%" aria-label={t('casesetup.sample')} value={draft.sample_percent} onChange={(sample_percent) => sample_percent !== null && onChange({ ...draft, sample_percent })} />
            ) : null}
          </span>
        )}
      </Field>
    </>
  )
}

function TypeFields({ draft, forms, onChange }: TypeFieldsProps): ReactElement {
  const { t, i18n } = useTranslation()
  return (
    <div className="casesetup-fields">
      <Field label={t('casesetup.zh')}>
        {(id) => <Input id={id} maxLength={60} value={draft.zh} data-testid="type-zh" onChange={(event) => onChange({ ...draft, zh: event.target.value })} />}
      </Field>
      <Field label={t('casesetup.en')}>
        {(id) => <Input id={id} maxLength={60} value={draft.en} data-testid="type-en" onChange={(event) => onChange({ ...draft, en: event.target.value })} />}
      </Field>
      <Field label={t('casesetup.category')}>
        {(id) => <Select id={id} value={draft.category} data-testid="type-category" options={CATEGORIES.map((value) => ({ value, label: t(`cases.category.${value}`) }))} onChange={(category: CaseType['category']) => onChange({ ...draft, category })} />}
      </Field>
      <Field label={t('casesetup.priority')} about={t('casesetup.priority_about')}>
        {(id) => <Select id={id} value={draft.priority} options={PRIORITIES.map((value) => ({ value, label: t(`cases.priority.${value}`) }))} onChange={(priority: number) => onChange({ ...draft, priority })} />}
      </Field>
      <Field label={t('casesetup.form')} about={t('casesetup.form_about')}>
        {(id) => (
          <Select
            id={id}
            value={draft.form}
            data-testid="type-form"
            options={[{ value: '', label: t('casesetup.form_none') }, ...forms.map((form) => ({ value: form.kind, label: textIn(i18n.language, form.zh || form.kind, form.en) }))]}
            onChange={(form: string) => onChange({ ...draft, form })}
          />
        )}
      </Field>
      <Field label={t('casesetup.position')} about={t('casesetup.position_about')}>
        {(id) => <InputNumber id={id} min={0} max={10_000} value={draft.position} onChange={(position) => position !== null && onChange({ ...draft, position })} />}
      </Field>
      <After draft={draft} onChange={onChange} />
      <Field label={t('casesetup.active')} about={t('casesetup.type_active_about')}>
        {(id) => (
          <span>
            <Switch id={id} checked={draft.is_active} data-testid="type-active" onChange={(is_active) => onChange({ ...draft, is_active })} />
          </span>
        )}
      </Field>
    </div>
  )
}

export function TypeEditor({ stored, forms }: { stored: CaseType; forms: readonly CaseForm[] }): ReactElement {
  const { t } = useTranslation()
  const editing = useTypeEditing(stored)
  const yesNo = (value: boolean): string => (value ? t('casesetup.yes') : t('casesetup.no'))
  const fields = [
    { key: 'zh', label: t('casesetup.zh') },
    { key: 'en', label: t('casesetup.en') },
    { key: 'category', label: t('casesetup.category'), show: (one: Draft) => t(`cases.category.${one.category}`) },
    { key: 'priority', label: t('casesetup.priority'), show: (one: Draft) => t(`cases.priority.${one.priority}`) },
    { key: 'form', label: t('casesetup.form') },
    { key: 'position', label: t('casesetup.position') },
    { key: 'callback_required', label: t('casesetup.callback'), show: (one: Draft) => yesNo(one.callback_required) },
    { key: 'audit_mode', label: t('casesetup.audit'), show: (one: Draft) => t(`casesetup.audit.${one.audit_mode}`) },
    { key: 'sample_percent', label: t('casesetup.sample') },
    { key: 'is_active', label: t('casesetup.active'), show: (one: Draft) => yesNo(one.is_active) },
  ] as const
  return (
    <section className="stack" aria-label={stored.zh || stored.kind} data-testid="type-editor">
      <EditBar editing={editing}>
        <code className="casesetup-key">{stored.kind}</code>
      </EditBar>
      <EditFrame<Draft> editing={editing} fields={fields}>
        <TypeFields draft={editing.draft} forms={forms} onChange={editing.change} />
      </EditFrame>
      {stored.revision === 0 ? null : <Used stored={stored} />}
    </section>
  )
}
