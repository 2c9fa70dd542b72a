/** A list whose order means something: each row is moved, added and taken away by keyboard. */
import { Button } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export interface ListProps<Item> {
  id: string
  label: string
  about: string
  none: string
  items: readonly Item[]
  blank: Item
  most?: number
  /** Why an item cannot be taken away; undefined: it can. */
  keeps?: (item: Item) => string | undefined
  onChange: (items: Item[]) => void
  renderRow: (item: Item, change: (item: Item) => void, index: number) => ReactNode
}

export function OrderedList<Item>({ id, label, about, none, items, blank, most = 20, keeps, onChange, renderRow }: ListProps<Item>): ReactElement {
  const { t } = useTranslation()
  const moved = (from: number, to: number): Item[] => {
    const next = [...items]
    next.splice(to, 0, ...next.splice(from, 1))
    return next
  }
  return (
    <fieldset className="ordered-list" data-testid={id}>
      <legend>{label}</legend>
      <p className="quiet">{about}</p>
      {items.length === 0 ? <p className="quiet">{none}</p> : null}
      <ol>
        {items.map((item, index) => (
          <li key={index}>
            <span className="row grow">{renderRow(item, (next) => onChange(items.map((each, at) => (at === index ? next : each))), index)}</span>
            <Button size="small" aria-label={t('list.up', { n: index + 1 })} disabled={index === 0} onClick={() => onChange(moved(index, index - 1))}>↑</Button>
            <Button size="small" aria-label={t('list.down', { n: index + 1 })} disabled={index === items.length - 1} onClick={() => onChange(moved(index, index + 1))}>↓</Button>
            <Button size="small" aria-label={t('list.take_away', { n: index + 1 })} disabled={keeps?.(item) !== undefined} title={keeps?.(item)} data-testid={`${id}-remove-${index}`} onClick={() => onChange(items.filter((_, at) => at !== index))}>✕</Button>
          </li>
        ))}
      </ol>
      <Button size="small" data-testid={`${id}-add`} disabled={items.length >= most} onClick={() => onChange([...items, blank])}>
        + {t('list.add')}
      </Button>
    </fieldset>
  )
}
