/** One survey: after what, whom, by what way, when, and what follows. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Checkbox, Input, InputNumber, Select, Switch } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { caseSetUp } from '@/api/cases'
import { surveys, type Survey } from '@/api/surveys'
import type { ConflictField } from '@/ui/Conflict'
import { EditBar, EditFrame } from '@/ui/EditFrame'
import { textIn } from '@/ui/format'
import { useVersions } from '@/ui/versions'

type Draft = Omit<Survey, 'revision'> & { revision: string }

const kept = (survey: Survey): Draft => ({ ...survey, revision: String(survey.revision) })
const two = (number: number): string => String(number).padStart(2, '0')
const clock = (minute: number): string => (minute === 1440 ? '23:59' : `${two(Math.floor(minute / 60))}:${two(minute % 60)}`)
const minuteOf = (text: string, otherwise: number): number => {
  const found = /^(\d{2}):(\d{2})$/.exec(text)
  return found === null ? otherwise : Number(found[1]) * 60 + Number(found[2])
}

const NUMBERS = [
  { name: 'delay_minutes', least: 0, most: 43_200 },
  { name: 'sample_percent', least: 0, most: 100 },
  { name: 'recontact_days', least: 0, most: 3_650 },
  { name: 'valid_days', least: 1, most: 365 },
] as const

/** What a control is called, for those who cannot see it and for tests. */
const label = (name: string): { 'aria-labelledby': string; 'data-testid': string } => ({ 'aria-labelledby': `survey-${name}`, 'data-testid': `survey-field-${name}` })

function Field({ name, children }: { name: string; children: ReactNode }): ReactElement {
  const { t, i18n } = useTranslation()
  const about = `surveys.about.${name}`
  return (
    <div className="survey-field">
      <span className="survey-label" id={`survey-${name}`}>
        {t(`surveys.field.${name}`)}
      </span>
      {children}
      {i18n.exists(about) ? <span className="quiet">{t(`surveys.about.${name}`)}</span> : null}
    </div>
  )
}

export function SurveyEditor({ survey }: { survey: Survey }): ReactElement {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const types = useQuery({ queryKey: ['case-types'], queryFn: caseSetUp.types })
  const read = (): Promise<Survey[]> => client.fetchQuery({ queryKey: ['surveys'], queryFn: surveys.list, staleTime: 0 })
  const editing = useVersions<Draft>({
    name: `survey-${survey.id}`,
    stored: kept(survey),
    send: async (_, whole, match) => {
      const { id, active_since: _since, ...facts } = whole
      return kept(await surveys.put(id, { ...facts, revision: Number(match) }))
    },
    reread: async () => {
      const found = (await read()).find((each) => each.id === survey.id)
      return found === undefined ? undefined : kept(found)
    },
    saved: t('surveys.saved'),
  })
  const { draft } = editing
  const set = (change: Partial<Draft>): void => editing.change({ ...draft, ...change })
  const fields: ConflictField<Draft>[] = (['zh', 'en', 'trigger', 'channel', 'delay_minutes', 'sample_percent', 'recontact_days', 'valid_days', 'address', 'text_zh', 'text_en', 'is_active'] as const).map((key) => ({
    key,
    label: t(`surveys.field.${key}`),
  }))
  const isSent = draft.channel !== 'link'
  return (
    <section className="panel survey-editor" aria-label={t('surveys.tab.set_up')} data-testid="survey-editor">
      <EditFrame editing={editing} fields={fields}>
        <div className="survey-fields">
          <Field name="is_active">
            <Switch checked={draft.is_active} onChange={(is_active) => set({ is_active })} {...label('is_active')} />
          </Field>
          <Field name="zh">
            <Input value={draft.zh} maxLength={80} onChange={(event) => set({ zh: event.target.value })} {...label('zh')} />
          </Field>
          <Field name="en">
            <Input value={draft.en} maxLength={80} onChange={(event) => set({ en: event.target.value })} {...label('en')} />
          </Field>
          <Field name="trigger">
            <Select value={draft.trigger} onChange={(trigger) => set({ trigger })} options={(['done', 'closed'] as const).map((value) => ({ value, label: t(`surveys.trigger.${value}`) }))} {...label('trigger')} />
          </Field>
          <Field name="channel">
            <Select value={draft.channel} onChange={(channel) => set({ channel })} options={(['link', 'sms', 'mail'] as const).map((value) => ({ value, label: t(`surveys.channel.${value}`) }))} {...label('channel')} />
          </Field>
          <Field name="kinds">
            <Select mode="multiple" value={draft.kinds} placeholder={t('surveys.every_kind')} onChange={(kinds: string[]) => set({ kinds })} options={(types.data ?? []).map((type) => ({ value: type.kind, label: textIn(i18n.language, type.zh, type.en) }))} {...label('kinds')} />
          </Field>
          {NUMBERS.map(({ name, least, most }) => (
            <Field key={name} name={name}>
              <InputNumber min={least} max={most} value={draft[name]} suffix={t(`surveys.unit.${name}`)} onChange={(value) => set({ [name]: value ?? least })} {...label(name)} />
            </Field>
          ))}
          {isSent ? (
            <>
              <Field name="hours">
                <span className="row">
                  <Input type="time" value={clock(draft.from_minute)} aria-label={t('surveys.from')} onChange={(event) => set({ from_minute: minuteOf(event.target.value, draft.from_minute) })} />
                  <Input type="time" value={clock(draft.until_minute)} aria-label={t('surveys.to')} onChange={(event) => set({ until_minute: minuteOf(event.target.value, draft.until_minute) })} />
                </span>
              </Field>
              <Field name="address">
                <Input value={draft.address} maxLength={500} placeholder="https://service.example.com" onChange={(event) => set({ address: event.target.value })} {...label('address')} />
              </Field>
              <Field name="text_zh">
                <Input.TextArea rows={2} value={draft.text_zh} maxLength={500} placeholder={t('surveys.text_example')} onChange={(event) => set({ text_zh: event.target.value })} {...label('text_zh')} />
              </Field>
              <Field name="text_en">
                <Input.TextArea rows={2} value={draft.text_en} maxLength={500} onChange={(event) => set({ text_en: event.target.value })} {...label('text_en')} />
              </Field>
            </>
          ) : null}
          <Field name="follows">
            <Checkbox checked={draft.reopens} data-testid="survey-field-reopens" onChange={(event) => set({ reopens: event.target.checked })}>
              {t('surveys.field.reopens')}
            </Checkbox>
            <Checkbox checked={draft.needs_consent} onChange={(event) => set({ needs_consent: event.target.checked })}>
              {t('surveys.field.needs_consent')}
            </Checkbox>
          </Field>
        </div>
        <EditBar editing={editing} />
      </EditFrame>
    </section>
  )
}
