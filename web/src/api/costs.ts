/** The ledger of costs: what is booked for a period, and taken back. */
import { ask } from './client'
import type { components } from './schema.generated'

type Schemas = components['schemas']

export type CostCategory = Schemas['CostCategory']
/** The amount is in hundredths of the currency; both days belong to the period. */
export type CostEntry = Schemas['CostOut']
export type NewCost = Schemas['CostIn']

export const CATEGORIES: readonly CostCategory[] = ['staff', 'lines', 'premises', 'systems', 'training', 'other']
/** The list ends here, the newest entries first. */
export const SHOWN_AT_MOST = 1000

export const costs = {
  list: (from: string, to: string) => ask<CostEntry[]>('GET', '/reports/costs', { query: { from, to } }),
  book: (cost: NewCost) => ask<CostEntry>('POST', '/reports/costs', { body: cost }),
  cancel: (entry: number, reason: string) => ask<CostEntry>('POST', `/reports/costs/${entry}/cancel`, { body: { reason } }),
}
