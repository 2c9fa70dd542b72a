/** People: listed by the address, changed with the revision that was read, brought as a list. */
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { begin, end, open, refusal, sent, somebody, world } from './server'

beforeEach(begin)
afterEach(end)

const typed = (id: string, value: string): void => {
  fireEvent.change(screen.getByTestId(id), { target: { value } })
}

test('the filters stand in the address and are asked of the server', async () => {
  open('/admin/people?team=t1&state=locked&sort=-name')
  await screen.findByTestId('row-8001')
  const [asked] = sent('GET', '/api/people')
  expect(Object.fromEntries(new URLSearchParams(asked?.url.split('?')[1]))).toEqual({ team: 't1', state: 'locked', sort: '-name' })
})

test('a row says team, queues with levels and that nobody signed in yet', async () => {
  open('/admin/people')
  const row = await screen.findByTestId('row-8001')
  await waitFor(() => expect(row.textContent).toContain('售前 8'))
  expect(row.textContent).toContain('一班')
  expect(row.textContent).toContain('vip 2')
  expect(row.textContent).toContain('从未登录')
})

test('a change is sent whole, with the revision that was read', async () => {
  world.answers['PUT /api/people/u-1'] = () => Response.json(somebody({ name: '李四' }))
  open('/admin/people?person=u-1')
  await screen.findByTestId('person-save')
  typed('person-name', '李四')
  fireEvent.click(screen.getByTestId('person-save'))
  await waitFor(() => expect(sent('PUT', '/api/people/u-1')).toHaveLength(1))
  const [put] = sent('PUT', '/api/people/u-1')
  expect(put?.match).toBe('"r1"')
  expect(put?.body).toEqual({
    name: '李四', role: 'agent', team: 't1', email: '', closed: false,
    place: { agent: '8001', queues: [{ queue: 'sales', level: 8 }], skills: [{ skill: 'vip', level: 2 }], wrap_up_time: 'tenfold' },
  })
})

test('what a colleague changed meanwhile stands beside mine, and both can be kept field by field', async () => {
  let isFirst = true
  world.answers['PUT /api/people/u-1'] = () => {
    if (!isFirst) return Response.json(somebody())
    isFirst = false
    world.people = [somebody({ email: 'theirs@example.com', revision: 'r2' })]
    return refusal(412, 'changed_meanwhile')
  }
  open('/admin/people?person=u-1')
  await screen.findByTestId('person-save')
  typed('person-name', '李四')
  fireEvent.click(screen.getByTestId('person-save'))
  await screen.findByTestId('conflict')
  fireEvent.click(screen.getByTestId('conflict-email-theirs'))
  fireEvent.click(screen.getByTestId('conflict-merge'))
  await waitFor(() => expect(sent('PUT', '/api/people/u-1')).toHaveLength(2))
  const last = sent('PUT', '/api/people/u-1')[1]
  expect(last?.match).toBe('"r2"')
  expect(last?.body).toMatchObject({ name: '李四', email: 'theirs@example.com' })
})

test('a refusal stands at its field', async () => {
  world.answers['POST /api/people'] = () => refusal(409, 'username_taken')
  open('/admin/people?person=new')
  await screen.findByTestId('person-save')
  typed('person-name', '李四')
  fireEvent.click(screen.getByTestId('person-save'))
  const problems = await screen.findByTestId('form-problems')
  expect(problems.textContent).toContain('用户名已被使用')
})

test('a locked account is shown as locked and can be unlocked', async () => {
  world.people = [somebody({ locked_until: Date.UTC(2026, 0, 1, 6) })]
  world.answers['POST /api/people/u-1/unlock'] = () => new Response(null, { status: 204 })
  open('/admin/people?person=u-1')
  fireEvent.click(await screen.findByTestId('person-unlock'))
  await waitFor(() => expect(sent('POST', '/api/people/u-1/unlock')).toHaveLength(1))
})

const LINE = { number: '9', username: '9', name: '甲', problems: [], changes: [] }

test('a list with a wrong line says where, and takes only the good ones when asked to', async () => {
  world.answers['POST /api/staff-list/check'] = () =>
    Response.json({
      new: 1, changed: 0, same: 0, wrong: 1,
      lines: [
        { ...LINE, line: 2, what: 'new' },
        { ...LINE, line: 3, what: 'wrong', problems: [{ column: 'team', flaw: 'unknown_team', given: '三班' }] },
      ],
    })
  const joined = [{ line: 2, number: '9', username: '9', name: '甲', password: 'secret' }]
  world.answers['POST /api/staff-list'] = () =>
    new Response(
      `${JSON.stringify({ step: 'places', done: 1, of: 1 })}\n${JSON.stringify({ result: { new: 1, changed: 0, same: 0, wrong: 1, in_force: true, joined } })}\n`,
    )
  open('/admin/people')
  fireEvent.click(await screen.findByTestId('people-import'))
  fireEvent.change(await screen.findByTestId('import-file'), { target: { files: [new File(['x'], 'a.csv')] } })
  const wrong = await screen.findByTestId('plan-line-3')
  expect(wrong.textContent).toContain('班组: 没有启用的班组“三班”')
  expect(screen.queryByTestId('import-take')).toBeNull()
  fireEvent.click(screen.getByTestId('import-take-good'))
  const done = await screen.findByTestId('import-done')
  expect(sent('POST', '/api/staff-list')[0]?.url).toContain('only_good=true')
  // The first passwords are saved before the drawer can be left
  expect(within(done).getByTestId<HTMLButtonElement>('import-close').disabled).toBe(true)
})

test('a list that fails on the way says so', async () => {
  world.answers['POST /api/staff-list/check'] = () => Response.json({ new: 1, changed: 0, same: 0, wrong: 0, lines: [{ ...LINE, line: 2, what: 'new' }] })
  world.answers['POST /api/staff-list'] = () => new Response(`${JSON.stringify({ problem: { code: 'agent_taken', detail: '', facts: {} } })}\n`)
  open('/admin/people')
  fireEvent.click(await screen.findByTestId('people-import'))
  fireEvent.change(await screen.findByTestId('import-file'), { target: { files: [new File(['x'], 'a.csv')] } })
  fireEvent.click(await screen.findByTestId('import-take'))
  expect((await screen.findByTestId('import-problem')).textContent).toContain('此座席已属于另一个用户')
})
