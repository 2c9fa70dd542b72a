import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import axe from 'axe-core'
import { afterEach, beforeEach, expect, it } from 'vitest'

import { changeLanguage } from '@/app/i18n'

import { aPerson } from '../world'
import { STAFF } from './costs'
import { begin, end, LEAD, open, sent, world } from './server'

const CLERK = { ...LEAD, permissions: [...LEAD.permissions, 'costs.edit' as const] }
const LIST = 'GET /api/reports/costs'
const BOOK = 'POST /api/reports/costs'
const address = (): string => window.location.pathname + window.location.search
const asked = (): string[] => world.asked.filter((each) => each.url.startsWith('/api/reports/costs?')).map((each) => each.url)

beforeEach(() => {
  begin()
  world.here[LIST] = [STAFF, { ...STAFF, id: 2, amount_minor: 900, cancelled_at: STAFF.booked_at, cancelled_by: '李四', cancel_reason: '重复登记' }]
  world.here[BOOK] = STAFF
})
afterEach(end)

async function fill(amount: string): Promise<void> {
  fireEvent.click(await screen.findByTestId('cost-book'))
  fireEvent.change(await screen.findByTestId('cost-amount'), { target: { value: amount } })
}

it('the costs of this month, what a day has of them, and who took which one back and why', async () => {
  open('/reports/costs', CLERK)
  const row = await screen.findByTestId('cost-3')
  expect(asked()).toEqual(['/api/reports/costs?from=2026-11-01&to=2026-11-30'])
  expect(row.textContent).toContain('人员2026-11-01 ~ 2026-11-0310.00 CNY3.3310.00工资')
  expect(screen.getByTestId('cost-2').textContent).toContain('李四 于 2026-11-20 周五 08:00 撤销 · 重复登记')
  expect(screen.getByTestId('costs-total').textContent).toBe('所选期间合计 10.00 CNY')
})

it('the period stands in the address', async () => {
  open('/reports/costs?from=2026-11-03&to=2026-11-09', CLERK)
  await screen.findByTestId('cost-3')
  expect(screen.getByTestId('costs-total').textContent).toContain('3.33')
  fireEvent.change(screen.getByTestId('costs-to'), { target: { value: '2026-11-05' } })
  await waitFor(() => expect(address()).toBe('/reports/costs?from=2026-11-03&to=2026-11-05'))
  await waitFor(() => expect(asked()).toContain('/api/reports/costs?from=2026-11-03&to=2026-11-05'))
})

it('a cost is booked in hundredths, and its share of a day is told before', async () => {
  open('/reports/costs', CLERK)
  await fill('180,000')
  expect((await screen.findByTestId('cost-accrual')).textContent).toBe('按 30 天平均分摊,每天约 6,000.00。')
  fireEvent.click(screen.getByTestId('cost-save'))
  await waitFor(() =>
    expect(sent('POST', '/api/reports/costs')).toEqual([
      { category: 'staff', first_day: '2026-11-01', last_day: '2026-11-30', amount_minor: 18_000_000, currency: 'CNY', note: '' },
    ]),
  )
})

it('what is wrong is said at its field, and nothing is sent', async () => {
  open('/reports/costs', CLERK)
  await fill('-5')
  fireEvent.change(screen.getByTestId('cost-last_day'), { target: { value: '2026-10-30' } })
  fireEvent.click(screen.getByTestId('cost-save'))
  expect(await screen.findByText('请填写大于零的金额,最多两位小数,如 180000.00。')).toBeTruthy()
  expect(await screen.findByText('最后一天早于第一天')).toBeTruthy()
  expect(sent('POST', '/api/reports/costs')).toEqual([])
})

it('what the server refuses is said at the field it names', async () => {
  world.refused[BOOK] = { status: 409, code: 'cost_currency_differs', facts: { currency: 'EUR' } }
  open('/reports/costs', CLERK)
  await fill('5')
  fireEvent.click(screen.getByTestId('cost-save'))
  const field = (await screen.findByTestId('cost-currency')).closest('.ant-form-item') as HTMLElement
  expect(await within(field).findByText(/成本账使用 EUR/)).toBeTruthy()
})

it('a cost is cancelled with a reason', async () => {
  world.here['POST /api/reports/costs/3/cancel'] = STAFF
  open('/reports/costs', CLERK)
  fireEvent.click(await screen.findByTestId('cost-cancel-3'))
  fireEvent.change(await screen.findByTestId('reason'), { target: { value: '重复登记' } })
  fireEvent.click(screen.getByTestId('reason-submit'))
  await waitFor(() => expect(sent('POST', '/api/reports/costs/3/cancel')).toEqual([{ reason: '重复登记' }]))
})

it('an empty ledger, one that cannot be read, and one that is not theirs', async () => {
  world.here[LIST] = []
  open('/reports/costs', CLERK)
  expect(await screen.findByText('该期间没有登记成本')).toBeTruthy()
  await end()
  begin()
  world.refused[LIST] = { status: 503, code: 'database_away' }
  open('/reports/costs', CLERK)
  expect(await screen.findByText('database_away')).toBeTruthy()
  expect(screen.getByText('重试')).toBeTruthy()
  await end()
  begin()
  open('/reports/costs', aPerson('agent'))
  await waitFor(() => expect(document.body.textContent).toContain('您没有此页面的权限'))
  expect(asked()).toEqual([])
})

it('reads in English, and is accessible', async () => {
  await changeLanguage('en')
  open('/reports/costs', CLERK)
  const row = await screen.findByTestId('cost-3')
  expect(row.textContent).toContain('Staff')
  const found = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })
  expect(found.violations.map((each) => each.id)).toEqual([])
})
