/** What administrators see of the centre as a machine: health, audit, exports, keys, webhooks, retention. */
import { ask } from './client'
import type { components } from './schema.generated'
import type { Preflight } from './schema'

type Schemas = components['schemas']

export type Status = Schemas['Status']
export type About = Schemas['AboutOut']
export type AuditRow = Schemas['AuditRowOut']
export type AuditWords = Schemas['AuditWords']
export type ExportJob = Schemas['ExportOut']
export type ApiKey = Schemas['KeyOut']
export type Webhook = Schemas['WebhookOut']
export type WebhookWish = Schemas['WebhookIn']
export type Delivery = Schemas['DeliveryOut']
export type Retention = Schemas['RetentionOut']
export type EventKind = Schemas['EventKind']
export type KeyWish = Schemas['KeyIn']

export interface Part<Row> {
  items: Row[]
  next: string | null
}

type Query = Record<string, string | number | undefined>

const id = encodeURIComponent

export const system = {
  status: () => ask<Status>('GET', '/status'),
  preflight: () => ask<Preflight>('GET', '/setup/preflight'),
  about: () => ask<About>('GET', '/system/about'),
  diagnosticsPath: '/api/system/diagnostics',
  audit: (query: Query) => ask<Part<AuditRow>>('GET', '/audit', { query }),
  auditWords: () => ask<AuditWords>('GET', '/audit/words'),
  retention: () => ask<Retention>('GET', '/retention'),
}

export const apiKeys = {
  all: () => ask<Schemas['KeysOut']>('GET', '/api-keys'),
  make: (wish: KeyWish) => ask<Schemas['KeyMade']>('POST', '/api-keys', { body: wish }),
  revoke: (key: string) => ask<void>('DELETE', `/api-keys/${id(key)}`),
}

export const webhooks = {
  all: () => ask<Webhook[]>('GET', '/webhooks'),
  make: (wish: WebhookWish) => ask<Schemas['WebhookMade']>('POST', '/webhooks', { body: wish }),
  change: (webhook: string, wish: WebhookWish & { revision: number }) => ask<Webhook>('PUT', `/webhooks/${id(webhook)}`, { body: wish }),
  remove: (webhook: string) => ask<void>('DELETE', `/webhooks/${id(webhook)}`),
  renewSecret: (webhook: string) => ask<Schemas['SecretOut']>('POST', `/webhooks/${id(webhook)}/secret`),
  test: (webhook: string) => ask<void>('POST', `/webhooks/${id(webhook)}/test`),
  deliveries: (webhook: string, query: Query) => ask<Part<Delivery>>('GET', `/webhooks/${id(webhook)}/deliveries`, { query }),
  resend: (webhook: string, delivery: number) => ask<void>('POST', `/webhooks/${id(webhook)}/deliveries/${delivery}/resend`),
}
