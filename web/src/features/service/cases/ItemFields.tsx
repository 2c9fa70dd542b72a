/** One item of a form: what is asked, how it is answered, and when. */
import { Checkbox, Input, InputNumber, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { FormItem } from '@/shared/formspec/spec'
import { textIn } from '@/ui/format'
import { OrderedList } from '@/ui/OrderedList'

import { answersOf, CHOOSING, KINDS } from './forms'

type Option = FormItem['options'][number]

interface ItemFieldsProps {
  item: FormItem
  /** Those that are asked before it: it may depend on their answers. */
  before: readonly FormItem[]
  index: number
  /** Not published yet: its name may still change. */
  isNew: boolean
  /** Always asked and always answered: kind and need stay as they are. */
  isFixed: boolean
  onChange: (item: FormItem) => void
}

const LONGEST = 200
const TEXTS: ReadonlySet<string> = new Set(['text', 'long_text'])
const COUNTED: ReadonlySet<string> = new Set(['number', 'choices'])
const NO_OPTION: Option = { value: '', zh: '', en: '' }

function Options({ item, index, onChange }: Pick<ItemFieldsProps, 'item' | 'index' | 'onChange'>): ReactElement {
  const { t } = useTranslation()
  return (
    <OrderedList<Option>
      id={`options-${index}`}
      label={t('casesetup.options')}
      about={t('casesetup.options_about')}
      none={t('casesetup.options_none')}
      items={item.options}
      most={200}
      blank={NO_OPTION}
      onChange={(options) => onChange({ ...item, options })}
      renderRow={(option, change, at) => (
        <>
          <Input className="casesetup-mid" aria-label={t('casesetup.zh')} placeholder={t('casesetup.zh')} maxLength={LONGEST} value={option.zh} data-testid={`option-${index}-${at}`} onChange={(event) => change({ ...option, zh: event.target.value })} />
          <Input className="casesetup-mid" aria-label={t('casesetup.en')} placeholder={t('casesetup.en')} maxLength={LONGEST} value={option.en} onChange={(event) => change({ ...option, en: event.target.value })} />
          <code className="casesetup-key">{option.value}</code>
        </>
      )}
    />
  )
}

/** Asked only when an item before it has one of these answers. */
function ShownIf({ item, before, onChange }: Pick<ItemFieldsProps, 'item' | 'before' | 'onChange'>): ReactElement | null {
  const { t, i18n } = useTranslation()
  const others = before.filter((each) => answersOf(each) !== null)
  const [on] = Object.keys(item.shown_if)
  if (others.length === 0 && on === undefined) return null
  const other = before.find((each) => each.name === on)
  const answers = other === undefined ? [] : (answersOf(other) ?? [])
  return (
    <span className="row">
      <Select
        className="casesetup-mid"
        aria-label={t('casesetup.shown_if')}
        value={on ?? ''}
        options={[{ value: '', label: t('casesetup.shown_always') }, ...others.map((each) => ({ value: each.name, label: t('casesetup.shown_when', { item: textIn(i18n.language, each.zh, each.en) }) }))]}
        onChange={(name: string) => onChange({ ...item, shown_if: name === '' ? {} : { [name]: [] } })}
      />
      {on === undefined ? null : (
        <Select
          mode="multiple"
          className="casesetup-words"
          aria-label={t('casesetup.shown_answers')}
          placeholder={t('casesetup.shown_answers')}
          value={item.shown_if[on] ?? []}
          options={answers.map((each) => ({ value: each.value, label: textIn(i18n.language, each.zh, each.en) }))}
          onChange={(values: string[]) => onChange({ ...item, shown_if: { [on]: values } })}
        />
      )}
    </span>
  )
}

function More({ item, before, index, isNew, isFixed, onChange }: ItemFieldsProps): ReactElement {
  const { t } = useTranslation()
  return (
    <>
      <span className="row">
        <Input className="casesetup-words" prefix={t('casesetup.help')} aria-label={t('casesetup.help')} maxLength={2_000} value={item.help_zh} onChange={(event) => onChange({ ...item, help_zh: event.target.value })} />
        <Input className="casesetup-words" prefix={t('casesetup.help_en')} aria-label={t('casesetup.help_en')} maxLength={2_000} value={item.help_en} onChange={(event) => onChange({ ...item, help_en: event.target.value })} />
      </span>
      <span className="row">
        <Input className="casesetup-words" prefix={t('casesetup.item_name')} aria-label={t('casesetup.item_name')} maxLength={60} disabled={!isNew} value={item.name} data-testid={`item-name-${index}`} onChange={(event) => onChange({ ...item, name: event.target.value.trim().toLowerCase() })} />
        <Input className="casesetup-words" prefix={t('casesetup.group')} aria-label={t('casesetup.group')} maxLength={LONGEST} value={item.group} onChange={(event) => onChange({ ...item, group: event.target.value })} />
        <Checkbox checked={item.may_not_apply} disabled={isFixed} onChange={(event) => onChange({ ...item, may_not_apply: event.target.checked })}>
          {t('casesetup.may_not_apply')}
        </Checkbox>
      </span>
      {isFixed ? null : <ShownIf item={item} before={before} onChange={onChange} />}
    </>
  )
}

function Limits({ item, onChange }: Pick<ItemFieldsProps, 'item' | 'onChange'>): ReactElement | null {
  const { t } = useTranslation()
  if (TEXTS.has(item.kind)) {
    return <InputNumber className="casesetup-mid" prefix={t('casesetup.longest')} aria-label={t('casesetup.longest')} min={1} max={10_000} value={item.longest ?? null} onChange={(longest) => onChange({ ...item, longest })} />
  }
  if (!COUNTED.has(item.kind)) return null
  return (
    <>
      <InputNumber className="casesetup-kind" prefix={t('casesetup.least')} aria-label={t('casesetup.least')} value={item.least ?? null} onChange={(least) => onChange({ ...item, least })} />
      <InputNumber className="casesetup-kind" prefix={t('casesetup.most')} aria-label={t('casesetup.most')} value={item.most ?? null} onChange={(most) => onChange({ ...item, most })} />
    </>
  )
}

export function ItemFields(props: ItemFieldsProps): ReactElement {
  const { item, index, isFixed, onChange } = props
  const { t } = useTranslation()
  const isTold = item.help_zh !== '' || item.help_en !== '' || item.group !== '' || item.may_not_apply || Object.keys(item.shown_if).length > 0
  const [isOpen, setOpen] = useState(isTold)
  return (
    <span className="casesetup-item" data-testid={`item-${index}`}>
      <span className="row">
        <Select
          className="casesetup-kind"
          aria-label={t('casesetup.item_kind')}
          value={item.kind}
          disabled={isFixed}
          data-testid={`item-kind-${index}`}
          options={KINDS.map((value) => ({ value, label: t(`casesetup.item_kind.${value}`) }))}
          onChange={(kind: FormItem['kind']) => onChange({ ...item, kind, least: null, most: null, longest: null, options: CHOOSING.has(kind) ? item.options : [] })}
        />
        <Input className="casesetup-words" aria-label={t('casesetup.zh')} placeholder={t('casesetup.zh')} maxLength={LONGEST} value={item.zh} data-testid={`item-zh-${index}`} onChange={(event) => onChange({ ...item, zh: event.target.value })} />
        <Input className="casesetup-words" aria-label={t('casesetup.en')} placeholder={t('casesetup.en')} maxLength={LONGEST} value={item.en} onChange={(event) => onChange({ ...item, en: event.target.value })} />
        <Limits item={item} onChange={onChange} />
        <Checkbox checked={item.required} disabled={isFixed} data-testid={`item-required-${index}`} onChange={(event) => onChange({ ...item, required: event.target.checked })}>
          {t('casesetup.required')}
        </Checkbox>
        <button type="button" className="plain-button" aria-expanded={isOpen} data-testid={`item-more-${index}`} onClick={() => setOpen(!isOpen)}>
          {t('casesetup.more')}
        </button>
      </span>
      {isOpen ? <More {...props} /> : null}
      {CHOOSING.has(item.kind) ? <Options item={item} index={index} onChange={onChange} /> : null}
    </span>
  )
}
