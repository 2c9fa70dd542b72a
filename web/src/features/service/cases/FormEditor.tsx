/** One form: its items at left, what the agent will see at right; a draft until it is published. */
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { FormWish } from '@/api/caseRules'
import type { CaseForm } from '@/api/cases'
import type { FormItem } from '@/shared/formspec/spec'
import { EditFrame } from '@/ui/EditFrame'
import { textIn } from '@/ui/format'
import { OrderedList } from '@/ui/OrderedList'
import { useVersions, type Editing } from '@/ui/versions'

import { Field } from './Field'
import { FormPreview, FormPublish, FormVersions } from './FormBeside'
import { BLANK_ITEM, MOST_ITEMS, named } from './forms'
import { ItemFields } from './ItemFields'

export type FormDraft = CaseForm & { revision: string }

/** Where forms of this kind are kept, and what is said of them. */
export interface FormShelf {
  publish: (kind: string, form: FormWish) => Promise<CaseForm>
  versions: (kind: string) => Promise<CaseForm[]>
  /** Read it again; the newest version. */
  reread: () => Promise<CaseForm | undefined>
  /** Where it is used. */
  where: string
  /** What stands keeps its version. */
  about: string
  /** Names of items that cannot be taken away. */
  fixed: ReadonlySet<string>
}

const withRevision = (form: CaseForm): FormDraft => ({ ...form, revision: String(form.version) })

function useFormEditing(stored: CaseForm, shelf: FormShelf): Editing<FormDraft> {
  const { t } = useTranslation()
  return useVersions<FormDraft>({
    name: `case-form-${stored.kind}`,
    stored: withRevision(stored),
    send: async (_changes, { kind, zh, en, items }, match) => withRevision(await shelf.publish(kind, { after: Number(match), zh, en, items })),
    reread: async () => {
      const found = await shelf.reread()
      return found === undefined ? undefined : withRevision(found)
    },
    saved: t('casesetup.form_published'),
  })
}

type Side = 'preview' | 'publish' | 'versions'

export function FormEditor({ stored, shelf }: { stored: CaseForm; shelf: FormShelf }): ReactElement {
  const { t, i18n } = useTranslation()
  const editing = useFormEditing(stored, shelf)
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
              keeps={(item) => (shelf.fixed.has(item.name) ? t('casesetup.item_fixed') : undefined)}
              onChange={(next) => editing.change({ ...draft, items: named(next) })}
              renderRow={(item, change, index) => <ItemFields item={item} before={draft.items.slice(0, index)} index={index} isNew={!stored.items.some((each) => each.name === item.name)} isFixed={shelf.fixed.has(item.name)} onChange={change} />}
            />
          </div>
          <aside>
            {side === 'preview' ? <FormPreview items={draft.items} where={shelf.where} /> : null}
            {side === 'publish' ? <FormPublish editing={editing} stored={stored} about={shelf.about} onDone={() => setSide('preview')} /> : null}
            {side === 'versions' ? <FormVersions stored={stored} draft={draft} versions={shelf.versions} onLoad={(version) => editing.change({ ...draft, zh: version.zh, en: version.en, items: version.items })} /> : null}
          </aside>
        </div>
      </EditFrame>
    </section>
  )
}
