/** 导出: the list as it is narrowed, written by the server in the background; fetched when it is done. */
import { useQuery } from '@tanstack/react-query'
import { Button, Dropdown } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { exporting, type Asked } from '@/api/records'
import { isEnglish } from '@/ui/format'
import { useCommand } from '@/ui/useCommand'

const FORMATS = ['csv', 'xlsx'] as const
const ASK_EVERY_MS = 1_000
const OVER = ['ready', 'failed', 'cancelled', 'expired']

function Progress({ job }: { job: string }): ReactElement {
  const { t } = useTranslation()
  const found = useQuery({
    queryKey: ['export', job],
    queryFn: () => exporting.read(job),
    // No event tells how far it is.
    refetchInterval: (query) => (OVER.includes(query.state.data?.state ?? '') ? false : ASK_EVERY_MS),
  })
  const { state, rows_done } = found.data ?? { state: 'waiting', rows_done: 0 }
  if (state === 'ready') {
    return (
      <Button type="primary" href={exporting.filePath(job)} download data-testid="export-file">
        {t('records.export_fetch', { count: rows_done })}
      </Button>
    )
  }
  return (
    <span className="quiet" role="status" data-testid="export-progress">
      {t(`records.export_state.${state}`, { count: rows_done })}
    </span>
  )
}

export function ExportMenu({ asked }: { asked: Asked }): ReactElement {
  const { t, i18n } = useTranslation()
  const [job, setJob] = useState<string | null>(null)
  const begin = useCommand(async (format: (typeof FORMATS)[number]) => {
    const filter = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
    setJob((await exporting.ask({ kind: 'records', format, language: isEnglish(i18n.language) ? 'en' : 'zh', filter })).id)
  })
  return (
    <span className="row">
      {job === null ? null : <Progress key={job} job={job} />}
      <Dropdown
        trigger={['click']}
        autoFocus
        menu={{
          items: FORMATS.map((format) => ({
            key: format,
            label: <span data-testid={`export-${format}`}>{t(`records.format.${format}`)}</span>,
          })),
          onClick: ({ key }) => void begin.run(key as (typeof FORMATS)[number]),
        }}
      >
        <Button loading={begin.isBusy} data-testid="export">
          {t('records.export')} ▾
        </Button>
      </Dropdown>
    </span>
  )
}
