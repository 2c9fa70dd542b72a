/** 预设: what a trade begins with, looked at before it is taken; what people have set stays. */
import { useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { caseRules, type CasePreset } from '@/api/caseRules'
import type { CaseForm, CaseType } from '@/api/cases'
import { announce } from '@/ui/announce'
import { nameIn, textIn } from '@/ui/format'
import { ErrorBox, Loading } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

import { Field } from './Field'
import { choicesQuery, DEADLINES, FORMS, PRESETS, TYPES, useReread } from './known'
import { useTargetWords } from './limits'

interface PresetsPanelProps {
  types: readonly CaseType[]
  forms: readonly CaseForm[]
  onDone: () => void
}

interface PresetProps extends PresetsPanelProps {
  preset: CasePreset
}

/** What it brings, line by line; what is there already is said to stay. */
function Brings({ preset, types, forms }: Omit<PresetProps, 'onDone'>): ReactElement {
  const { t, i18n } = useTranslation()
  const target = useTargetWords()
  const stays = t('casesetup.preset_stays')
  const kindOf = (kind: string): string => {
    const type = preset.brings_types.find((each) => each.kind === kind) ?? types.find((each) => each.kind === kind)
    return type === undefined ? t('casesetup.any_kind') : textIn(i18n.language, type.zh, type.en)
  }
  return (
    <div className="stack" data-testid={`preset-brings-${preset.name}`}>
      <h3 className="casesetup-head">{t('casesetup.preset_types')}</h3>
      <ul className="casesetup-brings">
        {preset.brings_types.map((each) => (
          <li key={each.kind}>
            {textIn(i18n.language, each.zh, each.en)} {types.some((type) => type.kind === each.kind) ? <span className="quiet">{stays}</span> : null}
          </li>
        ))}
      </ul>
      <h3 className="casesetup-head">{t('casesetup.preset_forms')}</h3>
      <ul className="casesetup-brings">
        {preset.brings_forms.map((each) => (
          <li key={each.kind}>
            {textIn(i18n.language, each.zh, each.en)} {forms.some((form) => form.kind === each.kind) ? <span className="quiet">{stays}</span> : null}
          </li>
        ))}
      </ul>
      <h3 className="casesetup-head">{t('casesetup.preset_deadlines')}</h3>
      <ul className="casesetup-brings">
        {preset.brings_deadlines.map((each) => (
          <li key={`${each.code} ${each.kind} ${each.area_class}`} title={each.note}>
            {t(`cases.clock.${each.code}`)} · {[kindOf(each.kind), each.area_class].filter((part) => part !== '').join(' · ')} · {target(each)}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Preset({ preset, types, forms, onDone }: PresetProps): ReactElement {
  const { t, i18n } = useTranslation()
  const reread = useReread()
  const choices = useQuery(choicesQuery)
  const [isOpen, setOpen] = useState(false)
  const [calendar, setCalendar] = useState<string | null>(null)
  const closing = (choices.data?.calendars ?? []).filter((each) => !each.always)
  const by = calendar ?? (closing.length === 1 ? (closing[0]?.id ?? null) : null)
  const load = useCommand(async () => {
    const made = await caseRules.loadPreset(preset.name, by)
    await reread(TYPES, FORMS, DEADLINES)
    announce(t('casesetup.preset_loaded', { types: made.types, forms: made.forms, deadlines: made.deadlines }))
    onDone()
  })
  return (
    <section className="panel stack" aria-label={textIn(i18n.language, preset.zh, preset.en)} data-testid={`preset-${preset.name}`}>
      <h2>{textIn(i18n.language, preset.zh, preset.en)}</h2>
      <p className="quiet">{t('casesetup.preset_counts', { types: preset.types, forms: preset.forms, deadlines: preset.deadlines })}</p>
      <div>
        <button type="button" className="plain-button" aria-expanded={isOpen} data-testid={`preset-see-${preset.name}`} onClick={() => setOpen(!isOpen)}>
          {isOpen ? t('casesetup.preset_hide') : t('casesetup.preset_see')}
        </button>
      </div>
      {isOpen ? <Brings preset={preset} types={types} forms={forms} /> : null}
      {preset.needs_calendar ? (
        <Field label={t('casesetup.preset_calendar')} about={closing.length === 0 ? `▲ ${t('casesetup.calendars_none')}` : t('casesetup.preset_calendar_about')}>
          {(id) => <Select id={id} value={by} options={closing.map((each) => ({ value: each.id, label: nameIn(i18n.language, each) }))} onChange={setCalendar} />}
        </Field>
      ) : null}
      <div>
        <Button type="primary" loading={load.isBusy} disabled={preset.needs_calendar && by === null} data-testid={`preset-load-${preset.name}`} onClick={() => void load.run()}>
          {t('casesetup.preset_load')}
        </Button>
      </div>
    </section>
  )
}

export function PresetsPanel(props: PresetsPanelProps): ReactElement {
  const { t } = useTranslation()
  const presets = useQuery({ queryKey: PRESETS, queryFn: caseRules.presets, staleTime: Infinity })
  if (presets.isPending) return <Loading rows={6} />
  if (presets.isError) return <ErrorBox error={presets.error} onRetry={() => void presets.refetch()} />
  return (
    <div className="stack">
      <p className="quiet">{t('casesetup.presets_about')}</p>
      <div className="casesetup-cards">
        {presets.data.map((preset) => (
          <Preset key={preset.name} preset={preset} {...props} />
        ))}
      </div>
    </div>
  )
}
