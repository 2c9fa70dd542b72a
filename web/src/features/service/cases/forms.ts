/** Forms as they are edited: a new one, its items, what differs between two versions. */
import type { CaseForm } from '@/api/cases'
import type { FormItem } from '@/shared/formspec/spec'
import { isSame } from '@/ui/Conflict'

/** What the stable name of a form of work orders begins with. */
export const PREFIX = 'case.'
/** Kinds of answers that intake asks for; scores and fatal items are of score sheets. */
export const KINDS = ['text', 'long_text', 'number', 'yes_no', 'choice', 'choices', 'date', 'moment', 'phone'] as const
export const CHOOSING: ReadonlySet<string> = new Set(['choice', 'choices'])
export const MOST_ITEMS = 200

export const blankForm = (kind: string): CaseForm => ({ kind, version: 0, zh: '', en: '', items: [], published_at: null, published_by: '' })

const BLANK: FormItem = {
  name: '', kind: 'text', zh: '', en: '', help_zh: '', help_en: '', required: false, options: [], shown_if: {}, group: '', points: 0, weight: 0, may_not_apply: false,
}

export const BLANK_ITEM: Readonly<FormItem> = BLANK

function freeName(taken: ReadonlySet<string>, stem: string): string {
  for (let n = 1; ; n += 1) {
    const name = `${stem}${n}`
    if (!taken.has(name)) return name
  }
}

/** Items, and the options of choices, with a stable name each: those just added get the first free one. */
export function named(items: readonly FormItem[]): FormItem[] {
  const taken = new Set(items.map((item) => item.name))
  return items.map((item) => {
    const name = item.name === '' ? freeName(taken, 'item_') : item.name
    taken.add(name)
    const values = new Set(item.options.map((option) => option.value))
    const options = item.options.map((option) => {
      const value = option.value === '' ? freeName(values, 'o') : option.value
      values.add(value)
      return value === option.value ? option : { ...option, value }
    })
    return { ...item, name, options }
  })
}

/** The answers by which an item may be shown: of choices and of yes or no. */
export function answersOf(item: FormItem): { value: string; zh: string; en: string }[] | null {
  if (item.kind === 'yes_no') return [{ value: 'yes', zh: '是', en: 'Yes' }, { value: 'no', zh: '否', en: 'No' }]
  return CHOOSING.has(item.kind) ? item.options : null
}

export interface ItemDiff {
  kind: 'added' | 'removed' | 'changed' | 'moved'
  item: FormItem
}

/** What publishing would change, item by item. */
export function diffItems(before: readonly FormItem[], after: readonly FormItem[]): ItemDiff[] {
  const gone = before.filter((item) => !after.some((each) => each.name === item.name)).map((item): ItemDiff => ({ kind: 'removed', item }))
  const stayed = before.filter((item) => after.some((each) => each.name === item.name)).map((item) => item.name)
  const order = after.filter((item) => stayed.includes(item.name)).map((item) => item.name)
  const rest = after.flatMap((item): ItemDiff[] => {
    const was = before.find((each) => each.name === item.name)
    if (was === undefined) return [{ kind: 'added', item }]
    if (!isSame(was, item)) return [{ kind: 'changed', item }]
    return stayed.indexOf(item.name) === order.indexOf(item.name) ? [] : [{ kind: 'moved', item }]
  })
  return [...gone, ...rest]
}
