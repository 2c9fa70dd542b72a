/**
 * 生成表单: what an agent fills in. The desk has it beside the call, the list in a drawer; whoever
 * shows it keeps what is written (`fields`), so that nothing is lost.
 */
import { Button, Checkbox, Input, Select } from 'antd'
import { useId, useState, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { cases, type Case, type CaseType, type CaseWish } from '@/api/cases'
import { useMay, useZone } from '@/api/session'
import { FormSpec } from '@/shared/formspec/FormSpec'
import { faultsOf, missingFaults, type Faults } from '@/shared/formspec/spec'
import { announce } from '@/ui/announce'
import { textIn } from '@/ui/format'
import { useShortcuts } from '@/ui/shortcuts'
import { ErrorBox, Loading } from '@/ui/states'

import './cases.css'
import { CustomerField } from './CustomerField'
import { useCaseNames, useFormOf } from './known'
import { missingFields, wishOf, type MustField, type NewCaseFields } from './newCase'
import { FilesGoing, FilesToCome } from './NewCaseFiles'
import { useNewFiles, type NewFiles } from './newFiles'

export type CaseMade = Pick<Case, 'id' | 'number'>

export interface NewCaseFormProps {
  fields: NewCaseFields
  onChange: (fields: NewCaseFields) => void
  /** It is made, and its files are there or given up. */
  onMade: (made: CaseMade) => void
  /** It is made; its files may still be on their way. What was kept of its draft is old now. */
  onStored?: (made: CaseMade) => void
  /** How it is made where the server knows more than the form, e.g. the number at the desk. */
  create?: (wish: CaseWish) => Promise<CaseMade>
  /** Beside the button: what else can be done with what is written. */
  beside?: ReactNode
}

const CATEGORIES = ['query', 'business', 'complaint'] as const
const PRIORITIES = [1, 2, 3, 4] as const
const LONGEST_LINE = 200
const LONGEST_TEXT = 5_000

interface FieldProps {
  id: string
  label: string
  isMissing?: boolean
  isRequired?: boolean
  children: ReactNode
}

function Field({ id, label, isMissing = false, isRequired = false, children }: FieldProps): ReactElement {
  const { t } = useTranslation()
  return (
    <div className="formspec-item">
      <label htmlFor={id} className="formspec-name">
        {isRequired ? (
          <span className="formspec-must">
            <span aria-hidden="true">* </span>
            <span className="screen-reader">{t('formspec.required_mark')} </span>
          </span>
        ) : null}
        {label}
      </label>
      {children}
      {isMissing ? (
        <p className="formspec-fault" role="alert">
          <span aria-hidden="true">■ </span>
          {t('formspec.fault.required')}
        </p>
      ) : null}
    </div>
  )
}

/** Types in force under their services, in their order. */
function useKindOptions(types: readonly CaseType[]): { label: string; options: { value: string; label: string }[] }[] {
  const { t, i18n } = useTranslation()
  return CATEGORIES.map((category) => ({
    label: t(`cases.category.${category}`),
    options: types
      .filter((type) => type.is_active && type.category === category)
      .sort((one, other) => one.position - other.position)
      .map((type) => ({ value: type.kind, label: textIn(i18n.language, type.zh, type.en) })),
  })).filter((group) => group.options.length > 0)
}

interface Sending {
  isBusy: boolean
  /** Made already; files of it are on their way, or failed. */
  made: CaseMade | null
  error: unknown
  missing: readonly MustField[]
  faults: Faults
  send(): Promise<void>
}

/** What is missing is said before the server is asked; what the server refuses, after. */
function useSending({ fields, onMade, onStored, create = cases.create }: NewCaseFormProps, items: Parameters<typeof missingFaults>[0], files: NewFiles): Sending {
  const { t } = useTranslation()
  const zone = useZone()
  const [isBusy, setBusy] = useState(false)
  const [made, setMade] = useState<CaseMade | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [missing, setMissing] = useState<readonly MustField[]>([])
  const [faults, setFaults] = useState<Faults>({})
  /** Its files; the work order stands, whatever becomes of them. */
  const bring = async (one: CaseMade): Promise<void> => {
    setBusy(true)
    const isWhole = await files.upload(one.id)
    setBusy(false)
    if (isWhole) onMade(one)
  }
  const send = async (): Promise<void> => {
    if (isBusy) return
    if (made !== null) return bring(made)
    const gaps = missingFields(fields)
    const unanswered = missingFaults(items, fields.answers)
    setError(null)
    setMissing(gaps)
    setFaults(unanswered)
    if (gaps.length > 0 || Object.keys(unanswered).length > 0) return
    setBusy(true)
    try {
      const one = await create(wishOf(fields, items, zone))
      announce(t('cases.made', { number: one.number }))
      onStored?.(one)
      if (files.chosen.length === 0) return onMade(one)
      setMade(one)
      await bring(one)
    } catch (refusal) {
      setFaults(faultsOf(refusal))
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }
  return { isBusy, made, error, missing, faults, send }
}

export function NewCaseForm(props: NewCaseFormProps): ReactElement {
  const { fields, onChange, beside } = props
  const { t } = useTranslation()
  const id = useId()
  const { types } = useCaseNames()
  const type = types.find((each) => each.kind === fields.kind)
  const kinds = useKindOptions(types)
  const { form, isPending, error: formError } = useFormOf(type)
  const items = form?.items ?? []
  const files = useNewFiles()
  const maySeeFiles = useMay('cases.read')
  const sending = useSending(props, items, files)
  const set = (change: Partial<NewCaseFields>): void => onChange({ ...fields, ...change })
  useShortcuts({ '$mod+s': () => void sending.send() })
  const line = (name: 'title' | 'phone' | 'place' | 'device_type' | 'demand_type', longest = LONGEST_LINE): ReactElement => (
    <Input id={`${id}-${name}`} maxLength={longest} value={fields[name]} data-testid={`new-case-${name}`} onChange={(event) => set({ [name]: event.target.value })} />
  )
  const isMissing = (name: MustField): boolean => sending.missing.includes(name) && fields[name].trim() === ''
  const { made } = sending
  if (made !== null) return <FilesGoing made={made} files={files} isBusy={sending.isBusy} onAgain={() => void sending.send()} onLeave={() => props.onMade(made)} />
  return (
    <div className="new-case stack" data-testid="new-case">
      <Field id={`${id}-kind`} label={t('cases.kind')} isRequired isMissing={isMissing('kind')}>
        <Select
          id={`${id}-kind`}
          showSearch={{ optionFilterProp: 'label' }}
          className="new-case-wide"
          placeholder={t('cases.kind_choose')}
          value={fields.kind === '' ? null : fields.kind}
          options={kinds}
          data-testid="new-case-kind"
          onChange={(kind: string) => set({ kind, answers: {} })}
        />
      </Field>
      <Field id={`${id}-title`} label={t('cases.title')} isRequired isMissing={isMissing('title')}>
        {line('title')}
      </Field>
      <Field id={`${id}-content`} label={t('cases.content')} isRequired isMissing={isMissing('content')}>
        <Input.TextArea id={`${id}-content`} rows={4} maxLength={LONGEST_TEXT} value={fields.content} data-testid="new-case-content" onChange={(event) => set({ content: event.target.value })} />
      </Field>
      <Field id={`${id}-customer`} label={t('cases.customer')}>
        <CustomerField
          id={`${id}-customer`}
          customer={fields.customer}
          onChange={(customer, chosen) => set({ customer, ...(chosen !== null && fields.place === '' ? { place: chosen.place } : {}) })}
        />
      </Field>
      <div className="new-case-pair">
        <Field id={`${id}-phone`} label={t('cases.phone')}>
          {line('phone', 40)}
          {props.create === undefined && fields.customer !== null && fields.phone.trim() === '' ? <p className="quiet formspec-help">{t('cases.phone_of_customer')}</p> : null}
        </Field>
        <Field id={`${id}-place`} label={t('cases.place')}>{line('place')}</Field>
        <Field id={`${id}-device_type`} label={t('cases.device_type')}>{line('device_type')}</Field>
        <Field id={`${id}-demand_type`} label={t('cases.demand_type')}>{line('demand_type')}</Field>
        <Field id={`${id}-appointment`} label={t('cases.appointment')}>
          <Input id={`${id}-appointment`} type="datetime-local" value={fields.appointment} data-testid="new-case-appointment" onChange={(event) => set({ appointment: event.target.value })} />
        </Field>
        <Field id={`${id}-priority`} label={t('cases.priority')}>
          <Select
            id={`${id}-priority`}
            allowClear
            placeholder={type === undefined ? t('cases.priority_of_type') : t(`cases.priority.${type.priority}`)}
            value={fields.priority}
            options={PRIORITIES.map((each) => ({ value: each, label: t(`cases.priority.${each}`) }))}
            onChange={(priority: number | null | undefined) => set({ priority: priority ?? null })}
          />
        </Field>
      </div>
      {isPending ? <Loading rows={2} /> : null}
      {formError !== null ? <ErrorBox error={formError} /> : null}
      {form === null ? null : <FormSpec items={items} answers={fields.answers} faults={sending.faults} onChange={(answers) => set({ answers })} />}
      {maySeeFiles ? <FilesToCome files={files} isBusy={sending.isBusy} /> : null}
      <Checkbox checked={fields.confidential} onChange={(event) => set({ confidential: event.target.checked })}>
        {t('cases.confidential')}
      </Checkbox>
      {sending.error === null ? null : <ErrorBox error={sending.error} />}
      <div className="row">
        <Button type="primary" loading={sending.isBusy} aria-keyshortcuts="Control+S" data-testid="new-case-send" onClick={() => void sending.send()}>
          {t('cases.make')}
        </Button>
        {beside}
      </div>
    </div>
  )
}
