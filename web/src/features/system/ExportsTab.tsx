/** 导出: files that one asked for, how far they are, and fetching them. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Progress } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { useZone } from '@/api/session'
import { exportJobs, type ExportJob } from '@/api/exports'
import { shortDateTime } from '@/ui/format'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

import { Listed } from './Listed'

const SOON_MS = 1_000
const LATER_MS = 10_000
const OPEN = ['waiting', 'running']

export const isOpen = (job: ExportJob): boolean => OPEN.includes(job.state)

const size = (bytes: number | null): string =>
  bytes === null ? '—' : bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`

function Row({ job, onCancel, isBusy }: { job: ExportJob; onCancel: () => void; isBusy: boolean }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const share = job.rows_total === null || job.rows_total === 0 ? 0 : Math.round((job.rows_done / job.rows_total) * 100)
  return (
    <tr data-testid={`export-${job.id}`} data-state={job.state}>
      <th scope="row">{t(`system.kind.${job.kind}`)}</th>
      <td>{shortDateTime(job.asked_at, i18n.language, zone)}</td>
      <td>{job.format.toUpperCase()}</td>
      <td>{job.unmasked ? t('system.unmasked') : t('system.masked')}</td>
      <td>
        {job.state === 'running' ? (
          <Progress percent={share} size="small" aria-label={t('system.column.progress')} />
        ) : (
          t(`system.export_state.${job.state}`)
        )}
        {job.error === null ? null : <span className="quiet"> {t(`system.export_error.${job.error}`, { defaultValue: job.error })}</span>}
      </td>
      <td className="number">{job.rows_total?.toLocaleString() ?? '—'}</td>
      <td className="number">{size(job.bytes)}</td>
      <td>{job.state === 'ready' && job.file_until !== null ? shortDateTime(job.file_until, i18n.language, zone) : '—'}</td>
      <td>
        {job.state === 'ready' ? (
          <Button type="link" href={exportJobs.filePath(job.id)} download>
            {t('system.fetch')}
          </Button>
        ) : null}
        {isOpen(job) ? (
          <Button type="link" loading={isBusy} onClick={onCancel}>
            {t('system.cancel')}
          </Button>
        ) : null}
      </td>
    </tr>
  )
}

const COLUMNS = ['list', 'asked_at', 'format', 'numbers', 'progress', 'rows', 'size', 'until', 'do'] as const
const NUMBERS: readonly string[] = ['rows', 'size']

export function ExportsTab(): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const jobs = useQuery({
    queryKey: ['system', 'exports'],
    queryFn: exportJobs.all,
    refetchInterval: (query) => (query.state.data?.some(isOpen) === true ? SOON_MS : LATER_MS),
  })
  const cancel = useCommand(async (job: string) => {
    await exportJobs.cancel(job)
    await client.invalidateQueries({ queryKey: ['system', 'exports'] })
  })
  if (jobs.isPending) return <Loading rows={6} />
  if (jobs.isError) return <ErrorBox error={jobs.error} onRetry={() => void jobs.refetch()} />
  if (jobs.data.length === 0) return <EmptyState title={t('system.exports_none')} why={t('system.exports_none_why')} />
  return (
    <Listed label={t('system.tab.exports')} columns={COLUMNS} numbers={NUMBERS}>
      {jobs.data.map((job) => (
        <Row key={job.id} job={job} isBusy={cancel.isBusy} onCancel={() => void cancel.run(job.id)} />
      ))}
    </Listed>
  )
}
