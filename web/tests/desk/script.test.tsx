import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import type { DeskScripts, ScriptStep, ScriptVersion } from '@/api/scripts'
import { changeLanguage } from '@/app/i18n'
import { usePhone } from '@/phone/store'

import { aTalkingDesk } from '../world'
import { begin, end, open, press, push, sent, world } from './centre'

function aStep(id: string, change: Partial<ScriptStep> = {}): ScriptStep {
  return { id, kind: 'say', text: `说 ${id}`, text_en: '', calls: 'all', fills: 'nothing', then: '', answers: [], clock: 'waiting', after_s: 10, ...change }
}

function aVersion(steps: ScriptStep[], change: Partial<ScriptVersion> = {}): ScriptVersion {
  const content = { name: '退款咨询', name_en: 'Refunds', queues: ['service'], numbers: [], steps }
  return { script: 'r1', version: 3, content, effective_at: 0, published_at: 0, published_by: '主管', note: '', ...change }
}

const STEPS = [
  aStep('hello', { text: '您好,{company},工号 {agent_no}。{last_contact_topic}', text_en: 'Hello, {company}, agent {agent_no}.' }),
  aStep('risk', { kind: 'mandatory', text: '有风险' }),
  aStep('can', { kind: 'branch', text: '能答复吗?', answers: [{ text: '能', text_en: 'Yes', to: 'bye' }, { text: '不能', text_en: 'No', to: '' }] }),
  aStep('record', { kind: 'ask', fills: 'note' }),
  aStep('bye', { fills: 'disposition' }),
  aStep('sorry', { kind: 'timed', text: '请稍等' }),
  aStep('back', { kind: 'timed', text: '让您久等了', clock: 'back', after_s: 1 }),
  aStep('louder', { kind: 'phrase', text: '请大声一点' }),
]

function given(scripts: ScriptVersion[], more: Partial<DeskScripts> = {}): void {
  world.here['GET /api/desk/contacts/c1/scripts'] = { outbound: false, scripts, said: [], ...more }
}

const progress = (): string => screen.getByTestId('script-progress').textContent ?? ''
const input = (id: string): HTMLInputElement => {
  const found = screen.getByTestId(id)
  return (found instanceof HTMLInputElement ? found : found.querySelector('input')) as HTMLInputElement
}

beforeEach(() => {
  begin()
  localStorage.removeItem('lianxi-script')
})
afterEach(async () => {
  vi.useRealTimers()
  await end()
})

it('is not there without a script', async () => {
  given([])
  open(aTalkingDesk())
  await waitFor(() => expect(sent('GET', '/api/desk/contacts/c1/scripts')).toHaveLength(1))
  expect(screen.queryByTestId('script')).toBeNull()
})

it('shows what to say with everything filled in, and leaves a gap where something is not known', async () => {
  given([aVersion(STEPS)])
  open(aTalkingDesk())
  expect((await screen.findByTestId('script')).textContent).toContain('您好,联系示范中心,工号 8001。____')
  expect(progress()).toBe('0/3 步')
  await act(() => changeLanguage('en'))
  expect(screen.getByTestId('script').textContent).toContain('agent 8001.')
})

it('is gone through by keyboard: the key leads to the next open step, a branch to its own steps', async () => {
  given([aVersion(STEPS)])
  open(aTalkingDesk())
  await screen.findByTestId('script')
  press('g', { altKey: true })
  expect(document.activeElement).toBe(input('script-tick-hello'))
  fireEvent.click(input('script-tick-hello'))
  press('g', { altKey: true })
  expect(document.activeElement).toBe(screen.getByTestId('script-state-risk'))
  fireEvent.click(screen.getByTestId('script-answer-can-1'))
  expect(progress()).toBe('2/5 步')
  fireEvent.click(screen.getByTestId('script-answer-can-0'))
  expect(progress()).toBe('2/4 步')
  expect(screen.queryByTestId('script-tick-record')).toBeNull()
})

