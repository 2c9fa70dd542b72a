/** The sheet of complaint warnings is edited like other forms; its six contents cannot be taken away. */
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'

import type { WarningSheet } from '@/api/warnings'
import { BLANK_ITEM } from '@/features/service/cases/forms'

import { opened, over, play } from '../opened'
import { aPerson } from '../world'

const item = (name: string, zh: string): WarningSheet['items'][number] => ({ ...BLANK_ITEM, name, zh, required: true })
const aSheet = (version: number, more: WarningSheet['items'] = []): WarningSheet => ({
  kind: 'warning', version, zh: '投诉预警信息表', en: '', published_at: Date.UTC(2026, 0, version), published_by: 'u1', contents: ['phone', 'problem'],
  items: [item('phone', '手机号码'), item('problem', '投诉问题'), ...more],
})

const world = { sheet: aSheet(1), sent: [] as { path: string; body: Record<string, unknown> }[] }

beforeEach(() => {
  Object.assign(world, { sheet: aSheet(1), sent: [] })
  play(async (input, init = {}) => {
    const path = String(input).split('?')[0] ?? ''
    if ((init.method ?? 'GET') !== 'GET') {
      const body = JSON.parse(String(init.body)) as { after: number; items: WarningSheet['items'] }
      world.sent.push({ path, body })
      if (path.endsWith('/check')) return Response.json([])
      if (body.after !== world.sheet.version) return Response.json({ code: 'form_changed', detail: '', facts: {} }, { status: 412 })
      world.sheet = { ...world.sheet, version: body.after + 1, items: body.items }
      return Response.json(world.sheet)
    }
    if (path === '/api/warnings/sheet') return Response.json(world.sheet)
    if (path === '/api/warnings/sheet/versions') return Response.json([world.sheet])
    if (path === '/api/case-setup-choices') return Response.json({ people: [{ id: 'u1', name: '张三' }], calendars: [] })
    return Response.json({ code: 'not_here' }, { status: 404 })
  })
  opened('/admin/service?tab=warning_sheet', aPerson('supervisor', { permissions: ['cases.edit', 'cases.read'] }))
})
afterEach(over)

const button = (id: string): HTMLButtonElement => screen.getByTestId<HTMLButtonElement>(id)
const publish = async (): Promise<void> => {
  fireEvent.click(button('form-publish'))
  await screen.findByTestId('form-publish-panel')
  await waitFor(() => expect(button('form-publish-now').disabled).toBe(false))
  fireEvent.click(button('form-publish-now'))
}

it('keeps what must be in it, takes more, and says since when it holds', async () => {
  expect(await screen.findByText(/现行第 1 版.*张三/)).toBeTruthy()
  expect(button('items-remove-0').disabled).toBe(true)
  expect(screen.getByTestId('item-required-0').closest('label')?.className).toContain('disabled')
  fireEvent.click(button('items-add'))
  expect(button('items-remove-2').disabled).toBe(false)
  fireEvent.change(screen.getByTestId('item-zh-2'), { target: { value: '涉及金额' } })
  await publish()
  expect(await screen.findByText(/现行第 2 版/)).toBeTruthy()
  expect(world.sent.at(-1)).toMatchObject({ path: '/api/warnings/sheet', body: { after: 1, items: [{ name: 'phone' }, { name: 'problem' }, { zh: '涉及金额' }] } })
  fireEvent.click(button('form-versions'))
  expect(await screen.findByTestId('form-version-2')).toBeTruthy()
})

it('shows both when a colleague was quicker', async () => {
  fireEvent.click(await screen.findByTestId('items-add'))
  fireEvent.change(screen.getByTestId('item-zh-2'), { target: { value: '涉及金额' } })
  world.sheet = aSheet(2, [item('shop', '所属门店')])
  await publish()
  const conflict = await screen.findByTestId('conflict')
  expect(conflict.textContent).toContain('涉及金额')
  expect(conflict.textContent).toContain('所属门店')
  fireEvent.click(screen.getByTestId('conflict-mine'))
  await waitFor(() => expect(world.sent.at(-1)?.body).toMatchObject({ after: 2 }))
})
