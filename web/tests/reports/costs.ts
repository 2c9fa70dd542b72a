/** A cost of three days for tests: 10.00, which no three days share evenly. */
import type { CostEntry } from '@/api/costs'

export const STAFF: CostEntry = {
  id: 3,
  category: 'staff',
  first_day: '2026-11-01',
  last_day: '2026-11-03',
  amount_minor: 1000,
  currency: 'CNY',
  note: '工资',
  booked_at: Date.UTC(2026, 10, 20),
  booked_by: '张三',
  cancelled_at: null,
  cancelled_by: '',
  cancel_reason: '',
}
