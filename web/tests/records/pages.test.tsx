/** The pages of records with a server that answers as a test wants. */
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { aDetail, aRecord, begin, end, open, sent, urlsOf, world } from './server'

// jsdom draws nothing and plays nothing.
const player = vi.hoisted(() => ({ seeks: [] as number[], rate: 1, toggled: 0 }))
vi.mock('wavesurfer.js', () => ({
  default: {
    create: () => ({
      on: () => undefined,
      destroy: () => undefined,
      isPlaying: () => false,
      playPause: async () => void (player.toggled += 1),
      skip: (by: number) => player.seeks.push(by),
      setTime: (to: number) => player.seeks.push(to),
      setPlaybackRate: (rate: number) => void (player.rate = rate),
    }),
  },
}))

beforeEach(() => {
  begin()
  Object.assign(player, { seeks: [], rate: 1, toggled: 0 })
})
afterEach(end)

const page = (items: unknown[]) => ({ items, next: null })
const PEAKS = { duration_ms: 34_000, channels: [[0.5, 0.4], [0.2, 0.6]] }

it('asks the server for what the address says', async () => {
  // Given a link with filters
  world.here['GET /api/records'] = page([aRecord()])
  open('/records?from=2026-11-20&to=2026-11-20&direction=inbound&waited_from_s=20&recorded=true')
  // Then its day is one of the organisation's zone, and the rest goes as it is
  await screen.findByTestId('row-c-1')
  const asked = urlsOf('GET', '/api/records')[0]?.searchParams
  expect(Object.fromEntries(asked ?? [])).toEqual({
    from: String(Date.UTC(2026, 10, 19, 16)),
    to: String(Date.UTC(2026, 10, 20, 16)),
    direction: 'inbound',
    waited_from_s: '20',
    recorded: 'true',
  })
  expect(screen.getByTestId('filters-more').textContent).toContain('(2)')
})

it('says what to do when nothing matches', async () => {
  world.here['GET /api/records'] = page([])
  open('/records?number_tail=9999')
  // Then the way out is a button, which takes the filter out of the address
  fireEvent.click(await screen.findByTestId('table-clear'))
  await waitFor(() => expect(window.location.search).toBe(''))
})

it('shows numbers that are still to be called back', async () => {
  world.here['GET /api/contacts/missed'] = page([{ record: aRecord({ id: 'c-9', outcome: 'abandoned' }), times: 3 }])
  open('/records?view=missed')
  const row = await screen.findByTestId('row-c-9')
  expect(row.textContent).toContain('3')
  expect(row.textContent).toContain('已放弃')
})

it('has the export written in the background, and gives the file when it is ready', async () => {
  world.here['GET /api/records'] = page([aRecord()])
  world.here['POST /api/exports'] = { id: 'x1', state: 'waiting', rows_done: 0 }
  world.here['GET /api/exports/x1'] = { id: 'x1', state: 'ready', rows_done: 1 }
  open('/records?direction=inbound')
  // When the list is exported
  fireEvent.click(await screen.findByTestId('export'))
  fireEvent.click(await screen.findByTestId('export-xlsx'))
  // Then the filters of the page went along, and the file can be fetched
  const link = await screen.findByTestId('export-file')
  expect(link.getAttribute('href')).toBe('/api/exports/x1/file')
  expect(sent('POST', '/api/exports')).toEqual([{ kind: 'records', format: 'xlsx', language: 'zh', filter: { direction: 'inbound' } }])
})

it('leads from a step of the ladder to its moment in the recording', async () => {
  world.here['GET /api/records/c-1'] = aDetail()
  world.here['GET /api/records/c-1/peaks'] = PEAKS
  open('/records/c-1')
  await screen.findByTestId('player')
  // When the time of the hold is pressed
  const held = screen.getByTestId('ladder-held').querySelector('button')
  fireEvent.click(held as HTMLElement)
  // Then the player stands there; what came before the recording leads nowhere
  expect(player.seeks).toEqual([12])
  expect(screen.getByTestId('ladder-arrived').querySelector('button')).toBeNull()
})

