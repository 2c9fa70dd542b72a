/**
 * A list of things: its filters, its order, what can be done with all of it, and its rows.
 *
 * Rows are walked with the arrows and opened with Enter. It is a plain table, so it stays quick with
 * some thousand rows; a live list of agents has its own (`features/live`).
 */
import { Button } from 'antd'
import { useId, type KeyboardEvent, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { EmptyState, ErrorBox, Loading, type EmptyStateProps } from './states'
import { TableChooser } from './TableChooser'
import { turned, useTableChoice, type TableQuery } from './tableView'
import type { ServerRows } from './useServerRows'

export interface Column<Row> {
  /** Names the column in the address and in what is kept; the server's name of the order, where it sorts. */
  key: string
  title: string
  render: (row: Row) => ReactNode
  sorts?: boolean
  align?: 'start' | 'end'
  /** Of the whole text, e.g. `16em`; longer text is cut off with its whole in the title. */
  widest?: string
  /** Cannot be hidden. The first column never can. */
  stays?: boolean
  /** Hidden until somebody asks for it. */
  isExtra?: boolean
}

export interface DataTableProps<Row> {
  /** The table's name, once in the product: its choices are kept under it. */
  name: string
  /** What the rows are, for those who cannot see it. */
  label: string
  columns: readonly Column<Row>[]
  rows: ServerRows<Row>
  keyOf: (row: Row) => string
  /** From `useTableQuery`; without it there is neither order nor filters. */
  query?: TableQuery
  onOpen?: (row: Row) => void
  /** What stands there when there is no row at all. */
  empty: EmptyStateProps
  filters?: ReactNode
  /** Export, new, import: at the end of the line of filters. */
  actions?: ReactNode
  /** Marks a row: the one that is open beside the table. */
  isChosen?: (row: Row) => boolean
}

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, End: 1e9, Home: -1e9 }

function Head<Row>({ column, query }: { column: Column<Row>; query: TableQuery | undefined }): ReactElement {
  const isNumber = column.align === 'end'
  const className = isNumber ? 'number' : undefined
  if (column.sorts !== true || query === undefined) return <th scope="col" className={className}>{column.title}</th>
  const isUp = query.order === column.key
  const isDown = query.order === `-${column.key}`
  return (
    <th scope="col" className={className} aria-sort={isUp ? 'ascending' : isDown ? 'descending' : 'none'}>
      <button type="button" className="table-sort" onClick={() => query.setOrder(turned(query.order, column.key))}>
        {column.title}
        <span aria-hidden="true">{isUp ? ' ↑' : isDown ? ' ↓' : ' ↕'}</span>
      </button>
    </th>
  )
}

function Cell<Row>({ column, row, onOpen }: { column: Column<Row>; row: Row; onOpen?: (row: Row) => void }): ReactElement {
  const content = column.render(row)
  const className = [column.align === 'end' ? 'number' : '', column.widest === undefined ? '' : 'table-cut'].join(' ').trim()
  return (
    <td
      className={className === '' ? undefined : className}
      style={column.widest === undefined ? undefined : { maxWidth: column.widest }}
      title={column.widest !== undefined && typeof content === 'string' ? content : undefined}
    >
      {onOpen === undefined ? (
        content
      ) : (
        <button type="button" className="plain-button table-open" onKeyDown={walk} onClick={() => onOpen(row)}>
          {content}
        </button>
      )}
    </td>
  )
}

/** From one row's button to another's. */
function walk(event: KeyboardEvent<HTMLButtonElement>): void {
  const step = STEPS[event.key]
  if (step === undefined) return
  const from = event.currentTarget
  const all = [...(from.closest('tbody')?.querySelectorAll<HTMLElement>('.table-open') ?? [])]
  const next = all[Math.min(all.length - 1, Math.max(0, all.indexOf(from) + step))]
  event.preventDefault()
  next?.focus()
}

function Body<Row>(props: DataTableProps<Row> & { shown: readonly Column<Row>[]; density: string }): ReactElement {
  const { shown, rows, keyOf, query, onOpen, isChosen, label, density, name } = props
  const { t } = useTranslation()
  const caption = useId()
  return (
    // What scrolls must be reachable by keyboard, also where rows cannot be opened.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={`scroll table-${density}`} tabIndex={0} role="region" aria-labelledby={caption}>
      <table className="grid" data-testid={`table-${name}`}>
        <caption id={caption} className="screen-reader">
          {label}
        </caption>
        <thead>
          <tr>
            {shown.map((column) => (
              <Head key={column.key} column={column} query={query} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.rows.map((row) => (
            <tr key={keyOf(row)} data-testid={`row-${keyOf(row)}`} className={isChosen?.(row) === true ? 'table-chosen' : undefined}>
              {shown.map((column, index) => (
                <Cell key={column.key} column={column} row={row} onOpen={index === 0 ? onOpen : undefined} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.hasMore ? (
        <div className="table-more">
          <Button loading={rows.isFetchingMore} onClick={rows.more} data-testid="table-more">
            {t('table.more')}
          </Button>
        </div>
      ) : null}
    </div>
  )
}

export function DataTable<Row>(props: DataTableProps<Row>): ReactElement {
  const { columns, rows, query, empty } = props
  const { t } = useTranslation()
  const choice = useTableChoice(props.name, columns.filter((column) => column.isExtra === true).map((column) => column.key))
  const shown = columns.filter((column, index) => index === 0 || column.stays === true || !choice.hidden.includes(column.key))
  const count = rows.rows.length
  const counted = count === 0 ? '' : rows.hasMore ? t('table.count_of_more', { count }) : t('table.count', { count })
  const isEmpty = !rows.isPending && rows.error === null && rows.rows.length === 0
  const none: EmptyStateProps =
    query?.isFiltered === true
      ? { title: t('table.none_match'), action: <Button onClick={query.clear}>{t('table.clear')}</Button> }
      : empty
  return (
    <div className="data-table">
      <div className="table-line">
        {props.filters}
        {query?.isFiltered === true ? (
          <Button type="link" onClick={query.clear} data-testid="table-clear">
            {t('table.clear')}
          </Button>
        ) : null}
        <span className="grow" />
        <span className="quiet" role="status">
          {counted}
        </span>
        {props.actions}
        <TableChooser columns={columns} choice={choice} />
      </div>
      {rows.error !== null ? <ErrorBox error={rows.error} onRetry={rows.retry} /> : null}
      {rows.isPending ? <Loading rows={8} /> : null}
      {isEmpty ? <EmptyState {...none} /> : null}
      {rows.rows.length > 0 ? <Body {...props} shown={shown} density={choice.density} /> : null}
    </div>
  )
}
