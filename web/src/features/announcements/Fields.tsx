/** What an announcement is written with: type, places, times, words in both languages, the voice. */
import { useQuery } from '@tanstack/react-query'
import { Checkbox, Input, Radio, Select } from 'antd'
import { useId, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { TYPES } from '@/api/announcements'
import { prompts } from '@/api/flows'
import { useMay, useZone } from '@/api/session'
import { nameIn } from '@/ui/format'
import { fieldTime, instantOf } from '@/ui/zone'

import type { Draft } from './draft'
import { useAreas } from './keys'

export interface FieldsProps {
  draft: Draft
  onChange: (draft: Draft) => void
  /** Another type: a new announcement takes its usual times with it. */
  onType?: (type: Draft['type']) => void
}

function Labelled({ label, does, isWide = false, children }: { label: string; does?: ReactNode; isWide?: boolean; children: (id: string) => ReactNode }): ReactElement {
  const id = useId()
  return (
    <div className={isWide ? 'announcements-field announcements-wide' : 'announcements-field'}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {does === undefined ? null : <span className="quiet">{does}</span>}
    </div>
  )
}

function Moment({ label, value, isOptional = false, testId, onChange }: { label: string; value: number | null; isOptional?: boolean; testId: string; onChange: (value: number | null) => void }): ReactElement {
  const zone = useZone()
  return (
    <Labelled label={label}>
      {(id) => (
        <Input
          id={id}
          type="datetime-local"
          value={value === null ? '' : fieldTime(value, zone)}
          data-testid={testId}
          onChange={(event) => {
            const next = instantOf(event.target.value, zone)
            if (next !== null || isOptional) onChange(next)
          }}
        />
      )}
    </Labelled>
  )
}

/** The prompts with a Chinese voice; who may not see them keeps what was chosen. */
function Voice({ draft, onChange }: FieldsProps): ReactElement {
  const { t } = useTranslation()
  const mayRead = useMay('flows.read')
  const found = useQuery({ queryKey: ['prompts'], queryFn: prompts.list, enabled: mayRead })
  const names = [...new Set((found.data ?? []).filter((each) => each.language === 'zh').map((each) => each.name))]
  const options = [...(draft.prompt === '' || names.includes(draft.prompt) ? [] : [draft.prompt]), ...names]
  return (
    <Labelled
      label={t('announcements.field.prompt')}
      does={
        <>
          {t('announcements.prompt_about')} {mayRead ? <Link to="/flows">{t('announcements.to_prompts')}</Link> : null}
        </>
      }
    >
      {(id) => (
        <Select
          id={id}
          showSearch
          allowClear
          disabled={!mayRead}
          value={draft.prompt === '' ? undefined : draft.prompt}
          placeholder={t('announcements.no_prompt')}
          loading={found.isFetching}
          options={options.map((name) => ({ value: name, label: name }))}
          data-testid="announcement-prompt"
          onChange={(next: string | undefined) => onChange({ ...draft, prompt: next ?? '' })}
        />
      )}
    </Labelled>
  )
}

function Areas({ draft, onChange }: FieldsProps): ReactElement | null {
  const { t, i18n } = useTranslation()
  const areas = useAreas().filter((area) => area.is_active || draft.areas.includes(area.id))
  if (areas.length === 0 && draft.areas.length === 0) return null
  return (
    <Labelled label={t('announcements.field.areas')} does={t('announcements.areas_about')}>
      {(id) => (
        <Select
          id={id}
          mode="multiple"
          value={draft.areas}
          options={areas.map((area) => ({ value: area.id, label: nameIn(i18n.language, { name: area.zh, name_en: area.en }) }))}
          data-testid="announcement-areas"
          onChange={(next: string[]) => onChange({ ...draft, areas: next })}
        />
      )}
    </Labelled>
  )
}

function Words({ draft, onChange, language }: FieldsProps & { language: '' | '_en' }): ReactElement {
  const { t } = useTranslation()
  const title = `title${language}` as 'title' | 'title_en'
  const body = `body${language}` as 'body' | 'body_en'
  return (
    <>
      <Labelled label={t(`announcements.field.${title}`)} isWide>
        {(id) => <Input id={id} value={draft[title]} maxLength={200} data-testid={`announcement-${title}`} onChange={(event) => onChange({ ...draft, [title]: event.target.value })} />}
      </Labelled>
      <Labelled label={t(`announcements.field.${body}`)} isWide>
        {(id) => <Input.TextArea id={id} value={draft[body]} maxLength={5000} autoSize={{ minRows: 3, maxRows: 10 }} data-testid={`announcement-${body}`} onChange={(event) => onChange({ ...draft, [body]: event.target.value })} />}
      </Labelled>
    </>
  )
}

export function Fields({ draft, onChange, onType }: FieldsProps): ReactElement {
  const { t } = useTranslation()
  const isNews = draft.type === 'info'
  return (
    <div className="announcements-fields">
      <div className="announcements-wide">
        <Radio.Group
          value={draft.type}
          optionType="button"
          aria-label={t('announcements.field.type')}
          options={TYPES.map((type) => ({ value: type, label: t(`announcements.type.${type}`) }))}
          onChange={(event) => {
            const type = event.target.value as Draft['type']
            if (onType === undefined) onChange({ ...draft, type })
            else onType(type)
          }}
        />
      </div>
      <Labelled label={t('announcements.field.places')} does={isNews ? t('announcements.places_news') : t('announcements.places_about')} isWide>
        {(id) => (
          <Select
            id={id}
            mode="tags"
            open={false}
            suffixIcon={null}
            tokenSeparators={[',', ',', '、', ';', ';']}
            value={draft.places}
            placeholder={t('announcements.places_hint')}
            data-testid="announcement-places"
            onChange={(next: string[]) => onChange({ ...draft, places: next })}
          />
        )}
      </Labelled>
      <Moment label={t('announcements.field.starts_at')} value={draft.starts_at} testId="announcement-starts" onChange={(next) => next !== null && onChange({ ...draft, starts_at: next })} />
      <Moment label={t('announcements.field.expected_end')} value={draft.expected_end} isOptional testId="announcement-end" onChange={(next) => onChange({ ...draft, expected_end: next, ends_itself: next !== null && draft.ends_itself })} />
      <div className="announcements-wide">
        <Checkbox checked={draft.ends_itself} disabled={draft.expected_end === null} onChange={(event) => onChange({ ...draft, ends_itself: event.target.checked })}>
          {t('announcements.field.ends_itself')}
        </Checkbox>
      </div>
      <Words draft={draft} onChange={onChange} language="" />
      <Words draft={draft} onChange={onChange} language="_en" />
      <Voice draft={draft} onChange={onChange} />
      <Areas draft={draft} onChange={onChange} />
    </div>
  )
}
