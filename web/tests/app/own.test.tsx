import { QueryClient } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { App } from '@/app/App'
import { changeLanguage } from '@/app/i18n'
import { mayReplace, takenBy, written } from '@/app/keys'
import { makePhone } from '@/app/phone'
import { measureRound } from '@/app/SelfTest'
import { sessionQuery } from '@/api/session'
import { applyChange, forgetEverything } from '@/live/store'
import { AT_REST } from '@/phone/state'
import { usePhone } from '@/phone/store'
import { chooseTheme } from '@/ui/appearance'
import { closeHelp } from '@/ui/help'
import { useKeyChoices } from '@/ui/shortcuts'

import { play } from '../opened'
import { aDesk, aPerson } from '../world'

const asked: { method: string; url: string; body: unknown }[] = []
let answers: Record<string, unknown> = {}

async function server(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const url = String(input)
  const method = init.method ?? 'GET'
  asked.push({ method, url, body: init.body === undefined ? null : JSON.parse(String(init.body)) })
  const path = url.split('?')[0] ?? ''
  if (method === 'PUT') return Response.json(asked.at(-1)?.body)
  if (method === 'POST' && path === '/api/profile/password') return Response.json({ code: 'password_not_right' }, { status: 422 })
  return path in answers ? Response.json(answers[path]) : Response.json({ code: 'not_here' }, { status: 404 })
}

function open(): void {
  window.history.replaceState(null, '', '/desk')
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  client.setQueryData(sessionQuery.queryKey, aPerson('agent'))
  render(<App client={client} phone={makePhone('tab-1')} tab="tab-1" />)
}

beforeEach(() => {
  asked.length = 0
  answers = { '/api/desk': aDesk(), '/api/preferences': { plain_keys: true, keys: {} }, '/api/exports': [] }
  play(server)
  usePhone.setState(AT_REST, true)
})
afterEach(async () => {
  cleanup()
  forgetEverything()
  closeHelp()
  vi.unstubAllGlobals()
  chooseTheme('light')
  useKeyChoices.setState({ isPlainOff: false, remapped: {} })
  await changeLanguage('zh-CN')
})

const press = (key: string, held = {}) => written({ key, ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...held })
const kept = () => asked.filter(({ method, url }) => method === 'PUT' && url === '/api/preferences').map(({ body }) => body)

it('what was chosen on another computer holds here', async () => {
  answers['/api/preferences'] = { theme: 'dark', language: 'en', plain_keys: false, keys: { 'Alt+w': 'Alt+q' } }
  open()
  await waitFor(() => expect(document.documentElement.lang).toBe('en'))
  expect(useKeyChoices.getState()).toEqual({ isPlainOff: true, remapped: { 'Alt+w': 'Alt+q' } })
})

it('a key is replaced by pressing another, and kept on the server', async () => {
  open()
  fireEvent.click(await screen.findByTestId('user-menu'))
  fireEvent.click(await screen.findByTestId('own-keys'))
  const field = await screen.findByTestId('key-Alt+w')
  fireEvent.keyDown(field, { key: 'F2' })
  expect(await screen.findByText('F2 已用于“接听 / 拨号”。')).toBeTruthy()
  fireEvent.keyDown(field, { key: 'q', altKey: true })
  await waitFor(() => expect(kept()).toMatchObject([{ keys: { 'Alt+w': 'Alt+q' } }]))
})

it('a wrong present password stands at its field', async () => {
  open()
  fireEvent.click(await screen.findByTestId('user-menu'))
  fireEvent.click(await screen.findByTestId('own-password'))
  for (const [name, value] of [['present', 'old one'], ['wanted', 'a longer new one'], ['again', 'a longer new one']]) {
    fireEvent.change(await screen.findByTestId(`password-${name}`), { target: { value } })
  }
  fireEvent.click(screen.getByTestId('password-save'))
  await waitFor(() => expect(screen.getAllByText('当前密码不对，请重新输入；忘记时请管理员重置。').length).toBe(2))
})

it('Ctrl+K finds pages and what the server knows, and Enter goes there', async () => {
  answers['/api/search'] = { queues: [], agents: [], contacts: [{ id: 'c7', number: '138****1234', arrived_at: 0 }], customers: [], cases: [] }
  answers['/api/records/c7'] = {}
  open()
  await screen.findByText('等待来电')
  fireEvent.keyDown(window, { key: 'k', ctrlKey: true })
  const field = await screen.findByTestId('palette-field')
  fireEvent.change(field, { target: { value: '1234' } })
  expect(await screen.findByText('138****1234')).toBeTruthy()
  fireEvent.keyDown(field, { key: 'Enter', isComposing: true })
  expect(window.location.pathname).toBe('/desk')
  fireEvent.keyDown(field, { key: 'Enter' })
  await waitFor(() => expect(window.location.pathname).toBe('/records/c7'))
})

it('the bell tells that an export is ready, once', async () => {
  answers['/api/exports'] = [{ id: 'e1', state: 'ready', rows_done: 12, ended_at: 1 }]
  open()
  const bell = await screen.findByTestId('bell')
  await waitFor(() => expect(bell.dataset['fresh']).toBe('1'))
  fireEvent.click(bell)
  expect((await screen.findByRole('link', { name: /12 行/ })).getAttribute('href')).toBe('/api/exports/e1/file')
  await waitFor(() => expect(bell.dataset['fresh']).toBe('0'))
})

it('the bell tells that a part of the centre is away, by the row that the server sends', async () => {
  open()
  const bell = await screen.findByTestId('bell')
  act(() => applyChange({ topic: 'system', whole: true, set: { state: { problem: 'switch_away', build: '1' } }, del: [] }))
  await waitFor(() => expect(bell.dataset['fresh']).toBe('1'))
})

it('keys are written as they are listened for, and some cannot be taken', () => {
  expect([press('Alt', { altKey: true }), press('Q', { altKey: true }), press('Enter', { ctrlKey: true }), press('F6')]).toEqual([
    null, 'Alt+q', '$mod+Enter', 'F6',
  ])
  expect(['a', 'Alt+q', '$mod+w', 'F6'].map(mayReplace)).toEqual([false, true, false, true])
  expect(takenBy('F8', 'F2', {})?.keys).toBe('F8')
  expect(takenBy('F8', 'F2', { F8: 'F7' })).toBeUndefined()
})

it('the self-test tells the middle time and what was lost', async () => {
  answers['/api/health'] = { ok: true }
  let clock = 0
  expect(await measureRound(() => (clock += 10))).toEqual({ median_ms: 10, lost: 0 })
  delete answers['/api/health']
  expect(await measureRound(() => (clock += 10))).toEqual({ median_ms: null, lost: 5 })
})
