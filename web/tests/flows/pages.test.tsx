import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import axe from 'axe-core'
import { afterEach, beforeEach, expect, it } from 'vitest'

import type { FlowBody } from '@/api/flows'
import { changeLanguage } from '@/app/i18n'
import { keptDraft } from '@/features/flows/drafts'

import { begin, BODY, end, inForce, open, sent, world } from './world'

const LIST = '/flows/welcome?view=list'
const PUBLISH = 'PUT /api/flows/welcome'
const CHECK = 'POST /api/flows/welcome/check'

beforeEach(begin)
afterEach(end)

const press = async (testId: string): Promise<void> => {
  fireEvent.click(await screen.findByTestId(testId))
}
async function rename(name: string): Promise<void> {
  await press('tool-flow')
  fireEvent.change(await screen.findByTestId('flow-name'), { target: { value: name } })
}
async function publish(note = ''): Promise<void> {
  await press('tool-publish')
  fireEvent.change(await screen.findByTestId('publish-note'), { target: { value: note } })
  await waitFor(() => expect(screen.getByTestId('publish-now')).toHaveProperty('disabled', false))
  await press('publish-now')
}

it('the list says what leads to a flow, what goes through it today and what is wrong with it', async () => {
  open('/flows')
  const row = await screen.findByTestId('flow-welcome')
  expect(row.textContent).toContain('4001')
  expect(row.textContent).toContain('李四 · 春节')
  expect(row.textContent).toContain('5.0%')
  expect(row.textContent).toContain('1 处提醒')
})

it('a new flow is a draft until it is published as its first version', async () => {
  world.here['PUT /api/flows/fresh'] = inForce({ id: 'fresh', version: 1 })
  open('/flows')
  await press('flow-new')
  fireEvent.change(await screen.findByTestId('new-name'), { target: { value: '节日' } })
  fireEvent.change(screen.getByTestId('new-id'), { target: { value: 'fresh' } })
  await press('new-begin')
  expect((await screen.findByTestId('flow-version')).textContent).toBe('尚未发布')
  expect(world.drafts['fresh']).toMatchObject({ based_on: 0, name: '节日' })
  await publish()
  await waitFor(() => expect(sent('PUT', '/api/flows/fresh')).toMatchObject([{ name: '节日', based_on: 0, start: 'greeting' }]))
  await waitFor(() => expect(world.drafts['fresh']).toBeUndefined())
})

it('an id that is taken is refused before anything begins', async () => {
  open('/flows')
  await press('flow-new')
  fireEvent.change(await screen.findByTestId('new-name'), { target: { value: '又一个' } })
  fireEvent.change(screen.getByTestId('new-id'), { target: { value: 'welcome' } })
  await press('new-begin')
  expect(await screen.findByText('这个编号已有流程或草稿')).toBeTruthy()
})

it('what is changed survives a refresh, is published with its reason, and is then no draft', async () => {
  world.here[PUBLISH] = inForce({ version: 4, name: '新名称' })
  open(LIST)
  await rename('新名称')
  expect((await screen.findByTestId('flow-dirty')).textContent).toContain('未发布')
  // Given the page is opened anew
  await end()
  const kept = world.here
  begin()
  world.here = kept
  open(LIST)
  expect(await screen.findByTestId('flow-dirty')).toBeTruthy()
  await publish('改名')
  await waitFor(() => expect(sent('PUT', '/api/flows/welcome')).toMatchObject([{ name: '新名称', note: '改名', based_on: 3 }]))
  await waitFor(() => expect(screen.getByTestId('flow-version').textContent).toBe('版本 4'))
  expect(screen.queryByTestId('flow-dirty')).toBeNull()
})

it('a change is taken back and done again', async () => {
  open(LIST)
  await press('remove-menu')
  await waitFor(() => expect(screen.queryByTestId('row-menu')).toBeNull())
  await press('flow-undo')
  expect(await screen.findByTestId('row-menu')).toBeTruthy()
  expect(screen.queryByTestId('flow-dirty')).toBeNull()
  await press('flow-redo')
  await waitFor(() => expect(screen.queryByTestId('row-menu')).toBeNull())
})

