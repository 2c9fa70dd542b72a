import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { MemoryRouter } from 'react-router'
import { afterEach, beforeEach, expect, it } from 'vitest'

import type { NoticeTemplate, NoticeWordings } from '@/api/notices'
import { sessionQuery } from '@/api/session'
import { NoticesTab } from '@/features/service/NoticesTab'
import { partsOf, said } from '@/features/service/notices/words'

import { over, play } from '../opened'
import { aPerson } from '../world'

const words = (zh: string, change: object = {}) => ({ is_on: true, zh, en: '', title_zh: '', title_en: '', ...change })
const template = (event: string, revision = '0', wordings: NoticeWordings = { bell: words('待派 {number}'), mail: words('信', { is_on: false, title_zh: '题' }) }): NoticeTemplate => ({
  event, revision, placeholders: ['number', 'title'], coming: null,
  current: { number: Number(revision), wordings: wordings as NoticeTemplate['current']['wordings'], effective_at: 0, saved_at: 0, saved_by: '' },
})
const world = { all: [] as NoticeTemplate[], put: [] as { body: { wordings: NoticeWordings; effective_at: number | null }; match: string | null }[], isStale: false, chosen: '' }

beforeEach(() => {
  localStorage.clear()
  Object.assign(world, { all: [template('case.created'), template('clock.late')], put: [], isStale: false, chosen: '' })
  play(async (input, init = {}) => {
    const path = `${init.method ?? 'GET'} ${String(input).split('?')[0]}`
    const body = init.body === undefined ? {} : JSON.parse(String(init.body))
    if (path === 'GET /api/notice-templates') return Response.json(world.all)
    if (path.endsWith('/versions')) return Response.json([])
    if (path.endsWith('/preview')) {
      const { zh } = body.wordings.bell as { zh: string }
      if (zh.includes('{due}')) return Response.json({ code: 'notice_template_invalid', detail: '', facts: { why: 'no {due} here', why_zh: '不认识 {due}' } }, { status: 422 })
      return Response.json({ real: true, words: { bell: { zh: zh.replace('{number}', 'GD-1'), en: '', title_zh: '', title_en: '' } } })
    }
    if (path === 'PUT /api/notice-templates/case.created') {
      world.put.push({ body, match: new Headers(init.headers).get('If-Match') })
      if (world.isStale) {
        world.all = [template('case.created', '1', { bell: words('别人的') }), template('clock.late')]
        return Response.json({ code: 'notice_template_changed_meanwhile', detail: '', facts: { by: '李四' } }, { status: 412 })
      }
      world.all = [template('case.created', '1', body.wordings), template('clock.late')]
      return Response.json(world.all[0])
    }
    if (path === 'GET /api/notice-channels' || path === 'PUT /api/notice-channels') {
      world.chosen = body.sms_connector ?? world.chosen
      return Response.json({ mail_from: '', sms_connector: world.chosen, connectors: [{ name: 'gateway', title: '短信网关' }] })
    }
    return Response.json({ code: 'not_here' }, { status: 404 })
  })
})
afterEach(() => over())

const openTab = async (): Promise<HTMLTextAreaElement> => {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  client.setQueryData(sessionQuery.queryKey, aPerson('supervisor', { permissions: ['cases.edit'] }))
  render(
    <QueryClientProvider client={client}>
      <MemoryRouter initialEntries={['/admin/service?tab=notices']}>
        <NoticesTab />
      </MemoryRouter>
    </QueryClientProvider>,
  )
  return screen.findByTestId('notice-bell-zh')
}

it('words are changed, a placeholder is put in by a click, seen with a real case, and saved with what was read', async () => {
  const text = await openTab()
  expect(await screen.findByText(/未配置邮件服务器/)).toBeTruthy()
  fireEvent.change(text, { target: { value: '快派 {number} ' } })
  fireEvent.click(screen.getByTestId('notice-bell-put-title'))
  expect(text.value).toBe('快派 {number} {title}')
  await waitFor(() => expect(screen.getByTestId('notice-preview-bell-zh').textContent).toBe('快派 GD-1 {title}'))
  fireEvent.click(screen.getByTestId('edit-save'))
  await waitFor(() => expect(world.put).toHaveLength(1))
  expect(world.put[0]?.match).toContain('0')
  expect(world.put[0]?.body.effective_at).toBeNull()
  expect(world.put[0]?.body.wordings.bell?.zh).toBe('快派 {number} {title}')
  expect(world.put[0]?.body.wordings.mail?.is_on).toBe(false)
})

it('what the server does not know is said beside the preview', async () => {
  fireEvent.change(await openTab(), { target: { value: '到期 {due}' } })
  expect(await screen.findByText(/不认识 \{due\}/)).toBeTruthy()
})

it('somebody who was faster loses nothing, and neither do I', async () => {
  world.isStale = true
  fireEvent.change(await openTab(), { target: { value: '我的' } })
  fireEvent.click(screen.getByTestId('edit-save'))
  const conflict = await screen.findByTestId('conflict')
  expect(conflict.textContent).toContain('我的')
  expect(conflict.textContent).toContain('别人的')
})

it('a short message is counted in parts, and a version is told in one line', () => {
  expect([partsOf(''), partsOf('x'.repeat(70)), partsOf('x'.repeat(71)), partsOf('x'.repeat(135))]).toEqual([1, 1, 2, 3])
  expect(said(words('文', { is_on: false, title_zh: '题' }))).toBe('○ / 题 / 文')
})
