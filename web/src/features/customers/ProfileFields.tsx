/** The fields of a customer's profile, its numbers and what else it is known by. */
import { AutoComplete, Button, Input, Select, Switch } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { CustomerDraft } from '@/shared/customer/draft'
import { useChoices } from '@/shared/customer/known'
import { codeOf, useRefusalText } from '@/ui/problems'

const KINDS = ['email', 'wechat', 'app', 'web'] as const
const LONG = 200
const SHORT = 40
const REMARK = 5_000
const MOST = 30

/** What the server refuses, by the field it stands at. */
const WRONG: Readonly<Record<string, string>> = { customer_name_missing: 'name', certificate_taken: 'certificate', customer_number_invalid: 'numbers', customer_number_not_found: 'numbers' }

interface FieldProps {
  name: string
  wrong: string | undefined
  isWide?: boolean
  children: ReactNode
}

function Field({ name, wrong, isWide = false, children }: FieldProps): ReactElement {
  const { t } = useTranslation()
  return (
    <div className={isWide ? 'customers-field customers-wide' : 'customers-field'}>
      <label htmlFor={`customer-${name}`}>{t(`customers.field.${name}`)}</label>
      {children}
      {wrong === undefined ? null : (
        <p className="over customer-small" role="alert">
          ■ {wrong}
        </p>
      )}
    </div>
  )
}

interface PartProps {
  draft: CustomerDraft
  onChange: (draft: CustomerDraft) => void
}

/** Those that are there stay as they are, masked, or go; new ones are written in full. */
function NumberList({ draft, onChange }: PartProps): ReactElement {
  const { t } = useTranslation()
  const put = (at: number, change: Partial<CustomerDraft['numbers'][number]>): void =>
    onChange({ ...draft, numbers: draft.numbers.map((each, index) => (index === at ? { ...each, ...change } : each)) })
  const drop = (at: number): void => onChange({ ...draft, numbers: draft.numbers.filter((_, index) => index !== at) })
  return (
    <div className="stack" id="customer-numbers" role="group" aria-label={t('customers.field.numbers')}>
      {draft.numbers.map((each, at) => (
        <div key={each.id || `new-${at}`} className="customers-pair">
          {each.id === '' ? (
            <Input value={each.number} maxLength={SHORT} inputMode="tel" placeholder={t('customers.number')} aria-label={t('customers.number')} data-testid={`number-new-${at}`} onChange={(event) => put(at, { number: event.target.value })} />
          ) : (
            <span className="figure customers-masked">{each.number}</span>
          )}
          <Input value={each.label} maxLength={SHORT} disabled={each.id !== ''} placeholder={t('customers.number_label')} aria-label={t('customers.number_label')} onChange={(event) => put(at, { label: event.target.value })} />
          <Button type="text" aria-label={`${t('customers.take_away')} ${each.number}`} data-testid={`number-drop-${at}`} onClick={() => drop(at)}>
            ✕
          </Button>
        </div>
      ))}
      <div>
        <Button size="small" disabled={draft.numbers.length >= MOST} data-testid="number-add" onClick={() => onChange({ ...draft, numbers: [...draft.numbers, { id: '', number: '', label: '' }] })}>
          ＋ {t('customers.number')}
        </Button>
      </div>
    </div>
  )
}