it('faults stand at their nodes and in a list with links, and nothing is published with them', async () => {
  const fault = { node: 'bye', reason: 'missing_prompt', what: 'x', is_warning: false, sentence: '节点“bye”缺少提示音“x”。', sentence_en: 'Node “bye” lacks “x”.' }
  world.here[CHECK] = (body: unknown) => ((body as FlowBody).name === '欢迎流程' ? [] : [fault])
  open(LIST)
  await rename('坏的')
  expect(await within(await screen.findByTestId('row-bye')).findByText('■ 1 处错误')).toBeTruthy()
  await press('tool-publish')
  expect(screen.getByTestId('publish-now')).toHaveProperty('disabled', true)
  await press('problem-bye-missing_prompt')
  expect((await screen.findByTestId('node-faults')).textContent).toContain('缺少提示音')
  expect(screen.getByTestId('node-panel').getAttribute('data-node')).toBe('bye')
})

it('every field of a node has its name, its unit and its meaning', async () => {
  open(`${LIST}&node=menu`)
  const panel = await screen.findByTestId('node-panel')
  expect(within(panel).getByRole('group', { name: '等待按键' }).textContent).toContain('1–60 秒')
  expect(within(panel).getByTestId('field-wait').getAttribute('aria-label') ?? panel.textContent).toContain('等待按键')
  expect(panel.textContent).toContain('按错或不按之后再问几遍')
  fireEvent.change(within(panel).getByTestId('node-name'), { target: { value: '总菜单' } })
  expect((await screen.findByTestId('open-menu')).textContent).toBe('总菜单')
})

it('a renamed node takes its ways along', async () => {
  open(`${LIST}&node=bye`)
  await press('node-rename-open')
  fireEvent.change(await screen.findByTestId('node-id'), { target: { value: 'farewell' } })
  await press('node-rename')
  expect(await screen.findByTestId('row-farewell')).toBeTruthy()
  expect(keptDraft('welcome')?.flow.nodes['menu']?.['default']).toBe('farewell')
})

it('a colleague’s version arrives by itself while nothing is changed here', async () => {
  const client = open(LIST)
  await screen.findByTestId('row-menu')
  world.flow = inForce({ version: 4, name: '同事的' })
  await client.refetchQueries({ queryKey: ['flow', 'welcome'] })
  await waitFor(() => expect(screen.getByTestId('flow-version').textContent).toBe('版本 4'))
  expect(screen.queryByTestId('flow-conflict')).toBeNull()
})

it('two editors: both versions side by side, and both changes in what is published', async () => {
  world.here['GET /api/flows/welcome/versions/3'] = inForce()
  const client = open(LIST)
  await rename('我的名称')
  // When a colleague publishes another change
  const theirs = structuredClone(BODY)
  theirs.nodes['sales'] = { type: 'queue', queue: 'service' }
  world.flow = inForce({ ...(theirs as unknown as ReturnType<typeof inForce>), version: 4, note: '转售后' })
  await client.refetchQueries({ queryKey: ['flow', 'welcome'] })
  const conflict = await screen.findByTestId('flow-conflict')
  expect((await within(conflict).findByTestId('meet-sales')).textContent).toContain('sales → service')
  expect(within(conflict).getByTestId('meet-').textContent).toContain('我的名称')
  await press('meet-merge')
  world.here[PUBLISH] = inForce({ version: 5 })
  await publish()
  await waitFor(() => expect(sent('PUT', '/api/flows/welcome')).toMatchObject([{ name: '我的名称', based_on: 4, nodes: { sales: { queue: 'service' } } }]))
})

it('a refusal at the last moment fetches the other version and loses nothing', async () => {
  world.refused[PUBLISH] = { status: 409, code: 'flow_changed', facts: { version: 4 } }
  world.here['GET /api/flows/welcome/versions/3'] = inForce()
  open(LIST)
  await rename('我的名称')
  await press('tool-publish')
  await waitFor(() => expect(screen.getByTestId('publish-now')).toHaveProperty('disabled', false))
  world.flow = inForce({ version: 4 })
  await press('publish-now')
  expect(await screen.findByTestId('flow-conflict')).toBeTruthy()
  // Kept here, or with the server already.
  expect(keptDraft('welcome')?.flow.name ?? world.drafts['welcome']?.flow.name).toBe('我的名称')
})