it('is played by its keys, which also set the speed and mark', async () => {
  world.here['GET /api/records/c-1'] = aDetail()
  world.here['GET /api/records/c-1/peaks'] = PEAKS
  world.here['POST /api/records/c-1/marks'] = { id: 'm1', offset_ms: 0, text: '开场', by: '张三', by_id: 'u1', at: 1 }
  open('/records/c-1')
  const region = await screen.findByTestId('player')
  for (const key of ['k', ' ', 'j', 'l', '.']) fireEvent.keyDown(region, { key })
  expect([player.toggled, player.seeks, player.rate]).toEqual([2, [-5, 5], 1.25])
  fireEvent.keyDown(region, { key: 'm' })
  const field = await screen.findByTestId('mark-text')
  fireEvent.change(field, { target: { value: '开场' } })
  // Letters typed into the field are no keys of the player
  fireEvent.keyDown(field, { key: 'k' })
  expect(player.toggled).toBe(2)
  fireEvent.click(screen.getByTestId('mark-save'))
  await waitFor(() => expect(sent('POST', '/api/records/c-1/marks')).toEqual([{ offset_ms: 0, text: '开场' }]))
})

it.each([
  ['pending', null, '录音合成中'],
  ['missing', 'file_missing', '录音文件不在'],
  ['none', 'policy_off', '此队列不录音'],
] as const)('says why there is nothing to play: %s', async (state, cause, words) => {
  const detail = aDetail()
  world.here['GET /api/records/c-1'] = { ...detail, recording: { ...detail.recording, state, cause } }
  open('/records/c-1')
  expect(await screen.findByText(words)).toBeTruthy()
})

it('says who deleted a recording, and who holds one', async () => {
  const detail = aDetail()
  const keep = { ...detail.recording.keep, deleted_at: 1_760_000_000_000, deleted_by: '王强' }
  world.here['GET /api/records/c-1'] = { ...detail, recording: { ...detail.recording, state: 'deleted', keep } }
  open('/records/c-1')
  expect(await screen.findByText(/王强 于/)).toBeTruthy()
})

it('holds a recording with a reason', async () => {
  world.here['GET /api/records/c-1'] = aDetail()
  world.here['GET /api/records/c-1/peaks'] = PEAKS
  world.here['POST /api/records/c-1/recording/hold'] = null
  open('/records/c-1')
  fireEvent.click(await screen.findByTestId('keep-hold'))
  fireEvent.change(await screen.findByTestId('reason'), { target: { value: '客户投诉' } })
  fireEvent.click(screen.getByTestId('reason-submit'))
  await waitFor(() => expect(sent('POST', '/api/records/c-1/recording/hold')).toEqual([{ reason: '客户投诉' }]))
})

it('shows how well each side was heard, in words and figures', async () => {
  const leg = { at: 1, agent: null, mos: 2.9, loss: 0.08, jitter_ms: 31, round_trip_ms: 0, packets: 900, was_bad: true, is_last: true }
  world.here['GET /api/records/c-1'] = aDetail({ quality: [leg] })
  world.here['GET /api/records/c-1/peaks'] = PEAKS
  open('/records/c-1')
  const panel = await screen.findByTestId('quality')
  for (const words of ['客户', '听不清', '2.9', '8.0%', '31 ms']) expect(panel.textContent).toContain(words)
})

it('turns the pages of a fax', async () => {
  const detail = aDetail({}, { channel: 'fax', pages: 2 })
  world.here['GET /api/records/c-1'] = { ...detail, recording: { ...detail.recording, pages: 2 } }
  open('/records/c-1')
  fireEvent.click(await screen.findByTestId('fax-next'))
  expect(screen.getByTestId('fax-page').getAttribute('src')).toBe('/api/faxes/c-1/pages/2')
})

it('writes down what a message says', async () => {
  const detail = aDetail({}, { channel: 'voicemail' })
  const voicemail = { heard_at: null, heard_by: '', transcript: { state: 'none', text: null, source: '', at: null } }
  world.here['GET /api/records/c-1'] = { ...detail, recording: { ...detail.recording, voicemail } }
  world.here['PUT /api/voicemails/c-1/transcript'] = null
  open('/records/c-1')
  expect((await screen.findByTestId('heard')).textContent).toContain('未听')
  fireEvent.click(screen.getByTestId('transcript-edit'))
  fireEvent.change(screen.getByTestId('transcript-text'), { target: { value: '请回电' } })
  fireEvent.click(screen.getByTestId('transcript-save'))
  await waitFor(() => expect(sent('PUT', '/api/voicemails/c-1/transcript')[0]).toMatchObject({ text: '请回电' }))
})
