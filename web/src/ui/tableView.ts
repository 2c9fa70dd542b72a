/** What a person chose of a table: filters and order in the address, columns and density in the browser. */
import { useCallback, useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'

export type Density = 'compact' | 'roomy'

/** A column's key, with a minus in front for descending. */
export type Order = string

export interface TableQuery {
  /** Only those that are set. */
  filters: Readonly<Record<string, string>>
  order: Order
  /** Empty or null takes a filter away. */
  setFilter(name: string, value: string | null | undefined): void
  setOrder(order: Order): void
  clear(): void
  isFiltered: boolean
}

const ORDER = 'sort'

/**
 * Filters and order of a list, kept in the address: it can be sent to someone, and Back works.
 *
 * @param names the filters of the list, as they stand in the address
 * @param first the order while nobody chose one
 */
export function useTableQuery(names: readonly string[], first: Order): TableQuery {
  const [search, setSearch] = useSearchParams()
  const key = names.join(' ')
  const filters = useMemo(() => {
    const found: Record<string, string> = {}
    for (const name of key.split(' ')) {
      const value = search.get(name)
      if (value !== null && value !== '') found[name] = value
    }
    return found
  }, [search, key])
  const change = useCallback(
    (write: (next: URLSearchParams) => void) =>
      setSearch(
        (before) => {
          const next = new URLSearchParams(before)
          write(next)
          return next
        },
        { replace: true },
      ),
    [setSearch],
  )
  const setFilter = useCallback(
    (name: string, value: string | null | undefined) =>
      change((next) => (value === null || value === undefined || value === '' ? next.delete(name) : next.set(name, value))),
    [change],
  )
  const setOrder = useCallback(
    (order: Order) => change((next) => (order === first ? next.delete(ORDER) : next.set(ORDER, order))),
    [change, first],
  )
  const clear = useCallback(
    () => change((next) => key.split(' ').forEach((name) => next.delete(name))),
    [change, key],
  )
  return { filters, order: search.get(ORDER) ?? first, setFilter, setOrder, clear, isFiltered: Object.keys(filters).length > 0 }
}

interface Kept {
  hidden: string[] | null
  density: Density
}

const DEFAULT: Kept = { hidden: null, density: 'compact' }

function read(name: string): Kept {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name) ?? 'null')
    return typeof kept === 'object' && kept !== null ? { ...DEFAULT, ...kept } : DEFAULT
  } catch {
    return DEFAULT
  }
}

/** The order after a press on a column's head: up, down, and up again. */
export const turned = (order: Order, column: string): Order => (order === column ? `-${column}` : column)

export interface TableChoice {
  hidden: readonly string[]
  density: Density
  setHidden(hidden: string[]): void
  setDensity(density: Density): void
}

/**
 * Which columns a person hides and how dense rows are; kept in this browser.
 *
 * @param name the table's name, once in the product
 * @param unasked columns that are hidden until somebody asks for them
 */
export function useTableChoice(name: string, unasked: readonly string[]): TableChoice {
  const place = `lianxi-table-${name}`
  const [kept, setKept] = useState(() => read(place))
  const keep = (change: Partial<Kept>): void => {
    const next = { ...kept, ...change }
    localStorage.setItem(place, JSON.stringify(next))
    setKept(next)
  }
  return {
    hidden: kept.hidden ?? unasked,
    density: kept.density,
    setHidden: (hidden) => keep({ hidden }),
    setDensity: (density) => keep({ density }),
  }
}
