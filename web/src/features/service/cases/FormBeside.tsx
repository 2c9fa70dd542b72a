/** Beside a form that is being written: how it looks, what publishing changes, what stood before. */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { caseRules, type FormFault } from '@/api/caseRules'
import type { CaseForm } from '@/api/cases'
import { useZone } from '@/api/session'
import { FormSpec } from '@/shared/formspec/FormSpec'
import { missingFaults, type FormItem } from '@/shared/formspec/spec'
import { dateTime, textIn } from '@/ui/format'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'
import type { Editing } from '@/ui/versions'

import type { FormDraft } from './FormEditor'
import { diffItems } from './forms'
import { useWho } from './known'

/** As agents see it; it may be tried, nothing is kept. */
export function FormPreview({ items, where }: { items: readonly FormItem[]; where: string }): ReactElement {
  const { t } = useTranslation()
  const [answers, setAnswers] = useState<Record<string, unknown>>({})
  const [isTried, setTried] = useState(false)
  return (
    <section className="panel casesetup-preview" aria-label={t('casesetup.preview')} data-testid="form-preview">
      <h2>{t('casesetup.preview')}</h2>
      <p className="quiet">{where === '' ? t('casesetup.form_unused') : t('casesetup.form_used_by', { where })}</p>
      {items.length === 0 ? <EmptyState title={t('casesetup.preview_none')} /> : <FormSpec items={items} answers={answers} faults={isTried ? missingFaults(items, answers) : {}} onChange={setAnswers} />}
      {items.length === 0 ? null : (
        <div>
          <Button size="small" onClick={() => setTried(true)}>
            {t('casesetup.preview_try')}
          </Button>
        </div>
      )}
    </section>
  )
}

const MARKS = { added: '+', removed: '−', changed: '◔', moved: '↕' } as const

function Diff({ before, after, empty }: { before: readonly FormItem[]; after: readonly FormItem[]; empty: string }): ReactElement {
  const { t, i18n } = useTranslation()
  const changes = diffItems(before, after)
  if (changes.length === 0) return <p className="quiet">{empty}</p>
  return (
    <ul className="casesetup-diff" data-testid="form-diff">
      {changes.map(({ kind, item }) => (
        <li key={`${kind} ${item.name}`}>
          <span aria-hidden="true">{MARKS[kind]} </span>
          {t(`casesetup.diff.${kind}`)} <b>{textIn(i18n.language, item.zh, item.en) || item.name}</b>
        </li>
      ))}
    </ul>
  )
}

/** What the server has against the form as a whole and its items, in words. */
function Flaws({ faults, items }: { faults: readonly FormFault[]; items: readonly FormItem[] }): ReactElement {
  const { t, i18n } = useTranslation()
  const nameOf = (name: string): string => {
    const at = items.findIndex((item) => item.name === name)
    const item = items[at]
    return item === undefined ? t('casesetup.whole_form') : `${at + 1} · ${textIn(i18n.language, item.zh, item.en) || item.name}`
  }
  return (
    <div className="error-box edit-refusal" role="alert" data-testid="form-flaws">
      {faults.map(({ item, code }) => (
        <p key={`${item} ${code}`}>
          <span aria-hidden="true">■ </span>
          {nameOf(item)}: {t(`casesetup.flaw.${code}`)}
        </p>
      ))}
    </div>
  )
}

/** Publish the draft: looked through by the server first; what stands keeps its version. */
export function FormPublish({ editing, stored, about, onDone }: { editing: Editing<FormDraft>; stored: CaseForm; about: string; onDone: () => void }): ReactElement {
  const { t } = useTranslation()
  const { draft, base, isBusy } = editing
  const { zh, en, items } = draft
  const check = useQuery({ queryKey: ['case-form-check', JSON.stringify([zh, en, items])], queryFn: () => caseRules.checkForm({ after: Number(base.revision), zh, en, items }), staleTime: Infinity })
  const publish = async (): Promise<void> => {
    if (await editing.save()) onDone()
  }
  return (
    <section className="panel stack" aria-label={t('casesetup.publish')} data-testid="form-publish-panel">
      <h2>{t('casesetup.publish')}</h2>
      <Diff before={stored.items} after={items} empty={t('casesetup.diff_names')} />
      {check.isPending ? <Loading rows={2} /> : null}
      {check.isError ? <ErrorBox error={check.error} onRetry={() => void check.refetch()} /> : null}
      {check.data === undefined || check.data.length === 0 ? null : <Flaws faults={check.data} items={items} />}
      <p className="quiet">{about}</p>
      <div className="row">
        <Button type="primary" loading={isBusy} disabled={!editing.isDirty || check.data?.length !== 0} data-testid="form-publish-now" onClick={() => void publish()}>
          {t('casesetup.publish_as', { version: stored.version + 1 })}
        </Button>
        <Button onClick={onDone}>{t('common.cancel')}</Button>
      </div>
    </section>
  )
}

function Version({ version, draft, isCurrent, onLoad }: { version: CaseForm; draft: CaseForm; isCurrent: boolean; onLoad: (version: CaseForm) => void }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const who = useWho()
  const [isOpen, setOpen] = useState(false)
  return (
    <li>
      <button type="button" className="plain-button" aria-expanded={isOpen} data-testid={`form-version-${version.version}`} onClick={() => setOpen(!isOpen)}>
        <b>{t('casesetup.form_version', { version: version.version })}</b> {isCurrent ? `● ${t('casesetup.in_force')}` : ''}
      </button>
      <div className="quiet">
        {version.published_at === null ? '—' : dateTime(version.published_at, i18n.language, zone)} · {who(version.published_by)} · {t('casesetup.item_count', { count: version.items.length })}
      </div>
      {isOpen ? (
        <div className="stack">
          <p className="quiet">{t('casesetup.against_draft')}</p>
          <Diff before={version.items} after={draft.items} empty={t('casesetup.diff_none')} />
          <div>
            <Button size="small" data-testid={`form-load-${version.version}`} onClick={() => onLoad(version)}>
              {t('casesetup.load')}
            </Button>
          </div>
        </div>
      ) : null}
    </li>
  )
}

interface FormVersionsProps {
  stored: CaseForm
  draft: CaseForm
  versions: (kind: string) => Promise<CaseForm[]>
  onLoad: (version: CaseForm) => void
}

export function FormVersions({ stored, draft, versions, onLoad }: FormVersionsProps): ReactElement {
  const { t } = useTranslation()
  const list = useQuery({ queryKey: ['case-form-versions', stored.kind, stored.version], queryFn: () => (stored.version === 0 ? [] : versions(stored.kind)) })
  return (
    <section className="panel stack" aria-label={t('casesetup.versions')} data-testid="form-versions-panel">
      <h2>{t('casesetup.versions')}</h2>
      {list.isPending ? <Loading rows={3} /> : null}
      {list.isError ? <ErrorBox error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.data?.length === 0 ? <p className="quiet">{t('casesetup.form_never')}</p> : null}
      <ul className="casesetup-diff">
        {(list.data ?? []).map((version) => (
          <Version key={version.version} version={version} draft={draft} isCurrent={version.version === stored.version} onLoad={onLoad} />
        ))}
      </ul>
    </section>
  )
}