function IdentityList({ draft, onChange }: PartProps): ReactElement {
  const { t } = useTranslation()
  const put = (at: number, change: Partial<CustomerDraft['identities'][number]>): void =>
    onChange({ ...draft, identities: draft.identities.map((each, index) => (index === at ? { ...each, ...change } : each)) })
  const kinds = [...new Set([...KINDS, ...draft.identities.map(({ kind }) => kind)])].map((kind) => ({ value: kind, label: t(`customers.kind.${kind}`, { defaultValue: kind }) }))
  return (
    <div className="stack" id="customer-identities" role="group" aria-label={t('customers.field.identities')}>
      {draft.identities.map((each, at) => (
        // The line is all there is to tell one from another.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} className="customers-pair">
          <Select value={each.kind} options={kinds} aria-label={t('customers.identity_kind')} onChange={(kind: string) => put(at, { kind })} />
          <Input value={each.value} maxLength={LONG} aria-label={t('customers.identity_value')} onChange={(event) => put(at, { value: event.target.value })} />
          <Button type="text" aria-label={`${t('customers.take_away')} ${each.value}`} onClick={() => onChange({ ...draft, identities: draft.identities.filter((_, index) => index !== at) })}>
            ✕
          </Button>
        </div>
      ))}
      <div>
        <Button size="small" disabled={draft.identities.length >= MOST} onClick={() => onChange({ ...draft, identities: [...draft.identities, { kind: 'email', value: '' }] })}>
          ＋ {t('customers.identity')}
        </Button>
      </div>
    </div>
  )
}

const options = (values: readonly string[] = []): { value: string; label: string }[] => values.map((value) => ({ value, label: value }))

interface ProfileFieldsProps extends PartProps {
  refusal: unknown
}

export function ProfileFields({ draft, refusal, onChange }: ProfileFieldsProps): ReactElement {
  const { t } = useTranslation()
  const textOf = useRefusalText()
  const choices = useChoices()
  const at = refusal === null ? undefined : WRONG[codeOf(refusal)]
  const wrong = (name: string): string | undefined => (at === name ? textOf(refusal) : undefined)
  const set = (change: Partial<CustomerDraft>): void => onChange({ ...draft, ...change })
  const line = (name: 'name' | 'certificate' | 'company' | 'place' | 'language' | 'address', longest: number, isWide = false): ReactElement => (
    <Field name={name} wrong={wrong(name)} isWide={isWide}>
      <Input id={`customer-${name}`} value={draft[name]} maxLength={longest} {...(wrong(name) === undefined ? {} : { status: 'error' as const })} data-testid={`profile-${name}`} onChange={(event) => set({ [name]: event.target.value })} />
    </Field>
  )
  const sexes = (['', 'female', 'male'] as const).map((value) => ({ value, label: t(`customers.sex.${value === '' ? 'unknown' : value}`) }))
  return (
    <div className="customers-fields" data-testid="profile-fields">
      {line('name', LONG)}
      <Field name="sex" wrong={undefined}>
        <Select id="customer-sex" value={draft.sex} options={sexes} onChange={(sex) => set({ sex })} />
      </Field>
      {line('certificate', SHORT)}
      <Field name="level" wrong={undefined}>
        <AutoComplete id="customer-level" value={draft.level} options={options(choices.data?.levels)} showSearch={{ filterOption: (typed, option) => (option?.value ?? '').includes(typed) }} data-testid="profile-level" onChange={(level: string) => set({ level: level.slice(0, SHORT) })} />
      </Field>
      {line('company', LONG)}
      {line('place', LONG)}
      {line('language', SHORT)}
      <Field name="confidential" wrong={undefined}>
        <span className="row">
          <Switch id="customer-confidential" checked={draft.confidential} data-testid="profile-confidential" onChange={(confidential) => set({ confidential })} />
          <span className="quiet customer-small">{t('customers.confidential_does')}</span>
        </span>
      </Field>
      {line('address', LONG, true)}
      <Field name="tags" wrong={undefined} isWide>
        <Select id="customer-tags" mode="tags" value={draft.tags} options={options(choices.data?.tags)} tokenSeparators={[',', '，', '、']} maxCount={MOST} data-testid="profile-tags" onChange={(tags: string[]) => set({ tags })} />
      </Field>
      <Field name="remark" wrong={undefined} isWide>
        <Input.TextArea id="customer-remark" rows={3} maxLength={REMARK} value={draft.remark} data-testid="profile-remark" onChange={(event) => set({ remark: event.target.value })} />
      </Field>
      <Field name="numbers" wrong={wrong('numbers')} isWide>
        <NumberList draft={draft} onChange={onChange} />
      </Field>
      <Field name="identities" wrong={undefined} isWide>
        <IdentityList draft={draft} onChange={onChange} />
      </Field>
    </div>
  )
}
