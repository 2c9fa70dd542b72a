/** Lists of customers from outside, who may be the same one, and what a person may ask for. */
import { ask, askFile, sendFile, type Download } from './client'
import type { components } from './schema.generated'

type Schemas = components['schemas']

export type CustomerImport = Schemas['CustomerImportOut']
export type CustomerImportLine = Schemas['CustomerImportLineOut']
export type ImportMode = Schemas['ImportMode']
export type LineOutcome = Schemas['LineOutcome']
export type CustomerDuplicate = Schemas['CustomerDuplicateOut']
export type DuplicateWhy = Schemas['DuplicateWhy']
export type CustomerErasure = Schemas['CustomerErasureOut']
export type ErasureProof = Schemas['CustomerErasedOut']

interface Found<Row> {
  items: Row[]
  next: string | null
}

const id = encodeURIComponent
const KIND = 'application/octet-stream'

export const customerLists = {
  template: (format: 'xlsx' | 'csv', language: 'zh' | 'en') => askFile('GET', '/customers/imports/template', { query: { format, language } }),
  bring: (file: File, mode: ImportMode) =>
    sendFile<CustomerImport>('POST', `/customers/imports?mode=${mode}&file_name=${id(file.name)}`, file, KIND),
  read: (list: string) => ask<CustomerImport>('GET', `/customers/imports/${id(list)}`),
  lines: (list: string, what: LineOutcome | null, cursor: string | undefined) =>
    ask<Found<CustomerImportLine>>('GET', `/customers/imports/${id(list)}/lines`, { query: { what, cursor } }),
  take: (list: string, onlyGood: boolean) => ask<CustomerImport>('POST', `/customers/imports/${id(list)}/take`, { body: { only_good: onlyGood } }),
  drop: (list: string) => ask<void>('DELETE', `/customers/imports/${id(list)}`),
  duplicates: (why: DuplicateWhy, cursor: string | undefined) => ask<Found<CustomerDuplicate>>('GET', '/customers/duplicates', { query: { why, cursor } }),
}

export const personal = {
  copy: (customer: string, reason: string): Promise<Download> => askFile('POST', `/customers/${id(customer)}/copy`, { body: { reason } }),
  erasure: (customer: string) => ask<CustomerErasure>('GET', `/customers/${id(customer)}/erasure`),
  erase: (customer: string, reason: string, revision: number) =>
    ask<ErasureProof>('POST', `/customers/${id(customer)}/erase`, { body: { reason, revision } }),
}
