/** One form: its items at left, what the agent will see at right; a draft until it is published. */
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { caseRules } from '@/api/caseRules'
import type { CaseForm, CaseType } from '@/api/cases'
import type { FormItem } from '@/shared/formspec/spec'
import { EditFrame } from '@/ui/EditFrame'
import { textIn } from '@/ui/format'
import { OrderedList } from '@/ui/OrderedList'
import { useVersions, type Editing } from '@/ui/versions'

import { Field } from './Field'
import { FormPreview, FormPublish, FormVersions } from './FormBeside'
import { BLANK_ITEM, MOST_ITEMS, named } from './forms'
import { ItemFields } from './ItemFields'
import { FORMS, TYPES, useForms, useReread } from './known'

export type FormDraft = CaseForm & { revision: string }

const withRevision = (form: CaseForm): FormDraft => ({ ...form, revision: String(form.version) })

function useFormEditing(stored: CaseForm): Editing<FormDraft> {
  const { t } = useTranslation()
  const reread = useReread()
  const forms = useForms()
  return useVersions<FormDraft>({
    name: `case-form-${stored.kind}`,
    stored: withRevision(stored),
    send: async (_changes, { kind, zh, en, items }, match) => withRevision(await caseRules.publishForm(kind, { after: Number(match), zh, en, items })),
    reread: async () => {
      await reread(FORMS, TYPES, ['case-form-versions', stored.kind])
      const found = (await forms.refetch()).data?.find((each) => each.kind === stored.kind)
      return found === undefined ? undefined : withRevision(found)
    },
    saved: t('casesetup.form_published'),
  })
}

type Side = 'preview' | 'publish' | 'versions'

export function FormEditor({ stored, usedBy }: { stored: CaseForm; usedBy: readonly CaseType[] }): ReactElement {
  const { t, i18n } = useTranslation()
  const editing = useFormEditing(stored)
  const [side, setSide] = useState<Side>('preview')
  const { draft, isDirty } = editing
  const items = (one: CaseForm): string => one.items.map((item) => textIn(i18n.language, item.zh, item.en)).join(' / ')
  const fields = [
    { key: 'zh', label: t('casesetup.zh') },
    { key: 'en', label: t('casesetup.en') },
    { key: 'items', label: t('casesetup.items'), show: items },
  ] as const
  // Publishing is looked at before it is done, also by keyboard.
  const looked: Editing<FormDraft> = {
    ...editing,
    save: () => {
      setSide('publish')
      return Promise.resolve(false)
    },
  }
  const toggle = (which: Side) => (): void => setSide(side === which ? 'preview' : which)
  return (
    <section className="stack" aria-label={stored.zh || stored.kind} data-testid="form-editor">
      <div className="row">
        <Button type="primary" disabled={!isDirty} aria-pressed={side === 'publish'} aria-keyshortcuts="Control+S" data-testid="form-publish" onClick={toggle('publish')}>
          {t('casesetup.publish')}
        </Button>
        <Button disabled={!isDirty} data-testid="form-discard" onClick={editing.discard}>
          {t('edit.discard')}
        </Button>
        <Button aria-pressed={side === 'versions'} data-testid="form-versions" onClick={toggle('versions')}>
          {t('casesetup.versions')}
        </Button>
        <code className="casesetup-key">{stored.kind}</code>
        <span className="quiet">{isDirty ? `◔ ${t('casesetup.form_draft')}` : stored.version === 0 ? t('casesetup.form_never') : `● ${t('casesetup.form_version', { version: stored.version })}`}</span>
      </div>
      <EditFrame<FormDraft> editing={looked} fields={fields}>
        <div className="casesetup-split">
          <div className="stack">
            <div className="casesetup-fields">
              <Field label={t('casesetup.zh')}>{(id) => <Input id={id} maxLength={60} value={draft.zh} data-testid="form-zh" onChange={(event) => editing.change({ ...draft, zh: event.target.value })} />}</Field>
              <Field label={t('casesetup.en')}>{(id) => <Input id={id} maxLength={60} value={draft.en} onChange={(event) => editing.change({ ...draft, en: event.target.value })} />}</Field>
            </div>
            <OrderedList<FormItem>
              id="items"
              label={t('casesetup.items')}
              about={t('casesetup.items_about')}
              none={t('casesetup.items_none')}
              items={draft.items}
              most={MOST_ITEMS}
              blank={BLANK_ITEM}
              onChange={(next) => editing.change({ ...draft, items: named(next) })}
              renderRow={(item, change, index) => <ItemFields item={item} before={draft.items.slice(0, index)} index={index} isNew={!stored.items.some((each) => each.name === item.name)} onChange={change} />}
            />
          </div>
          <aside>
            {side === 'preview' ? <FormPreview items={draft.items} usedBy={usedBy} /> : null}
            {side === 'publish' ? <FormPublish editing={editing} stored={stored} onDone={() => setSide('preview')} /> : null}
            {side === 'versions' ? <FormVersions stored={stored} draft={draft} onLoad={(version) => editing.change({ ...draft, zh: version.zh, en: version.en, items: version.items })} /> : null}
          </aside>
        </div>
      </EditFrame>
    </section>
  )
}
