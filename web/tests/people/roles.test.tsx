/** Roles: read, cloned, changed with the revision that was read, and what a role is made of. */
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { cloneOf, everyPermission, grouped, opensHome, ticked } from '@/features/people/roles'
import en from '@/locales/people.en.json'
import zh from '@/locales/people.zh-CN.json'
import rolesEn from '@/locales/roles.en.json'
import rolesZh from '@/locales/roles.zh-CN.json'

import description from '../../../openapi.json'
import { AUDITOR, begin, end, open, refusal, sent, world } from './server'

beforeEach(begin)
afterEach(end)

// Not by role: working out the roles of a whole page takes jsdom seconds.
const box = (permission: string): HTMLInputElement => screen.getByTestId(`right-${permission}`).closest('label')?.querySelector('input') as HTMLInputElement

test('every permission has a word and a sentence in both languages', () => {
  for (const permission of description.components.schemas.Permission.enum) {
    for (const [names, sentences] of [[zh, rolesZh], [en, rolesEn]]) {
      expect(names).toHaveProperty([`people.permission.${permission}`])
      expect(sentences).toHaveProperty([`roles.does.${permission}`])
    }
  }
})

test('what is ticked brings what it needs; what is taken away takes what needs it along', () => {
  expect(ticked([], 'records.play', true)).toEqual(['records.play', 'records.read'])
  expect(ticked([], 'trunks.edit', true)).toEqual(['flows.edit', 'flows.read', 'trunks.edit'])
  expect(ticked(['records.play', 'records.read', 'audit.read'], 'records.read', false)).toEqual(['audit.read'])
})

test('permissions stand in groups, what opens their pages first; a new kind is not lost', () => {
  const found = grouped(['records.play', 'records.read', 'desk.use', 'novel.kind' as 'desk.use'])
  expect(found).toEqual([
    { group: 'desk', permissions: ['desk.use'] },
    { group: 'records', permissions: ['records.read', 'records.play'] },
    { group: 'settings', permissions: ['novel.kind'] },
  ])
  expect(everyPermission(world.roles)).toContain('users.edit')
})

test('a landing page is one that the role opens', () => {
  const homes: Parameters<typeof opensHome>[0] = [{ path: '/records', needs: ['records.read'] }, { path: '/me', needs: [] }]
  expect(opensHome(homes, '/records', [])).toBe(false)
  expect(opensHome(homes, '/records', ['records.read'])).toBe(true)
  expect(opensHome(homes, '/me', [])).toBe(true)
})

test('a role that ships is read, and cloned under a name of its own', async () => {
  world.answers['POST /api/roles'] = () => {
    world.roles = [...world.roles, { ...AUDITOR, id: 'role-2', name: '复核' }]
    return Response.json({ ...AUDITOR, id: 'role-2', name: '复核' }, { status: 201 })
  }
  open('/admin/people?tab=roles&open=qa')
  await screen.findByTestId('role-editor')
  expect(box('records.play').disabled).toBe(true)
  expect(screen.queryByTestId('edit-save')).toBeNull()
  fireEvent.click(screen.getByTestId('role-clone'))
  fireEvent.change(await screen.findByTestId('role-name'), { target: { value: '复核' } })
  fireEvent.click(screen.getByTestId('edit-save'))
  await waitFor(() => expect(sent('POST', '/api/roles')).toHaveLength(1))
  expect(sent('POST', '/api/roles')[0]?.body).toEqual({ name: '复核', name_en: '', permissions: ['records.play', 'records.read', 'reports.read'], scope: 'all', home: '/records' })
  await waitFor(() => expect(window.location.search).toBe('?tab=roles&open=role-2'))
}, 60_000)

test('an own role is changed with the revision that was read; what the server has against it is said', async () => {
  world.answers['PUT /api/roles/role-1'] = () => refusal(409, 'role_name_taken', { name: '主管' })
  open('/admin/people?tab=roles&open=role-1')
  fireEvent.change(await screen.findByTestId('role-name'), { target: { value: '主管' } })
  fireEvent.click(screen.getByTestId('edit-save'))
  expect((await screen.findByTestId('edit-refusal')).textContent).toContain('已有同名角色')
  expect(sent('PUT', '/api/roles/role-1')[0]?.match).toBe('"3"')
})

test('what one does not hold cannot be ticked, and the page says why', async () => {
  open('/admin/people?tab=roles&open=role-1')
  await screen.findByTestId('role-editor')
  expect(box('live.read').disabled).toBe(true)
  expect(screen.getByTestId('right-live.read').closest('label')?.textContent).toContain('您自己没有这项权限')
  expect(box('audit.read').disabled).toBe(false)
})

test('without what its landing page needs a role says so before it is saved', async () => {
  open('/admin/people?tab=roles&open=role-1')
  await screen.findByTestId('role-editor')
  fireEvent.click(box('records.read'))
  expect(screen.getByText(/打不开所选的首页/).textContent).toContain('打不开所选的首页')
})

test('all roles stand beside each other', async () => {
  open('/admin/people?tab=roles')
  fireEvent.click(await screen.findByText('对照表'))
  const head = (await screen.findByTestId('table-roles')).querySelectorAll('thead th')
  expect([...head].map((each) => each.textContent)).toEqual(['能做什么', '座席', '质检员', '管理员', '听音员'])
})

test('a clone has no name yet, and nobody has it', () => {
  expect(cloneOf(AUDITOR)).toMatchObject({ id: '', name: '', name_en: '', people: 0, permissions: AUDITOR.permissions })
})
