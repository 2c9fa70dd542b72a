/** The page of callbacks with a server that answers as a test wants. */
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'

import { applyChange } from '@/live/store'

import { opened, over, play } from '../opened'
import { aDesk, aPerson } from '../world'

const NOW = Date.UTC(2026, 10, 23, 4, 0)
const LINE = {
  case: {
    id: 'wo-1', number: 'GD-20261123-0001', kind: 'complaint', category: 'complaint', title: '洗衣机漏水', customer: null, customer_name: '王女士', phone: '138****8000',
    place: '', priority: 3, state: 'done', round: 1, area: null, opened_at: NOW - 86_400_000, due_at: NOW + 3_600_000, suspended: false, supervised: false, warned: false,
    confidential: false, misdispatches: 0, urges: 0, revision: 7, clocks: [],
  },
  person: { id: 'u1', name: '张三' },
  given_at: NOW,
  attempts: 1,
  last_at: NOW - 3_600_000,
  not_before: NOW + 3_600_000,
  is_last: false,
  last_contact: { contact: 'c-9', at: NOW - 86_400_000, topic: '维修', topic_en: 'Repair' },
  do_not_call: null as { reason: string; until: number | null } | null,
}
const FIGURES = { given: 5, attempts: 6, reached: 5, satisfied: 3, unsatisfied: 1, unreachable: 1, refused: 1, satisfied_share: 0.75 }

let answers: Record<string, unknown>
let sent: { method: string; path: string; body: unknown }[]

beforeEach(() => {
  sent = []
  answers = {
    'GET /api/case-callbacks/counts': { mine: 1, all: 1, nobodys: 1 },
    'GET /api/case-callbacks': { items: [LINE], next: null },
    'GET /api/case-types': [],
    'GET /api/work-areas': [],
    'GET /api/case-callbacks/people': [{ id: 'u1', name: '张三', open: 2 }, { id: 'u2', name: '李四', open: 0 }],
    'GET /api/case-callbacks/rule': { is_on: false, people: [], revision: 0 },
    'GET /api/case-callbacks/summary': {
      whole: FIGURES,
      people: [{ person: 'u1', name: '张三', open: 2, figures: FIGURES }],
      days: [{ day: '2026-11-23', figures: FIGURES }],
    },
  }
  play(async (input, init) => {
    const url = new URL(String(input), 'http://localhost')
    const asked = `${init?.method ?? 'GET'} ${url.pathname}`
    if (init?.method !== undefined && init.method !== 'GET') sent.push({ method: init.method, path: url.pathname, body: JSON.parse(String(init.body ?? 'null')) })
    const found = answers[asked]
    if (found instanceof Response) return found.clone()
    return found === undefined ? Response.json({ code: 'not_here' }, { status: 404 }) : Response.json(found)
  })
})
afterEach(over)

const open = (path: string, permissions: string[]): void =>
  void opened(path, aPerson('agent', { permissions: ['desk.use', 'cases.read', 'cases.call_back', ...permissions] as never, home: '/callbacks' }))

it('calls from the row and says how it went', async () => {
  // Given somebody at the desk with a callback
  answers['POST /api/desk/case-callbacks/wo-1/call'] = { contact: 'c-77' }
  answers['POST /api/cases/wo-1/events'] = { ...LINE.case, round: 2 }
  open('/callbacks', [])
  applyChange({ topic: 'me', whole: true, set: { me: aDesk() as never }, del: [] })
  const row = await screen.findByTestId('row-wo-1')
  expect(row.textContent).toContain('维修')
  expect(row.textContent).toContain('已打 1 次')
  // When the customer is called and is not satisfied
  fireEvent.click(within(row).getByTestId('callback-call-wo-1'))
  fireEvent.click(await screen.findByTestId('result-unsatisfied'))
  expect(screen.getByTestId('callback-opening').textContent).toContain('维修')
  // Then words are needed, and everything goes along
  expect((screen.getByTestId('callback-save') as HTMLButtonElement).disabled).toBe(true)
  fireEvent.change(screen.getByTestId('callback-note'), { target: { value: '还是漏水' } })
  fireEvent.click(screen.getByTestId('callback-save'))
  await waitFor(() => expect(screen.queryByTestId('callback-save')).toBeNull(), { timeout: 5_000 })
  expect(sent.at(-1)).toEqual({
    method: 'POST',
    path: '/api/cases/wo-1/events',
    body: { event: 'callback', reason: '还是漏水', revision: 7, facts: { result: 'unsatisfied', kind: 'call', contact: 'c-77' } },
  })
})