it('a mandatory statement is ticked by what the server kept', async () => {
  given([aVersion(STEPS)])
  const said = { script: 'r1', script_name: '退款咨询', script_name_en: '', version: 3, step: 'risk', text: '有风险', text_en: '', agent: '8001', agent_name: '张三', offset_s: 83, at: 0 }
  const key = 'POST /api/desk/contacts/c1/statements'
  world.here[key] = Response.json({ code: 'not_talking', facts: {} }, { status: 409 })
  open(aTalkingDesk())
  fireEvent.click(await screen.findByTestId('script-state-risk'))
  await waitFor(() => expect(sent('POST', '/api/desk/contacts/c1/statements')).toHaveLength(1))
  expect(screen.queryByTestId('script-stated-risk')).toBeNull()
  world.here[key] = [said]
  await waitFor(() => expect(screen.getByTestId('script-state-risk').className).not.toContain('loading'))
  fireEvent.click(screen.getByTestId('script-state-risk'))
  expect((await screen.findByTestId('script-stated-risk')).textContent).toBe('01:23 已说')
  expect(sent('POST', '/api/desk/contacts/c1/statements')[1]?.body).toEqual({ script: 'r1', version: 3, step: 'risk' })
})

it('steps tick themselves when the wrap-up is filled', async () => {
  given([aVersion(STEPS)])
  open(aTalkingDesk())
  fireEvent.click(await screen.findByTestId('script-answer-can-1'))
  fireEvent.change(screen.getByTestId('wrapup-note'), { target: { value: '要改地址' } })
  expect(input('script-tick-record').checked).toBe(true)
  fireEvent.click(screen.getByTestId('wrapup-code-refund'))
  expect(input('script-tick-bye').checked).toBe(true)
  fireEvent.change(screen.getByTestId('wrapup-note'), { target: { value: '' } })
  expect(input('script-tick-record').checked).toBe(false)
})

it('asks to apologise after ten seconds of silence, and again when the customer is back', async () => {
  given([aVersion(STEPS)])
  const talking = aTalkingDesk()
  open(talking)
  await screen.findByTestId('script')
  const held = { ...talking, state: 'hold' as const, contact: { ...talking.contact!, phase: 'hold' as const, hold_since: Date.now() } }
  push(held)
  expect(screen.queryByTestId('script-due-sorry')).toBeNull()
  push(talking)
  push({ ...held, contact: { ...held.contact, hold_since: Date.now() - 11_000 } })
  expect(screen.getByTestId('script-due-sorry').textContent).toContain('请稍等')
  fireEvent.click(screen.getByTestId('script-due-said'))
  expect(screen.queryByTestId('script-due-sorry')).toBeNull()
  push(talking)
  expect(screen.getByTestId('script-due-back').textContent).toContain('让您久等了')
  fireEvent.click(screen.getByTestId('script-due-said'))
  expect(screen.queryByTestId('script-due-back')).toBeNull()
})

it('a microphone that is off counts as waiting', async () => {
  given([aVersion([aStep('sorry', { kind: 'timed', text: '请稍等', after_s: 1 })])])
  open(aTalkingDesk())
  await screen.findByTestId('script')
  act(() => usePhone.setState({ isMuted: true }))
  expect(await screen.findByTestId('script-due-sorry', {}, { timeout: 4_000 })).toBeTruthy()
})

it('keeps its ticks over a reload, and not for the next customer', async () => {
  localStorage.setItem('lianxi-script', JSON.stringify({ contact: 'c1', script: 'r2', done: ['r2/hello'], answers: {} }))
  given([aVersion(STEPS), aVersion([aStep('hello')], { script: 'r2' })])
  open(aTalkingDesk())
  await screen.findByTestId('script')
  expect(progress()).toBe('1/1 步')
})

it('says that it is away, and that the call goes on', async () => {
  world.here['GET /api/desk/contacts/c1/scripts'] = Response.json({ code: 'database_away', facts: {} }, { status: 503 })
  open(aTalkingDesk())
  expect(await screen.findByText(/话术暂不可用,不影响通话/)).toBeTruthy()
})