it('back to an older version in one step: it is published again as a new one', async () => {
  const old = inForce({ version: 2, name: '旧流程' })
  world.here['GET /api/flows/welcome/versions/2'] = old
  world.here[PUBLISH] = inForce({ version: 4, name: '旧流程' })
  open(LIST)
  await press('tool-versions')
  await press('version-2')
  expect((await screen.findByTestId('change-')).textContent).toContain('旧流程 → 欢迎流程')
  await press('rollback')
  fireEvent.click((await screen.findAllByRole('button', { name: '回滚到此版本' })).at(-1) as HTMLElement)
  await waitFor(() => expect(sent('PUT', '/api/flows/welcome')).toMatchObject([{ name: '旧流程', based_on: 3, note: '回滚到版本 2' }]))
})

const step = (kind: string, node: string, more = {}) => ({ at: 0, kind, flow: 'welcome', node, what: '', prompts: [], values: {}, ...more })

it('a caller on trial presses keys; the whole story is asked anew and its way is shown', async () => {
  const waiting = { steps: [step('entered', 'greeting'), step('entered', 'menu'), step('said', 'menu', { prompts: ['main_menu'] })], waits_for: 'key', node: 'menu', asked: '', fields: [], values: {}, unused: 0 }
  const over = { ...waiting, steps: [...waiting.steps, step('key', 'menu', { what: '1' }), step('entered', 'sales'), step('queued', 'sales', { what: 'sales' })], waits_for: '', node: null }
  world.here['POST /api/flows/welcome/rehearsal'] = (body: unknown) => ((body as { moves: unknown[] }).moves.length === 0 ? waiting : over)
  open(`${LIST}&panel=walk`)
  fireEvent.keyDown(await screen.findByTestId('walk-key-1'), { key: '1' })
  await waitFor(() => expect(screen.getByTestId('walk-status').textContent).toBe('流程已结束。'))
  expect(screen.getByTestId('walk-log').textContent).toContain('进入队列 售前')
  expect(sent('POST', '/api/flows/welcome/rehearsal').at(-1)).toMatchObject({ moves: [{ kind: 'key', key: '1' }], caller: '13800138000' })
  expect(within(screen.getByTestId('row-sales')).getByText('在此')).toBeTruthy()
})

it('traffic lies over the nodes', async () => {
  world.here['GET /api/flows/welcome/counts'] = [{ version: 3, node: 'menu', entered: 40, here: 2, left: { caller_gone: 4, chosen: 34 } }]
  open(`${LIST}&days=7`)
  await waitFor(async () => expect((await screen.findByTestId('row-menu')).textContent).toContain('40210.0%'))
})

it('a test call goes to a number of this flow, and only the published version answers', async () => {
  world.here['POST /api/test-call'] = { call: 'c-9' }
  open(`${LIST}&panel=call`)
  await press('call-start')
  await waitFor(() => expect(sent('POST', '/api/test-call')).toEqual([{ number: '4001', press: '' }]))
  expect((await screen.findByText('打开通话详情')).getAttribute('href')).toBe('/records/c-9')
})

it('prompts that flows play and nobody recorded are listed too', async () => {
  open('/flows?tab=prompts')
  expect((await screen.findByTestId('prompt-to_record')).textContent).toContain('未录制')
  fireEvent.change(screen.getByTestId('prompt-find'), { target: { value: 'menu' } })
  await waitFor(() => expect(screen.queryByTestId('prompt-to_record')).toBeNull())
})

it('a flow that is not there, one that cannot be read', async () => {
  open('/flows/nothing')
  expect(await screen.findByText('没有这个流程')).toBeTruthy()
  await end()
  begin()
  world.refused['GET /api/flows/welcome'] = { status: 503, code: 'database_away' }
  open('/flows/welcome')
  expect(await screen.findByText('重试')).toBeTruthy()
})

it.each(['/flows', LIST])('%s reads in English and is accessible', async (path) => {
  await changeLanguage('en')
  open(path)
  await screen.findByTestId(path === '/flows' ? 'flow-welcome' : 'row-menu')
  const found = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })
  expect(found.violations.map((each) => `${each.id} ${each.nodes[0]?.html ?? ''}`)).toEqual([])
})
