/** What customers said, with a server that answers as a test wants. */
import { fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { opened, over, play } from '../opened'
import { aPerson } from '../world'

const FIGURES = {
  chosen: 0, sent: 0, answered: 0, not_sent: {}, satisfied: 0, neutral: 0, unsatisfied: 0, response_rate: null, satisfied_share: null, mean_percent: null,
  keys_asked: 0, keys_answered: 0, keys_satisfied: 0, keys_mean: null,
}

let answers: Record<string, unknown>
let sent: unknown[]

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 23, 4, 0), toFake: ['Date'] })
  sent = []
  answers = { 'GET /api/surveys': [], 'GET /api/survey-figures': FIGURES, 'GET /api/survey-results': { items: [], next: null } }
  play(async (input, init) => {
    const url = new URL(String(input), 'http://localhost')
    if (init?.method === 'POST') sent.push(JSON.parse(String(init.body ?? 'null')))
    const found = answers[`${init?.method ?? 'GET'} ${url.pathname}`]
    return found === undefined ? Response.json({ code: 'not_here' }, { status: 404 }) : Response.json(found)
  })
})
afterEach(over)

const open = (path: string, permissions: string[]): void => void opened(path, aPerson('supervisor', { permissions: ['surveys.read', ...permissions] as never }))

it('takes the invitations away as they are narrowed', async () => {
  answers['POST /api/exports'] = { id: 'x1', state: 'waiting', rows_done: 0 }
  answers['GET /api/exports/x1'] = { id: 'x1', state: 'ready', rows_done: 0 }
  open('/surveys?tab=results&state=not_sent&from=2026-11-20&to=2026-11-23', ['records.export'])
  fireEvent.click(await screen.findByTestId('export'))
  fireEvent.click(await screen.findByTestId('export-xlsx'))
  expect(await screen.findByTestId('export-file')).toBeTruthy()
  const filter = { state: 'not_sent', from: Date.UTC(2026, 10, 19, 16), to: Date.UTC(2026, 10, 23, 16) }
  expect(sent).toEqual([{ kind: 'survey-results', format: 'xlsx', language: 'zh', filter }])
})

it('offers no file to who may not export', async () => {
  open('/surveys', [])
  await screen.findByTestId('survey-figures')
  expect(screen.queryByTestId('export')).toBeNull()
})
