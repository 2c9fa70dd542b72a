/** 导出: a list as it is narrowed, as a file. Short ones come at once; long ones are fetched when they are done. */
import { useQuery } from '@tanstack/react-query'
import { Button, Dropdown, Input, Modal } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { isEnglish } from './format'
import { useCommand } from './useCommand'

const FORMATS = ['csv', 'xlsx'] as const
type Format = (typeof FORMATS)[number]
type Language = 'zh' | 'en'

const ASK_EVERY_MS = 1_000
const OVER = ['ready', 'failed', 'cancelled', 'expired']
const SHORTEST = 2

const languageOf = (language: string): Language => (isEnglish(language) ? 'en' : 'zh')

type PathOf = (format: Format, language: Language) => string

interface ListExportProps {
  pathOf: PathOf
  /** Other lists of the same page, by their names; then this one has a name as well. */
  name?: string
  others?: readonly { name: string; pathOf: PathOf }[]
}

/** A short list: each format is a file to be fetched. */
export function ListExport({ pathOf, name, others = [] }: ListExportProps): ReactElement {
  const { t, i18n } = useTranslation()
  const items = [{ name, pathOf }, ...others].flatMap((list, at) =>
    FORMATS.map((format) => ({
      key: `${at} ${format}`,
      label: (
        <a href={list.pathOf(format, languageOf(i18n.language))} download data-testid={at === 0 ? `export-${format}` : `export-${format}-${at}`}>
          {list.name === undefined ? t(`export.${format}`) : `${list.name}, ${t(`export.${format}`)}`}
        </a>
      ),
    })),
  )
  return (
    <Dropdown trigger={['click']} autoFocus menu={{ items }}>
      <Button data-testid="export">{t('export.title')} ▾</Button>
    </Dropdown>
  )
}

/** How the server is asked; the caller gives it, for this room knows no server. */
export interface ExportDoor {
  ask: (wish: { kind: string; format: Format; language: Language; filter: Record<string, unknown>; unmasked?: boolean; reason?: string }) => Promise<{ id: string }>
  read: (job: string) => Promise<{ state: string; rows_done: number; rows_total?: number | null }>
  filePath: (job: string) => string
}

function Progress({ job, door }: { job: string; door: ExportDoor }): ReactElement {
  const { t } = useTranslation()
  const found = useQuery({
    queryKey: ['export', job],
    queryFn: () => door.read(job),
    // No event tells how far it is.
    refetchInterval: (query) => (OVER.includes(query.state.data?.state ?? '') ? false : ASK_EVERY_MS),
  })
  const { state, rows_done } = found.data ?? { state: 'waiting', rows_done: 0 }
  const total = found.data?.rows_total ?? null
  if (state === 'ready') {
    return (
      <Button type="primary" href={door.filePath(job)} download data-testid="export-file">
        {t('export.fetch', { count: rows_done })}
      </Button>
    )
  }
  return (
    <span className="quiet" role="status" data-testid="export-progress">
      {state === 'running' && total !== null ? t('export.running_of', { count: rows_done, total }) : t(`export.state.${state}`, { count: rows_done })}
    </span>
  )
}

/** Numbers in full are taken away for a reason, which is written down. */
function Why({ format, onGo, onClose }: { format: Format; onGo: (reason: string) => Promise<boolean>; onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const isShort = reason.trim().length < SHORTEST
  return (
    <Modal
      open
      title={t('export.full_title')}
      okText={t(`export.${format}`)}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: isShort }}
      onOk={() => void onGo(reason.trim()).then((isDone) => isDone && onClose())}
      onCancel={onClose}
    >
      <p>{t('export.full_why')}</p>
      <Input.TextArea rows={2} maxLength={200} showCount value={reason} aria-label={t('export.reason')} placeholder={t('export.reason')} onChange={(event) => setReason(event.target.value)} data-testid="export-reason" />
    </Modal>
  )
}

interface JobExportProps {
  kind: string
  filter: Readonly<Record<string, unknown>>
  door: ExportDoor
  /** Whether the person may have numbers in full, with a reason. */
  mayReveal?: boolean
}

/** A long list: the server writes it in the background; the bell tells when it is done. */
export function JobExport({ kind, filter, door, mayReveal = false }: JobExportProps): ReactElement {
  const { t, i18n } = useTranslation()
  const [job, setJob] = useState<string | null>(null)
  const [asking, setAsking] = useState<Format | null>(null)
  const begin = useCommand(async (format: Format, reason?: string) => {
    const narrowed = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
    const full = reason === undefined ? {} : { unmasked: true, reason }
    setJob((await door.ask({ kind, format, language: languageOf(i18n.language), filter: narrowed, ...full })).id)
  })
  const usual = FORMATS.map((format) => ({ key: format as string, label: <span data-testid={`export-${format}`}>{t(`export.${format}`)}</span> }))
  const full = FORMATS.map((format) => ({ key: `full-${format}`, label: <span data-testid={`export-full-${format}`}>{t('export.full', { format: t(`export.${format}`) })}</span> }))
  const choose = (key: string): void => {
    const format: Format = key.endsWith('xlsx') ? 'xlsx' : 'csv'
    if (key.startsWith('full-')) setAsking(format)
    else void begin.run(format)
  }
  return (
    <span className="row">
      {job === null ? null : <Progress key={job} job={job} door={door} />}
      <Dropdown trigger={['click']} autoFocus menu={{ items: mayReveal ? [...usual, { type: 'divider' as const }, ...full] : usual, onClick: ({ key }) => choose(key) }}>
        <Button loading={begin.isBusy} data-testid="export">
          {t('export.title')} ▾
        </Button>
      </Dropdown>
      {asking === null ? null : <Why format={asking} onGo={(reason) => begin.run(asking, reason)} onClose={() => setAsking(null)} />}
    </span>
  )
}