it('says why a number is not to be called any more, and does not call it', async () => {
  answers['GET /api/case-callbacks'] = { items: [{ ...LINE, do_not_call: { reason: '不要再打来', until: null } }], next: null }
  open('/callbacks', [])
  applyChange({ topic: 'me', whole: true, set: { me: aDesk() as never }, del: [] })
  const row = await screen.findByTestId('row-wo-1')
  expect(within(row).getByTestId('not-called').textContent).toContain('不要再打来')
  const call = within(row).getByTestId('callback-call-wo-1') as HTMLButtonElement
  expect([call.disabled, call.title]).toEqual([true, '不可拨打:不要再打来'])
})

it('keeps what was typed when a colleague was quicker', async () => {
  answers['POST /api/cases/wo-1/events'] = new Response(JSON.stringify({ code: 'case_changed', facts: { revision: 9 } }), { status: 412 })
  answers['GET /api/cases/wo-1'] = { ...LINE.case, revision: 9 }
  open('/callbacks', [])
  fireEvent.click(await screen.findByTestId('callback-say-wo-1'))
  fireEvent.click(await screen.findByTestId('result-refused'))
  fireEvent.change(screen.getByTestId('callback-note'), { target: { value: '不想说' } })
  fireEvent.click(screen.getByTestId('callback-save'))
  await screen.findByTestId('callback-refusal')
  expect((screen.getByTestId('callback-note') as HTMLTextAreaElement).value).toBe('不想说')
  // The next try is about what stands now
  answers['POST /api/cases/wo-1/events'] = LINE.case
  await waitFor(() => expect(screen.getByTestId('callback-save').className).not.toContain('loading'))
  fireEvent.click(screen.getByTestId('callback-save'))
  await waitFor(() => expect(screen.queryByTestId('callback-save')).toBeNull(), { timeout: 5_000 })
  expect((sent.at(-1)?.body as { revision: number } | undefined)?.revision).toBe(9)
})

it('shows no tabs of a supervisor to an agent', async () => {
  open('/callbacks?tab=give', [])
  await screen.findByTestId('row-wo-1')
  expect(screen.queryByTestId('callbacks-give')).toBeNull()
  expect(screen.getByTestId('callbacks-mine').getAttribute('aria-pressed')).toBe('true')
})

it('gives chosen rows to people', async () => {
  answers['POST /api/case-callbacks/give'] = [{ case: 'wo-1', person: 'u2' }]
  open('/callbacks?tab=give', ['cases.dispatch'])
  fireEvent.click(await screen.findByTestId('pick-wo-1'))
  const bar = screen.getByTestId('give-bar')
  expect(bar.textContent).toContain('已选 1 张')
  fireEvent.mouseDown(within(bar).getByRole('combobox'))
  fireEvent.click(await screen.findByTitle('李四 (0)'))
  fireEvent.click(screen.getByTestId('give-go'))
  await waitFor(() => expect(sent.at(-1)?.body).toEqual({ cases: ['wo-1'], people: ['u2'] }))
})

it('sums up by person and by day', async () => {
  open('/callbacks?tab=summary&from=2026-11-20&to=2026-11-23', ['cases.dispatch'])
  const row = await screen.findByTestId('summary-u1')
  expect([...row.querySelectorAll('td')].map((cell) => cell.textContent)).toEqual(['5', '6', '5', '3', '1', '1', '1', '75.0%', '2'])
  expect(screen.getByTestId('summary-2026-11-23')).toBeTruthy()
})

it('takes the list away as it is shown, for who may export', async () => {
  answers['POST /api/exports'] = { id: 'x1', state: 'waiting', rows_done: 0 }
  answers['GET /api/exports/x1'] = { id: 'x1', state: 'ready', rows_done: 1 }
  open('/callbacks?tab=all', ['records.export'])
  fireEvent.click(await screen.findByTestId('export'))
  fireEvent.click(await screen.findByTestId('export-csv'))
  expect((await screen.findByTestId('export-file')).getAttribute('href')).toBe('/api/exports/x1/file')
  expect(sent.at(-1)?.body).toEqual({ kind: 'case-callbacks', format: 'csv', language: 'zh', filter: { list: 'all' } })
})
