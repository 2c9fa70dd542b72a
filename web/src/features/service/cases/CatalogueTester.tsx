/** "Who gets this?": the server's answer for a kind and a place, and the people behind it. */
import { useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { useDeferredValue, useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { DispatchRule } from '@/api/caseRules'
import { cases, type CaseType, type WorkArea } from '@/api/cases'
import { textIn } from '@/ui/format'
import { ErrorBox } from '@/ui/states'

import { Field } from './Field'
import { useWho } from './known'

interface TesterProps {
  rules: readonly DispatchRule[]
  types: readonly CaseType[]
  areas: readonly WorkArea[]
  /** Which rule the answer comes from. */
  onDecided: (rule: number | null) => void
}

/** The rule that names an area for a kind and a place: one for the kind first, then the longest place; never one whose area is switched off. */
export function decidingRule(rules: readonly DispatchRule[], areas: readonly WorkArea[], kind: string, place: string): DispatchRule | null {
  const active = new Set(areas.filter((area) => area.is_active).map((area) => area.id))
  const fits = rules.filter((rule) => active.has(rule.area) && (rule.kind === '' || rule.kind === kind) && place.includes(rule.place))
  const [best] = [...fits].sort((one, other) => Number(other.kind !== '') - Number(one.kind !== '') || other.place.length - one.place.length)
  return best ?? null
}

export function CatalogueTester({ rules, types, areas, onDecided }: TesterProps): ReactElement {
  const { t, i18n } = useTranslation()
  const who = useWho()
  const [kind, setKind] = useState<string | null>(null)
  const [typed, setPlace] = useState('')
  const place = useDeferredValue(typed.trim())
  const said = useQuery({ queryKey: ['case-area', kind, place, rules, areas], queryFn: () => cases.suggestedArea(kind ?? '', place), enabled: kind !== null })
  const area = areas.find((each) => each.id === said.data?.area)
  const rule = kind === null || said.data === undefined ? null : decidingRule(rules, areas, kind, place)
  const decided = rule !== null && rule.area === said.data?.area ? rule.id : null
  useEffect(() => onDecided(decided), [decided, onDecided])
  return (
    <section className="panel stack" aria-label={t('casesetup.tester')} data-testid="tester">
      <h2>{t('casesetup.tester')}</h2>
      <Field label={t('casesetup.rule_kind')}>
        {(id) => <Select id={id} showSearch={{ optionFilterProp: 'label' }} placeholder={t('casesetup.tester_kind')} value={kind} data-testid="tester-kind" options={types.filter((each) => each.is_active).map((each) => ({ value: each.kind, label: textIn(i18n.language, each.zh, each.en) }))} onChange={setKind} />}
      </Field>
      <Field label={t('casesetup.tester_place')}>{(id) => <Input id={id} maxLength={100} value={typed} placeholder={t('casesetup.tester_example')} data-testid="tester-place" onChange={(event) => setPlace(event.target.value)} />}</Field>
      {said.isError ? <ErrorBox error={said.error} onRetry={() => void said.refetch()} /> : null}
      <div role="status" data-testid="tester-said">
        {kind === null ? <p className="quiet">{t('casesetup.tester_first')}</p> : null}
        {kind !== null && said.data?.area === null ? <p className="missing">▲ {t('casesetup.tester_nobody')}</p> : null}
        {area === undefined ? null : (
          <>
            <p>
              → <b>{textIn(i18n.language, area.zh, area.en)}</b>
              {area.area_class === '' ? '' : ` · ${area.area_class}`}
            </p>
            <p className="quiet">{area.staff.length === 0 ? `▲ ${t('casesetup.staff_none')}` : area.staff.map(who).join('、')}</p>
            <p className="quiet">{t('casesetup.open_orders', { count: area.open })}</p>
          </>
        )}
      </div>
    </section>
  )
}
