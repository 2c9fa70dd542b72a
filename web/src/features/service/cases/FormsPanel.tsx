/** The forms that types ask for: which there are, and where each is used. */
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { caseRules } from '@/api/caseRules'
import { caseSetUp, type CaseForm, type CaseType } from '@/api/cases'
import { textIn } from '@/ui/format'
import { EmptyState } from '@/ui/states'

import { FormEditor, type FormShelf } from './FormEditor'
import { blankForm, PREFIX } from './forms'
import { FORMS, TYPES, useForms, useReread } from './known'
import { NewKey } from './NewKey'

const NOTHING: ReadonlySet<string> = new Set()

function TypeForm({ stored, usedBy }: { stored: CaseForm; usedBy: readonly CaseType[] }): ReactElement {
  const { t, i18n } = useTranslation()
  const reread = useReread()
  const forms = useForms()
  const shelf: FormShelf = {
    publish: caseRules.publishForm,
    versions: caseSetUp.formVersions,
    reread: async () => {
      await reread(FORMS, TYPES, ['case-form-versions', stored.kind])
      return (await forms.refetch()).data?.find((each) => each.kind === stored.kind)
    },
    where: usedBy.map((type) => textIn(i18n.language, type.zh, type.en)).join(' · '),
    about: t('casesetup.publish_about'),
    fixed: NOTHING,
  }
  return <FormEditor stored={stored} shelf={shelf} />
}

interface FormsPanelProps {
  forms: readonly CaseForm[]
  types: readonly CaseType[]
}

export function FormsPanel({ forms, types }: FormsPanelProps): ReactElement {
  const { t, i18n } = useTranslation()
  const [chosen, setChosen] = useState<string | null>(null)
  const open = forms.find((each) => each.kind === chosen) ?? (chosen === null ? forms[0] : blankForm(chosen))
  const usedBy = (form: CaseForm): CaseType[] => types.filter((type) => type.form === form.kind)
  return (
    <div className="service-split">
      <nav className="stack" aria-label={t('casesetup.part.forms')}>
        {forms.map((each) => (
          <button key={each.kind} type="button" className="plain-button service-entry" aria-current={each.kind === open?.kind} data-testid={`form-${each.kind}`} onClick={() => setChosen(each.kind)}>
            <span>{textIn(i18n.language, each.zh, each.en) || each.kind}</span>
            <span className="quiet"> · {t('casesetup.form_version', { version: each.version })}</span>
            <br />
            <span className="quiet">{usedBy(each).length === 0 ? t('casesetup.form_unused') : t('casesetup.form_used', { count: usedBy(each).length })}</span>
          </button>
        ))}
        <NewKey name="form" taken={forms.map((each) => each.kind.slice(PREFIX.length))} onNew={(key) => setChosen(`${PREFIX}${key}`)} />
      </nav>
      {open === undefined ? <EmptyState title={t('casesetup.forms_none')} why={t('casesetup.forms_none_why')} /> : <TypeForm key={open.kind} stored={open} usedBy={usedBy(open)} />}
    </div>
  )
}
