/** A customer as a form holds one, and as the server takes one. */
import type { Customer, CustomerChange, CustomerProfileWish } from '@/api/customers'
import { contentOf } from '@/api/customers'

export interface NumberDraft {
  /** Empty = not there yet. */
  id: string
  /** Masked where it is there. */
  number: string
  label: string
}

export type CustomerDraft = Required<Omit<CustomerProfileWish, 'tags' | 'identities'>> & {
  tags: string[]
  identities: { kind: string; value: string }[]
  numbers: NumberDraft[]
  /** The content it began from. */
  revision: string
}

export const NOBODY: Required<CustomerProfileWish> = {
  name: '', certificate: '', sex: '', company: '', level: '', tags: [], address: '', place: '', language: '', remark: '', confidential: false, identities: [],
}

export function draftOf(customer: Customer): CustomerDraft {
  const { profile, numbers } = customer
  return { ...profile, numbers: numbers.map(({ id, number, label }) => ({ id, number, label })), revision: contentOf(customer) }
}

const isSaid = (text: string): boolean => text.trim() !== ''

export function profileOf(draft: CustomerDraft): CustomerProfileWish {
  const { numbers: _numbers, revision: _revision, ...profile } = draft
  return { ...profile, identities: draft.identities.filter(({ kind, value }) => isSaid(kind) && isSaid(value)) }
}

/** What is to be sent so that `latest` becomes the draft. */
export function changeOf(draft: CustomerDraft, latest: Customer): CustomerChange {
  const stays = new Set(draft.numbers.map(({ id }) => id))
  return {
    profile: profileOf(draft),
    add_numbers: draft.numbers.filter(({ id, number }) => id === '' && isSaid(number)).map(({ number, label }) => ({ number: number.trim(), label: label.trim() })),
    drop_numbers: latest.numbers.map(({ id }) => id).filter((id) => !stays.has(id)),
    revision: latest.revision,
  }
}
