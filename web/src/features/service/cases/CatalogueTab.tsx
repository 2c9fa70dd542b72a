/** 派单目录: which area handles what, where; and a tester that says who would get a work order. */
import { Button, Input, Popconfirm, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { caseRules, type DispatchRule } from '@/api/caseRules'
import type { CaseType, WorkArea } from '@/api/cases'
import { announce } from '@/ui/announce'
import { textIn } from '@/ui/format'
import { notify } from '@/ui/notices'
import { codeOf, factsOf } from '@/ui/problems'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

import './casesetup.css'
import { CatalogueTester } from './CatalogueTester'
import { AREAS, CATALOGUE, TYPES, useAreas, useCatalogue, useReread, useTypes } from './known'

interface Known {
  types: readonly CaseType[]
  areas: readonly WorkArea[]
}

/** A change that somebody else's stood against: both are shown until a person decides. */
interface Refused {
  wanted: Pick<DispatchRule, 'kind' | 'place' | 'area'>
  /** Whom the rule names now; null = it is gone. */
  stands: string | null
}

type Put = (rule: Pick<DispatchRule, 'kind' | 'place' | 'area'>, was: string | null) => Promise<boolean>

function useNames({ types, areas }: Known) {
  const { t, i18n } = useTranslation()
  const area = (id: string | null): string => {
    const found = areas.find((each) => each.id === id)
    return found === undefined ? (id ?? '—') : textIn(i18n.language, found.zh, found.en)
  }
  const kind = (one: string): string => {
    const found = types.find((each) => each.kind === one)
    return found === undefined ? (one === '' ? t('casesetup.any_kind') : one) : textIn(i18n.language, found.zh, found.en)
  }
  const areaOptions = areas.filter((each) => each.is_active).map((each) => ({ value: each.id, label: area(each.id) }))
  const kindOptions = [{ value: '', label: t('casesetup.any_kind') }, ...types.filter((each) => each.is_active).map((each) => ({ value: each.kind, label: kind(each.kind) }))]
  return { area, kind, areaOptions, kindOptions }
}

function NewRule({ known, rules, put }: { known: Known; rules: readonly DispatchRule[]; put: Put }): ReactElement {
  const { t } = useTranslation()
  const names = useNames(known)
  const [kind, setKind] = useState('')
  const [place, setPlace] = useState('')
  const [area, setArea] = useState<string | null>(null)
  const isThere = rules.some((each) => each.kind === kind && each.place === place.trim())
  const add = async (): Promise<void> => {
    if (area !== null && (await put({ kind, place: place.trim(), area }, null))) setPlace('')
  }
  return (
    <form
      className="row"
      data-testid="rule-add"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isThere) void add()
      }}
    >
      <Select className="casesetup-mid" showSearch={{ optionFilterProp: 'label' }} aria-label={t('casesetup.rule_kind')} value={kind} options={names.kindOptions} data-testid="rule-kind" onChange={setKind} />
      <Input className="casesetup-mid" aria-label={t('casesetup.rule_place')} placeholder={t('casesetup.anywhere')} maxLength={60} value={place} data-testid="rule-place" onChange={(event) => setPlace(event.target.value)} />
      <span aria-hidden="true">→</span>
      <Select className="casesetup-mid" showSearch={{ optionFilterProp: 'label' }} aria-label={t('casesetup.rule_area')} placeholder={t('casesetup.rule_area')} value={area} options={names.areaOptions} data-testid="rule-area" onChange={setArea} />
      <Button type="primary" htmlType="submit" disabled={area === null || isThere} data-testid="rule-save">
        {t('casesetup.rule_add')}
      </Button>
      {isThere ? <span className="missing">▲ {t('casesetup.rule_there')}</span> : null}
    </form>
  )
}

/** Somebody else was quicker: theirs beside mine. */
function Standing({ refused, known, put, onDone }: { refused: Refused; known: Known; put: Put; onDone: () => void }): ReactElement {
  const { t } = useTranslation()
  const names = useNames(known)
  const { wanted, stands } = refused
  const again = async (): Promise<void> => {
    if (await put(wanted, stands)) onDone()
  }
  return (
    <div className="error-box edit-refusal" role="alertdialog" aria-label={t('conflict.title')} data-testid="rule-conflict">
      <p>
        <span aria-hidden="true">■ </span>
        {t('casesetup.rule_conflict', { rule: [names.kind(wanted.kind), wanted.place].filter((part) => part !== '').join(' · ') })}
      </p>
      <p>
        {t('conflict.mine')}: <b>{names.area(wanted.area)}</b> · {t('conflict.theirs')}: <b>{stands === null ? t('casesetup.rule_gone') : names.area(stands)}</b>
      </p>
      <div className="row">
        <Button data-testid="rule-mine" onClick={() => void again()}>
          {t('conflict.take_mine')}
        </Button>
        <Button data-testid="rule-theirs" onClick={onDone}>
          {t('conflict.take_theirs')}
        </Button>
      </div>
    </div>
  )
}

