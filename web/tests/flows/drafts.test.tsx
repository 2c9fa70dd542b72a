/** Drafts go to the server by themselves; colleagues, other windows and set times. */
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'

import type { Plan } from '@/api/flows'
import { keptDraft } from '@/features/flows/drafts'

import { aDraft, begin, BODY, end, inForce, open, READER, sent, world } from './world'

const LIST = '/flows/welcome?view=list'
const SAVE = '/api/flows/welcome/draft'

beforeEach(begin)
afterEach(end)

const press = async (testId: string): Promise<void> => {
  fireEvent.click(await screen.findByTestId(testId))
}
async function rename(name: string): Promise<void> {
  await press('tool-flow')
  fireEvent.change(await screen.findByTestId('flow-name'), { target: { value: name } })
}
const named = (name: string) => ({ ...structuredClone(BODY), name })

const aPlan = (change: Partial<Plan> = {}): Plan => ({
  plan: 7,
  id: 'welcome',
  name: '节日',
  based_on: 3,
  due_at: 1_893_456_000_000,
  note: '国庆',
  planned_by: 'u1',
  planned_by_name: '李四',
  planned_at: 1_763_600_000_000,
  state: 'waiting',
  refusal: null,
  refusal_facts: {},
  flow: named('节日'),
  ...change,
})

it('what is changed is saved by itself, and is then no longer kept here', async () => {
  open(LIST)
  await rename('新名称')
  expect(keptDraft('welcome')?.flow.name).toBe('新名称')
  await waitFor(() => expect(sent('PUT', SAVE)).toMatchObject([{ flow: { name: '新名称' }, based_on: 3, revision: 0 }]), { timeout: 8_000 })
  await waitFor(() => expect(screen.getByTestId('flow-saved').textContent).toContain('草稿已存'))
  expect(keptDraft('welcome')).toBeNull()
})

it('the stored draft is what one goes on with at another computer', async () => {
  world.drafts['welcome'] = aDraft({ flow: named('在别处改的') })
  open(LIST)
  await press('tool-flow')
  expect(await screen.findByTestId('flow-name')).toHaveProperty('value', '在别处改的')
  await press('tool-publish')
  fireEvent.click(await screen.findByTestId('discard'))
  await waitFor(() => expect(world.drafts['welcome']).toBeUndefined())
  expect(screen.queryByTestId('flow-dirty')).toBeNull()
})

it('while the server is away the draft stays here, and it says so', async () => {
  world.refused[`PUT ${SAVE}`] = { status: 503, code: 'database_away' }
  open(LIST)
  await rename('断网时改的')
  expect((await screen.findByTestId('flow-away', undefined, { timeout: 8_000 })).textContent).toContain('本机')
  expect(keptDraft('welcome')?.flow.name).toBe('断网时改的')
})

it('two windows of one person: both drafts side by side, nothing is overwritten', async () => {
  world.here['GET /api/flows/welcome/versions/3'] = inForce()
  const client = open(LIST)
  await screen.findByTestId('row-menu')
  const theirs = named('欢迎流程')
  theirs.nodes['sales'] = { type: 'queue', queue: 'service' }
  world.drafts['welcome'] = aDraft({ flow: theirs, revision: 9 })
  await rename('这个窗口')
  await client.refetchQueries({ queryKey: ['flow-drafts', 'welcome'] })
  const met = await screen.findByTestId('flow-windows')
  expect((await within(met).findByTestId('meet-sales')).textContent).toContain('sales → service')
  await press('meet-merge')
  await waitFor(() => expect(world.drafts['welcome']?.flow).toMatchObject({ name: '这个窗口', nodes: { sales: { queue: 'service' } } }), { timeout: 8_000 })
  expect(sent('PUT', SAVE).at(-1)).toMatchObject({ revision: 9 })
})

it('a colleague who is at it is named, and their draft can be gone on from', async () => {
  world.colleagues = [aDraft({ person: 'u9', person_name: '王五', is_own: false, flow: named('王五的') })]
  open(LIST)
  const button = await screen.findByTestId('show-colleagues')
  expect(button.textContent).toContain('王五 正在编辑')
  fireEvent.click(button)
  expect((await screen.findByTestId('colleague-u9')).textContent).toContain('欢迎流程 → 王五的')
  await press('take-u9')
  expect(await screen.findByTestId('flow-dirty')).toBeTruthy()
  await press('flow-undo')
  await waitFor(() => expect(screen.queryByTestId('flow-dirty')).toBeNull())
})

it('a version is planned for a set time; until then it can be called off and is a draft again', async () => {
  world.here['POST /api/flows/welcome/plans'] = () => {
    world.here['GET /api/flow-plans'] = [aPlan()]
    delete world.drafts['welcome']
    return aPlan()
  }
  world.here['DELETE /api/flow-plans/7'] = () => {
    world.here['GET /api/flow-plans'] = []
    return aPlan({ state: 'cancelled' })
  }
  open(LIST)
  await rename('节日')
  await press('tool-publish')
  await press('when-later')
  fireEvent.change(screen.getByTestId('due-at'), { target: { value: '2020-01-01T00:00' } })
  expect(screen.getByTestId('publish-later')).toHaveProperty('disabled', true)
  fireEvent.change(screen.getByTestId('due-at'), { target: { value: '2030-01-01T08:00' } })
  await waitFor(() => expect(screen.getByTestId('publish-later')).toHaveProperty('disabled', false))
  await press('publish-later')
  await waitFor(() => expect(sent('POST', '/api/flows/welcome/plans')).toMatchObject([{ name: '节日', based_on: 3, due_at: 1_893_456_000_000 }]))
  expect((await screen.findByTestId('show-plan')).textContent).toContain('生效')
  expect(screen.queryByTestId('flow-dirty')).toBeNull()
  await press('plan-cancel')
  fireEvent.click((await screen.findAllByRole('button', { name: '取消定时' })).at(-1) as HTMLElement)
  expect(await screen.findByTestId('flow-dirty')).toBeTruthy()
  await waitFor(() => expect(screen.queryByTestId('show-plan')).toBeNull())
})

it('a version that could not come into force says why', async () => {
  world.here['GET /api/flow-plans'] = [aPlan({ state: 'refused', refusal: 'flow_changed', refusal_facts: { version: 4 } })]
  open(`${LIST}&panel=publish`)
  expect((await screen.findByTestId('flow-plan')).textContent).toContain('别人发布了版本 4')
})

it('who only reads sees and walks, and changes nothing', async () => {
  open(`${LIST}&node=menu`, READER)
  expect((await screen.findByTestId('flow-read-only')).textContent).toBe('只读')
  expect(await screen.findByTestId('node-name')).toHaveProperty('disabled', true)
  for (const gone of ['flow-add', 'tool-publish', 'node-remove', 'remove-menu', 'way-greeting-next']) expect(screen.queryByTestId(gone)).toBeNull()
  expect(screen.getByTestId('tool-walk')).toBeTruthy()
  expect(world.asked.some(({ path }) => path.endsWith('/drafts'))).toBe(false)
})
