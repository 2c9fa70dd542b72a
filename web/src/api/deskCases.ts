/** Work orders at the desk: of whoever is on the line, by the number that nobody has to see. */
import type { CaseWish } from './cases'
import { ask } from './client'
import type { components } from './schema.generated'

type Schemas = components['schemas']

export type DeskCases = Schemas['DeskCasesOut']
export type DeskCase = Schemas['DeskCaseOut']
export type DeskCaseMade = Schemas['DeskCaseMadeOut']
export type CaseDraft = Schemas['DeskCaseDraftOut']

const id = encodeURIComponent
const on = (contact: string, path = ''): string => `/desk/contacts/${id(contact)}/cases${path}`
const draft = (contact: string): string => `/desk/contacts/${id(contact)}/case-draft`

export const deskCases = {
  list: (contact: string) => ask<DeskCases>('GET', on(contact)),
  create: (contact: string, wish: CaseWish, key: string) => ask<DeskCaseMade>('POST', on(contact), { body: wish, key }),
  attach: (contact: string, one: string) => ask<void>('POST', on(contact, `/${id(one)}/attach`)),
  urge: (contact: string, one: string, reason: string, revision: number) => ask<void>('POST', on(contact, `/${id(one)}/urge`), { body: { reason, revision } }),
  /** The number of a work order; the call is one of its contacts. */
  call: (one: string) => ask<{ contact: string }>('POST', `/desk/cases/${id(one)}/call`, { body: {} }),
  draft: (contact: string) => ask<CaseDraft>('GET', draft(contact)),
  saveDraft: (contact: string, fields: Record<string, unknown>) => ask<void>('PUT', draft(contact), { body: { fields } }),
  dropDraft: (contact: string) => ask<void>('DELETE', draft(contact)),
}