function Rules({ rules, known, put, decides }: { rules: readonly DispatchRule[]; known: Known; put: Put; decides: number | null }): ReactElement {
  const { t } = useTranslation()
  const names = useNames(known)
  const reread = useReread()
  const drop = useCommand(async (rule: DispatchRule) => {
    try {
      await caseRules.dropRule(rule)
    } finally {
      await reread(CATALOGUE, AREAS, TYPES)
    }
  })
  return (
    <div className="scroll casesetup-table">
      <table className="grid" data-testid="catalogue">
        <thead>
          <tr>
            <th scope="col">{t('casesetup.rule_kind')}</th>
            <th scope="col">{t('casesetup.rule_place')}</th>
            <th scope="col">{t('casesetup.rule_area')}</th>
            <th scope="col">
              <span className="screen-reader">{t('casesetup.rule_drop')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr key={rule.id} className={rule.id === decides ? 'casesetup-chosen' : undefined} data-testid={`rule-${rule.kind}-${rule.place}`}>
              <td>{names.kind(rule.kind)}</td>
              <td>{rule.place === '' ? <span className="quiet">{t('casesetup.anywhere')}</span> : rule.place}</td>
              <td>
                <Select
                  size="small"
                  aria-label={t('casesetup.rule_area')}
                  value={rule.area}
                  options={names.areaOptions.some((each) => each.value === rule.area) ? names.areaOptions : [...names.areaOptions, { value: rule.area, label: `${names.area(rule.area)} · ${t('casesetup.off')}` }]}
                  onChange={(area: string) => void put({ kind: rule.kind, place: rule.place, area }, rule.area)}
                />
              </td>
              <td className="number">
                <Popconfirm title={t('casesetup.rule_drop_sure')} okText={t('casesetup.rule_drop')} cancelText={t('common.cancel')} onConfirm={() => void drop.run(rule)}>
                  <Button size="small" aria-label={t('casesetup.rule_drop')} data-testid={`rule-drop-${rule.id}`}>
                    ✕
                  </Button>
                </Popconfirm>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Catalogue({ rules, known }: { rules: readonly DispatchRule[]; known: Known }): ReactElement {
  const { t } = useTranslation()
  const reread = useReread()
  const [refused, setRefused] = useState<Refused | null>(null)
  const [decides, setDecides] = useState<number | null>(null)
  const put: Put = async (wanted, was) => {
    try {
      await caseRules.putRule({ ...wanted, was })
      announce(t('casesetup.rule_saved'))
      return true
    } catch (error) {
      if (codeOf(error) !== 'case_setup_changed') notify(error)
      else {
        const area = factsOf(error)['area']
        setRefused({ wanted, stands: typeof area === 'string' ? area : null })
      }
      return false
    } finally {
      await reread(CATALOGUE, AREAS, TYPES)
    }
  }
  return (
    <div className="casesetup-split">
      <div className="stack">
        <p className="quiet">{t('casesetup.catalogue_about')}</p>
        <NewRule known={known} rules={rules} put={put} />
        {refused === null ? null : <Standing refused={refused} known={known} put={put} onDone={() => setRefused(null)} />}
        {rules.length === 0 ? <EmptyState title={t('casesetup.rules_none')} why={t('casesetup.rules_none_why')} /> : <Rules rules={rules} known={known} put={put} decides={decides} />}
      </div>
      <aside>
        <CatalogueTester rules={rules} types={known.types} areas={known.areas} onDecided={setDecides} />
      </aside>
    </div>
  )
}

export function CatalogueTab(): ReactElement {
  const { t } = useTranslation()
  const rules = useCatalogue()
  const types = useTypes()
  const areas = useAreas()
  const failed = [rules, types, areas].find((each) => each.isError)
  if (failed !== undefined) return <ErrorBox error={failed.error} onRetry={() => void failed.refetch()} />
  if (rules.data === undefined || types.data === undefined || areas.data === undefined) return <Loading rows={8} />
  if (areas.data.length === 0) return <EmptyState title={t('casesetup.areas_first')} why={t('casesetup.areas_first_why')} />
  return <Catalogue rules={rules.data} known={{ types: types.data, areas: areas.data }} />
}
