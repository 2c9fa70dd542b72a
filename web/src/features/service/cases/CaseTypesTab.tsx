/** 工单类型: what work orders are of, the forms they ask for, and presets to begin with. */
import { Segmented } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import type { CaseForm, CaseType } from '@/api/cases'
import { textIn } from '@/ui/format'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'

import './casesetup.css'
import { FormsPanel } from './FormsPanel'
import { useForms, useTypes } from './known'
import { NewKey } from './NewKey'
import { PresetsPanel } from './PresetsPanel'
import { blankType, CATEGORIES, TypeEditor } from './TypeEditor'

const PARTS = ['types', 'forms', 'presets'] as const
type Part = (typeof PARTS)[number]

function Entry({ type, isOpen, onOpen }: { type: CaseType; isOpen: boolean; onOpen: () => void }): ReactElement {
  const { t, i18n } = useTranslation()
  return (
    <button type="button" className="plain-button service-entry" aria-current={isOpen} data-testid={`type-${type.kind}`} onClick={onOpen}>
      <span className={type.is_active ? undefined : 'casesetup-off'}>{textIn(i18n.language, type.zh, type.en) || type.kind}</span>
      {type.is_active ? null : <span className="quiet"> · {t('casesetup.off')}</span>}
      {type.open === 0 ? null : <span className="quiet"> · {t('casesetup.open_orders', { count: type.open })}</span>}
    </button>
  )
}

function Types({ types, forms, onPresets }: { types: readonly CaseType[]; forms: readonly CaseForm[]; onPresets: () => void }): ReactElement {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<string | null>(null)
  const open = types.find((each) => each.kind === chosen) ?? (chosen === null ? types[0] : blankType(chosen, types.length))
  return (
    <div className="service-split">
      <nav className="stack" aria-label={t('service.tab.case_types')}>
        {CATEGORIES.map((category) => {
          const some = types.filter((each) => each.category === category)
          if (some.length === 0) return null
          return (
            <div key={category}>
              <h3 className="casesetup-head">{t(`cases.category.${category}`)}</h3>
              {some.map((each) => (
                <Entry key={each.kind} type={each} isOpen={each.kind === open?.kind} onOpen={() => setChosen(each.kind)} />
              ))}
            </div>
          )
        })}
        <NewKey name="type" taken={types.map((each) => each.kind)} onNew={setChosen} />
      </nav>
      {open === undefined ? (
        <EmptyState
          title={t('casesetup.types_none')}
          why={t('casesetup.types_none_why')}
          action={
            <button type="button" className="plain-button" data-testid="types-presets" onClick={onPresets}>
              {t('casesetup.presets_see')}
            </button>
          }
        />
      ) : (
        <TypeEditor key={open.kind} stored={open} forms={forms} />
      )}
    </div>
  )
}

export function CaseTypesTab(): ReactElement {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const types = useTypes()
  const forms = useForms()
  const part: Part = PARTS.find((each) => each === search.get('part')) ?? 'types'
  const show = (next: Part): void => setSearch({ tab: 'case_types', ...(next === 'types' ? {} : { part: next }) })
  const failed = [types, forms].find((each) => each.isError)
  if (failed !== undefined) return <ErrorBox error={failed.error} onRetry={() => void failed.refetch()} />
  if (types.data === undefined || forms.data === undefined) return <Loading rows={8} />
  return (
    <div className="stack">
      <div>
        <Segmented<Part> aria-label={t('service.tab.case_types')} value={part} options={PARTS.map((value) => ({ value, label: t(`casesetup.part.${value}`) }))} onChange={show} />
      </div>
      {part === 'types' ? <Types types={types.data} forms={forms.data} onPresets={() => show('presets')} /> : null}
      {part === 'forms' ? <FormsPanel forms={forms.data} types={types.data} /> : null}
      {part === 'presets' ? <PresetsPanel types={types.data} forms={forms.data} onDone={() => show('types')} /> : null}
    </div>
  )
}
