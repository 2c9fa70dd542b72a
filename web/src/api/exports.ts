/** Lists as files: short ones at once, long ones written by the server in the background. */
import { ask } from './client'
import type { components } from './schema.generated'

type Schemas = components['schemas']

export type ExportJob = Schemas['ExportOut']
export interface ExportWish {
  kind: string
  format: ExportJob['format']
  language: ExportJob['language']
  filter: Record<string, unknown>
  /** Numbers in full: needs the permission to see them, and a reason. */
  unmasked?: boolean
  reason?: string
}

const id = encodeURIComponent

export const exportJobs = {
  all: () => ask<ExportJob[]>('GET', '/exports'),
  ask: (wish: ExportWish) => ask<ExportJob>('POST', '/exports', { body: wish }),
  read: (job: string) => ask<ExportJob>('GET', `/exports/${id(job)}`),
  cancel: (job: string) => ask<void>('DELETE', `/exports/${id(job)}`),
  filePath: (job: string) => `/api/exports/${id(job)}/file`,
}

/** Where the file of a short list is; `filter` by the names of the list's own address. */
export function listFilePath(kind: string, filter: Readonly<Record<string, string | undefined>> = {}) {
  return (format: string, language: string): string => {
    const asked = Object.entries({ ...filter, format, language }).filter((each): each is [string, string] => each[1] !== undefined && each[1] !== '')
    return `/api/lists/${id(kind)}?${new URLSearchParams(asked).toString()}`
  }
}
