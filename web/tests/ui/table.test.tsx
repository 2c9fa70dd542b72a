import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { MemoryRouter, useLocation } from 'react-router'
import { afterEach, expect, it, vi } from 'vitest'

import { DataTable, type Column } from '@/ui/DataTable'
import { useTableQuery } from '@/ui/tableView'
import { useServerRows, type ServerPage } from '@/ui/useServerRows'

interface Person {
  id: string
  name: string
  team: string
}

const COLUMNS: Column<Person>[] = [
  { key: 'name', title: 'Name', render: (row) => row.name, sorts: true },
  { key: 'team', title: 'Team', render: (row) => row.team },
  { key: 'id', title: 'Number', render: (row) => row.id, align: 'end', isExtra: true },
]

type Asked = (given: Record<string, unknown>) => Promise<ServerPage<Person>>

const part = (from: number, count: number): Person[] =>
  Array.from({ length: count }, (_, index) => ({ id: String(from + index), name: `P${from + index}`, team: 'A' }))

const opened = vi.fn()

function List({ asked }: { asked: Asked }) {
  const query = useTableQuery(['team'], 'name')
  const rows = useServerRows(['people', query.order, query.filters], (cursor) => asked({ cursor, order: query.order, ...query.filters }), false)
  return (
    <>
      <output>{useLocation().search}</output>
      <DataTable
        name="people" label="People" columns={COLUMNS} rows={rows} keyOf={(row) => row.id} query={query} onOpen={opened}
        empty={{ title: 'Nobody yet', why: 'Import people first.' }}
        filters={<button onClick={() => query.setFilter('team', 'B')}>team B</button>}
      />
    </>
  )
}

function show(asked: Asked, at = '/') {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  render(
    <QueryClientProvider client={client}>
      <MemoryRouter initialEntries={[at]}><List asked={asked} /></MemoryRouter>
    </QueryClientProvider>,
  )
}

afterEach(() => {
  cleanup()
  opened.mockClear()
})

const address = (): string => document.querySelector('output')?.textContent ?? ''

it('rows come in parts, and the next part on demand', async () => {
  const asked = vi.fn<Asked>(async ({ cursor }) => (cursor === undefined ? { items: part(0, 50), next: 'more' } : { items: part(50, 7), next: null }))
  show(asked)
  fireEvent.click(await screen.findByTestId('table-more'))
  expect(await screen.findByText('P56')).toBeTruthy()
  expect(screen.getByText('57 行')).toBeTruthy()
  expect(screen.queryByTestId('table-more')).toBeNull()
})

it('order and filters live in the address and are what the server is asked', async () => {
  const asked = vi.fn<Asked>(async () => ({ items: part(0, 2), next: null }))
  show(asked)
  fireEvent.click(await screen.findByText('Name'))
  await waitFor(() => expect(address()).toBe('?sort=-name'))
  fireEvent.click(screen.getByText('team B'))
  await waitFor(() => expect(asked).toHaveBeenLastCalledWith({ cursor: undefined, order: '-name', team: 'B' }))
  fireEvent.click(screen.getByTestId('table-clear'))
  await waitFor(() => expect(address()).toBe('?sort=-name'))
})

it('arrows walk the rows and Enter opens one', async () => {
  show(async () => ({ items: part(0, 3), next: null }))
  const first = await screen.findByText('P0')
  first.focus()
  fireEvent.keyDown(first, { key: 'ArrowDown' })
  expect(document.activeElement?.textContent).toBe('P1')
  fireEvent.keyDown(screen.getByText('P1'), { key: 'End' })
  expect(document.activeElement?.textContent).toBe('P2')
  fireEvent.click(screen.getByText('P2'))
  expect(opened).toHaveBeenCalledWith(part(2, 1)[0])
})

it('nothing at all says the first step; nothing that matches takes the filters away', async () => {
  show(async () => ({ items: [], next: null }), '/?team=B')
  expect(await screen.findByText('没有符合条件的内容')).toBeTruthy()
  fireEvent.click(screen.getAllByText('清除筛选')[0] as HTMLElement)
  expect(await screen.findByText('Nobody yet')).toBeTruthy()
})

it('a refusal is said, and can be tried again', async () => {
  const asked = vi.fn<Asked>(async () => { throw Object.assign(new Error(), { code: 'server_unreachable', facts: {} }) })
  show(asked)
  expect(await screen.findByRole('alert')).toBeTruthy()
  asked.mockImplementation(async () => ({ items: part(0, 1), next: null }))
  fireEvent.click(screen.getByRole('button', { name: /重 ?试/ }))
  expect(await screen.findByText('P0')).toBeTruthy()
})

it('columns are chosen once and stay chosen', async () => {
  show(async () => ({ items: part(0, 1), next: null }))
  await screen.findByText('P0')
  expect(screen.queryByText('Number')).toBeNull()
  fireEvent.click(screen.getByTestId('table-choose'))
  fireEvent.click(await screen.findByRole('checkbox', { name: 'Number' }))
  expect(screen.getAllByText('Number').length).toBe(2)
  cleanup()
  show(async () => ({ items: part(0, 1), next: null }))
  expect(await screen.findByText('Number')).toBeTruthy()
})
