/** Documents that are sent as faxes. */
import { ask, sendFile } from './client'
import type { components } from './schema.generated'

export type SentFax = components['schemas']['SentFax']

const id = encodeURIComponent

function sendPath(number: string, queue: string | null): string {
  const query = new URLSearchParams({ number, ...(queue === null ? {} : { queue }) })
  return `/faxes?${query.toString()}`
}

export const faxes = {
  send: (number: string, queue: string | null, document: Blob) =>
    sendFile<{ fax: string; pages: number }>('POST', sendPath(number, queue), document, 'application/pdf'),
  sent: () => ask<SentFax[]>('GET', '/faxes/sent'),
  stop: (fax: string) => ask<void>('POST', `/faxes/sent/${id(fax)}/stop`),
  documentPath: (fax: string): string => `/api/faxes/sent/${id(fax)}/document`,
}
