/** 导入: a list is brought, checked line by line, looked at, and taken in as a whole. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Progress, Radio } from 'antd'
import { useRef, useState, type ChangeEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { customerLists, type CustomerImport, type ImportMode } from '@/api/customerLists'
import { announce } from '@/ui/announce'
import { isEnglish } from '@/ui/format'
import { codeOf, useProblemText } from '@/ui/problems'
import { useCommand } from '@/ui/useCommand'

import { keepFile } from './files'
import { ImportLines } from './ImportLines'

const WIDTH = 860
const ASK_EVERY_MS = 1_000
const WORKING = ['waiting', 'checking', 'taking']
const MODES: readonly ImportMode[] = ['update', 'skip']

function Templates(): ReactElement {
  const { t, i18n } = useTranslation()
  const fetch = useCommand(async (format: 'xlsx' | 'csv') => keepFile(await customerLists.template(format, isEnglish(i18n.language) ? 'en' : 'zh')))
  return (
    <div className="row">
      {(['xlsx', 'csv'] as const).map((format) => (
        <Button key={format} loading={fetch.isBusy} data-testid={`template-${format}`} onClick={() => void fetch.run(format)}>
          {t('customers.import.template', { format: format.toUpperCase() })}
        </Button>
      ))}
    </div>
  )
}

function Working({ list }: { list: CustomerImport }): ReactElement {
  const { t } = useTranslation()
  const percent = list.of === null || list.of === 0 ? 0 : Math.floor((list.done / list.of) * 100)
  return (
    <div role="status" data-testid="import-working">
      {t(`customers.import.state.${list.state}`, { count: list.done })}
      <Progress percent={percent} aria-label={t('customers.import')} />
    </div>
  )
}

interface TakeProps {
  list: CustomerImport
  onTake: (onlyGood: boolean) => void
  isBusy: boolean
}

function Take({ list, onTake, isBusy }: TakeProps): ReactElement {
  const { t } = useTranslation()
  const good = list.new + list.changed
  if (list.wrong === 0) {
    return (
      <Button type="primary" disabled={good === 0} loading={isBusy} data-testid="import-take" onClick={() => onTake(false)}>
        {good === 0 ? t('customers.import.nothing') : t('customers.import.take', { count: good })}
      </Button>
    )
  }
  return (
    <div className="row">
      <Button disabled={good === 0} loading={isBusy} data-testid="import-take-good" onClick={() => onTake(true)}>
        {t('customers.import.take_good', { count: good })}
      </Button>
      <span className="quiet">{t('customers.import.wrong', { count: list.wrong })}</span>
    </div>
  )
}

export function ImportDrawer({ onClose }: { onClose: () => void }): ReactElement {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const textOf = useProblemText()
  const picker = useRef<HTMLInputElement>(null)
  const [mode, setMode] = useState<ImportMode>('update')
  const [id, setId] = useState<string | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const found = useQuery({
    queryKey: ['customers', 'import', id],
    queryFn: () => customerLists.read(id ?? ''),
    enabled: id !== null,
    // No event tells how far it is.
    refetchInterval: (query) => (query.state.data === undefined || WORKING.includes(query.state.data.state) ? ASK_EVERY_MS : false),
  })
  const list = id === null ? undefined : found.data
  const bring = useCommand(async (file: File) => {
    setProblem(null)
    setId(null)
    try {
      const brought = await customerLists.bring(file, mode)
      client.setQueryData(['customers', 'import', brought.id], brought)
      setId(brought.id)
    } catch (error) {
      setProblem(error)
    }
  })
  const take = useCommand(async (onlyGood: boolean) => {
    if (list === undefined) return
    const taken = await customerLists.take(list.id, onlyGood)
    client.setQueryData(['customers', 'import', taken.id], taken)
    await client.invalidateQueries({ queryKey: ['customers', 'import', taken.id] })
  })
  const pick = (event: ChangeEvent<HTMLInputElement>): void => {
    const chosen = event.target.files?.[0]
    // The same file can be chosen again once it was mended.
    event.target.value = ''
    if (chosen !== undefined) void bring.run(chosen)
  }
  const close = (): void => {
    // Checked and not taken: the file is forgotten.
    if (list?.state === 'checked') void customerLists.drop(list.id).catch(() => undefined)
    if (list?.state === 'done') {
      void client.invalidateQueries({ queryKey: ['customers'] })
      announce(t('customers.import.state.done'))
    }
    onClose()
  }
  const isWorking = bring.isBusy || (list !== undefined && WORKING.includes(list.state))
  const failure = list?.error ?? null
  return (
    <Drawer open onClose={close} title={t('customers.import')} size={WIDTH} destroyOnHidden data-testid="import-drawer">
      <div className="stack">
        <p>{t('customers.import.about')}</p>
        <Templates />
        <Radio.Group value={mode} disabled={isWorking} aria-label={t('customers.import.mode')} onChange={(event) => setMode(event.target.value as ImportMode)} options={MODES.map((each) => ({ value: each, label: t(`customers.import.mode.${each}`) }))} />
        <div className="row">
          <input ref={picker} type="file" hidden accept=".xlsx,.csv" onChange={pick} data-testid="import-file" />
          <Button type={list === undefined ? 'primary' : 'default'} disabled={isWorking} loading={bring.isBusy} data-testid="import-pick" onClick={() => picker.current?.click()}>
            {list === undefined ? t('customers.import.pick') : t('customers.import.pick_again')}
          </Button>
          {list === undefined ? null : <span className="quiet">{list.file_name}</span>}
        </div>
        {problem === null && failure === null ? null : (
          <div className="error-box edit-refusal" role="alert" data-testid="import-problem">
            ■ {problem === null ? (i18n.exists(`problem.${failure}`) ? t(`problem.${failure ?? 'unexpected'}`) : failure) : textOf(problem)} <code>{problem === null ? failure : codeOf(problem)}</code>
          </div>
        )}
        {found.isError ? <p role="alert">{textOf(found.error)}</p> : null}
        {list !== undefined && WORKING.includes(list.state) ? <Working list={list} /> : null}
        {list?.state === 'done' ? (
          <p role="status" className="customer-checked" data-testid="import-done">
            ● {t('customers.import.done', { new: list.new, changed: list.changed, same: list.same, skipped: list.skipped, wrong: list.wrong })}
          </p>
        ) : null}
        {list?.state === 'checked' || list?.state === 'done' ? <ImportLines key={`${list.id} ${list.state}`} list={list} /> : null}
        {list?.state === 'checked' ? <Take list={list} isBusy={take.isBusy} onTake={(onlyGood) => void take.run(onlyGood)} /> : null}
      </div>
    </Drawer>
  )
}
