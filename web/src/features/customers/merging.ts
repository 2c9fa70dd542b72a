/** What becomes of two customers that are one: the same rules as the server's, to be looked at before. */
import { PURPOSES, type Customer } from '@/api/customers'
import { answerOf, type Answer } from '@/shared/customer/Consents'

export const FILLED = ['name', 'certificate', 'sex', 'company', 'level', 'address', 'place', 'language', 'remark'] as const
export type Filled = (typeof FILLED)[number]

/** The one that stays keeps its own facts; it takes those that it does not have. A name always stays. */
export const filled = (stays: Customer, goes: Customer, field: Filled): string => stays.profile[field] || (field === 'name' ? '' : goes.profile[field])

export const gathered = (stays: readonly string[], goes: readonly string[]): string[] => [...new Set([...stays, ...goes])]

/** Of a yes and a no the no counts. */
export function stricter(stays: Answer, goes: Answer): Answer {
  if (stays === 'no' || goes === 'no') return 'no'
  return stays === 'open' ? goes : stays
}

export const answers = (stays: Customer, goes: Customer): { purpose: (typeof PURPOSES)[number]; stays: Answer; goes: Answer; both: Answer }[] =>
  PURPOSES.map((purpose) => {
    const [own, others] = [answerOf(stays.consents, purpose), answerOf(goes.consents, purpose)]
    return { purpose, stays: own, goes: others, both: stricter(own, others) }
  })

const has = (customer: Customer): boolean => customer.profile.certificate !== ''

/** Whom to propose as the one that stays: who has a certificate, then who was there first. */
export function proposed(one: Customer, other: Customer): Customer {
  if (has(one) !== has(other)) return has(one) ? one : other
  return one.created_at <= other.created_at ? one : other
}
