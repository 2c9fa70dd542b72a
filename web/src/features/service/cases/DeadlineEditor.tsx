/** One deadline: a new version of it, when it would fall, and the versions before. */
import { useQuery } from '@tanstack/react-query'
import { Button, Input, InputNumber, Radio, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { caseRules, type DeadlineMark, type TimeUnit } from '@/api/caseRules'
import type { CaseType } from '@/api/cases'
import { useZone } from '@/api/session'
import { serverNow } from '@/live/clock'
import { announce } from '@/ui/announce'
import { nameIn } from '@/ui/format'
import { OrderedList } from '@/ui/OrderedList'
import { codeOf, useRefusalText } from '@/ui/problems'
import { useShortcuts } from '@/ui/shortcuts'
import { fieldTime } from '@/ui/zone'

import { DeadlinePreview, DeadlineVersions } from './DeadlineBeside'
import { draftOf, gapOf, targetOf, wishOf, withUnit, type DeadlineDraft } from './deadlineDraft'
import { Field } from './Field'
import { choicesQuery, DEADLINES, TYPES, useReread } from './known'
import { CODES, COUNTS_OPEN, isInDays, keyOf, UNITS, useTargetWords, type Deadline, type Scale } from './limits'
import { MarkFields } from './MarkFields'
import { useKindName } from './useKindName'

interface DeadlineEditorProps {
  /** Null = a new one. */
  deadline: Deadline | null
  all: readonly Deadline[]
  types: readonly CaseType[]
  classes: readonly string[]
  onSaved: (key: string) => void
  onClose: () => void
}

interface FieldsProps {
  draft: DeadlineDraft
  onChange: (draft: DeadlineDraft) => void
}

function Matter({ draft, types, classes, onChange }: FieldsProps & Pick<DeadlineEditorProps, 'types' | 'classes'>): ReactElement {
  const { t } = useTranslation()
  const kindName = useKindName(types)
  const kinds = ['', ...types.filter((each) => each.is_active).map((each) => each.kind)]
  return (
    <>
      <Field label={t('casesetup.deadline')}>
        {(id) => <Select id={id} value={draft.code} data-testid="deadline-code" options={CODES.map((value) => ({ value, label: t(`cases.clock.${value}`) }))} onChange={(code: string) => onChange({ ...draft, code })} />}
      </Field>
      <Field label={t('casesetup.rule_kind')}>
        {(id) => <Select id={id} showSearch={{ optionFilterProp: 'label' }} value={draft.kind} data-testid="deadline-kind" options={kinds.map((value) => ({ value, label: kindName(value) }))} onChange={(kind: string) => onChange({ ...draft, kind })} />}
      </Field>
      <Field label={t('casesetup.class')} about={t('casesetup.deadline_class_about')}>
        {(id) => <Select id={id} value={draft.area_class} options={[{ value: '', label: t('casesetup.any_class') }, ...classes.map((value) => ({ value, label: value }))]} onChange={(area_class: string) => onChange({ ...draft, area_class })} />}
      </Field>
    </>
  )
}

function Time({ draft, onChange }: FieldsProps): ReactElement {
  const { t, i18n } = useTranslation()
  const calendars = (useQuery(choicesQuery).data?.calendars ?? []).filter((each) => !each.always)
  const scales: Scale[] = isInDays(draft.unit) ? ['days'] : ['minutes', 'hours']
  return (
    <>
      <Field label={t('casesetup.target')} about={draft.value === 0 ? t('casesetup.no_deadline_about') : undefined}>
        {(id) => (
          <span className="row">
            <InputNumber id={id} min={0} max={100_000} precision={0} value={draft.value} data-testid="deadline-value" onChange={(value) => onChange({ ...draft, value })} />
            <Select className="casesetup-kind" aria-label={t('casesetup.scale')} value={draft.scale} data-testid="deadline-scale" options={scales.map((value) => ({ value, label: t(`casesetup.scale_name.${value}`) }))} onChange={(scale: Scale) => onChange({ ...draft, scale })} />
          </span>
        )}
      </Field>
      <Field label={t('casesetup.unit')} about={t(`casesetup.unit_about.${draft.unit}`)}>
        {(id) => <Select id={id} value={draft.unit} data-testid="deadline-unit" options={UNITS.map((value) => ({ value, label: t(`casesetup.unit.${value}`) }))} onChange={(unit: TimeUnit) => onChange(withUnit(draft, unit, calendars.map((each) => each.id)))} />}
      </Field>
      {COUNTS_OPEN.has(draft.unit) ? (
        <Field label={t('casesetup.calendar')} about={calendars.length === 0 ? `▲ ${t('casesetup.calendars_none')}` : undefined}>
          {(id) => <Select id={id} value={draft.calendar === '' ? null : draft.calendar} options={calendars.map((each) => ({ value: each.id, label: nameIn(i18n.language, each) }))} onChange={(calendar: string) => onChange({ ...draft, calendar })} />}
        </Field>
      ) : null}
    </>
  )
}

function Since({ draft, onChange }: FieldsProps): ReactElement {
  const { t } = useTranslation()
  const zone = useZone()
  return (
    <Field label={t('casesetup.since')} about={t('casesetup.since_about')}>
      {(id) => (
        <span className="row">
          <Radio.Group id={id} value={draft.isLater} onChange={(event) => onChange({ ...draft, isLater: event.target.value as boolean })}>
            <Radio value={false}>{t('casesetup.from_now')}</Radio>
            <Radio value={true} data-testid="deadline-later">
              {t('casesetup.from_later')}
            </Radio>
          </Radio.Group>
          {draft.isLater ? <Input type="datetime-local" className="casesetup-mid" aria-label={t('casesetup.from_later')} min={fieldTime(serverNow(), zone)} value={draft.from} onChange={(event) => onChange({ ...draft, from: event.target.value })} /> : null}
        </span>
      )}
    </Field>
  )
}

interface Saving {
  isBusy: boolean
  refusal: unknown
  /** The version that a colleague set meanwhile; the draft stays. */
  newer: boolean
  save(): Promise<void>
}

function useSaving({ deadline, onSaved }: DeadlineEditorProps, draft: DeadlineDraft, read: number, onRead: () => void): Saving {
  const { t } = useTranslation()
  const zone = useZone()
  const reread = useReread()
  const [isBusy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<unknown>(null)
  const newest = deadline?.versions.at(-1)?.version ?? 0
  const save = async (): Promise<void> => {
    if (isBusy || gapOf(draft, zone, serverNow()) !== null) return
    setBusy(true)
    setRefusal(null)
    try {
      const made = await caseRules.putDeadline(wishOf(draft, read, zone))
      announce(t('casesetup.deadline_saved', { version: made.version }))
      onRead()
      await reread(DEADLINES, TYPES)
      onSaved(keyOf(made))
    } catch (error) {
      setRefusal(error)
      await reread(DEADLINES)
    } finally {
      setBusy(false)
    }
  }
  return { isBusy, refusal, newer: newest > read, save }
}

export function DeadlineEditor(props: DeadlineEditorProps): ReactElement {
  const { deadline, all, types, classes, onClose } = props
  const { t } = useTranslation()
  const zone = useZone()
  const textOf = useRefusalText()
  const kindName = useKindName(types)
  const targetWords = useTargetWords()
  const latest = deadline?.versions.at(-1) ?? null
  const [draft, setDraft] = useState(() => draftOf(latest))
  const [read, setRead] = useState(latest?.version ?? 0)
  const twin = deadline === null ? all.find((each) => each.key === keyOf(draft)) : undefined
  const saving = useSaving(props, draft, read, () => setRead(read + 1))
  const gap = gapOf(draft, zone, serverNow())
  const isSame = latest !== null && JSON.stringify(draft) === JSON.stringify(draftOf(latest))
  useShortcuts({ '$mod+s': () => void saving.save() })
  return (
    <section className="panel stack" aria-label={t('casesetup.deadline')} data-testid="deadline-editor">
      <div className="row">
        <h2 className="grow panel-title">{deadline === null ? t('casesetup.deadline_add') : [t(`cases.clock.${deadline.code}`), kindName(deadline.kind), deadline.area_class].filter((part) => part !== '').join(' · ')}</h2>
        <Button size="small" aria-label={t('common.close')} onClick={onClose}>
          ✕
        </Button>
      </div>
      {saving.refusal === null ? null : (
        <p className="error-box edit-refusal" role="alert" data-testid="deadline-refusal">
          ■ {textOf(saving.refusal)} <code>{codeOf(saving.refusal)}</code>
        </p>
      )}
      {saving.newer && latest !== null ? (
        <div className="error-box edit-refusal" role="alertdialog" aria-label={t('conflict.title')} data-testid="deadline-newer">
          <p>
            {t('conflict.mine')}: <b>{targetWords({ target: targetOf(draft), unit: draft.unit })}</b> · {t('conflict.theirs')}: <b>{targetWords(latest)}</b>
          </p>
          <div className="row">
            <Button size="small" data-testid="deadline-mine" onClick={() => setRead(latest.version)}>
              {t('conflict.take_mine')}
            </Button>
            <Button size="small" data-testid="deadline-theirs" onClick={() => { setDraft(draftOf(latest)); setRead(latest.version) }}>
              {t('conflict.take_theirs')}
            </Button>
          </div>
        </div>
      ) : null}
      {deadline === null ? <Matter draft={draft} types={types} classes={classes} onChange={setDraft} /> : null}
      {twin === undefined ? null : <p className="missing">▲ {t('casesetup.deadline_there')}</p>}
      <Time draft={draft} onChange={setDraft} />
      <OrderedList<DeadlineMark>
        id="marks"
        label={t('casesetup.marks')}
        about={t('casesetup.marks_about')}
        none={t('casesetup.marks_none')}
        items={draft.marks}
        most={20}
        blank={{ action: 'warn', percent: 90 }}
        onChange={(marks) => setDraft({ ...draft, marks })}
        renderRow={(mark, change) => <MarkFields mark={mark} onChange={change} />}
      />
      <Since draft={draft} onChange={setDraft} />
      <Field label={t('casesetup.note')}>{(id) => <Input.TextArea id={id} autoSize maxLength={500} value={draft.note} placeholder={t('casesetup.note_example')} onChange={(event) => setDraft({ ...draft, note: event.target.value })} />}</Field>
      <DeadlinePreview target={targetOf(draft)} unit={draft.unit} calendar={draft.calendar} />
      <div className="row">
        <Button type="primary" loading={saving.isBusy} disabled={gap !== null || twin !== undefined || saving.newer || isSame} aria-keyshortcuts="Control+S" data-testid="deadline-save" onClick={() => void saving.save()}>
          {t('casesetup.deadline_save', { version: read + 1 })}
        </Button>
        {gap === null ? null : <span className="missing">▲ {t(`casesetup.gap.${gap}`)}</span>}
      </div>
      {deadline === null ? null : <DeadlineVersions deadline={deadline} />}
    </section>
  )
}
