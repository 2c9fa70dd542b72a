/** Sends a PDF as a fax, and tells what became of those that were sent. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Input } from 'antd'
import { useRef, useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { faxes, type SentFax } from '@/api/faxes'
import type { DeskView } from '@/api/schema'
import { useZone } from '@/api/session'
import { announce } from '@/ui/announce'
import { shortDateTime } from '@/ui/format'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

import { belowTheBar, closePanel } from './panel'
import { QueueChoice } from './QueueChoice'

const NEWER_EVERY_MS = 5_000
const SENT = ['desk', 'faxes']
const UNDER_WAY = new Set(['sending'])

function SendForm({ view }: { view: DeskView }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [number, setNumber] = useState('')
  const [queue, setQueue] = useState<string | null>(null)
  const [file, setFile] = useState<File | null>(null)
  const chosen = useRef<HTMLInputElement>(null)
  const send = useCommand(async (document: File) => {
    const { pages } = await faxes.send(number.trim(), queue, document)
    announce(t('fax.accepted', { count: pages }))
    setFile(null)
    if (chosen.current !== null) chosen.current.value = ''
    await client.invalidateQueries({ queryKey: SENT })
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (file !== null && number.trim() !== '' && !send.isBusy) void send.run(file)
  }
  return (
    <form className="stack" onSubmit={submit}>
      <label>
        {t('fax.number')}
        <Input value={number} inputMode="tel" autoFocus data-testid="fax-number" onChange={(event) => setNumber(event.target.value)} />
      </label>
      <label>
        {t('fax.document')}
        <input
          ref={chosen}
          type="file"
          accept="application/pdf"
          className="wide"
          data-testid="fax-file"
          onChange={(event) => setFile(event.target.files?.[0] ?? null)}
        />
      </label>
      <QueueChoice view={view} value={queue} onChange={setQueue} />
      <div>
        <Button type="primary" htmlType="submit" loading={send.isBusy} disabled={file === null || number.trim() === ''} data-testid="fax-send">
          {t('fax.send')}
        </Button>
      </div>
    </form>
  )
}

function Sent({ fax }: { fax: SentFax }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const client = useQueryClient()
  const stop = useCommand(async () => {
    await faxes.stop(fax.fax)
    await client.invalidateQueries({ queryKey: SENT })
  })
  return (
    <li className="todo" data-testid={`fax-${fax.fax}`}>
      <span className="grow">
        <span className="figure">{fax.number}</span> · {t('fax.pages', { count: fax.pages })}
        <br />
        <span className="quiet">
          {shortDateTime(fax.asked_at, i18n.language, zone)} · {t(`fax.state_${fax.state}`)}
        </span>
      </span>
      <a href={faxes.documentPath(fax.fax)} target="_blank" rel="noreferrer">
        {t('fax.open')}
      </a>
      {UNDER_WAY.has(fax.state) ? (
        <Button size="small" loading={stop.isBusy} onClick={() => void stop.run()}>
          {t('fax.stop')}
        </Button>
      ) : null}
    </li>
  )
}

function SentList(): ReactElement {
  const { t } = useTranslation()
  const found = useQuery({ queryKey: SENT, queryFn: faxes.sent, refetchInterval: NEWER_EVERY_MS })
  if (found.isPending) return <Loading />
  if (found.isError) return <ErrorBox error={found.error} onRetry={() => void found.refetch()} />
  if (found.data.length === 0) return <EmptyState title={t('fax.none')} why={t('fax.none_why')} />
  return (
    <ul className="todos" aria-label={t('fax.sent')}>
      {found.data.map((fax) => (
        <Sent key={fax.fax} fax={fax} />
      ))}
    </ul>
  )
}

export function FaxDrawer({ view, isOpen }: { view: DeskView; isOpen: boolean }): ReactElement {
  const { t } = useTranslation()
  return (
    <Drawer open={isOpen} onClose={closePanel} title={t('fax.title')} size={440} rootStyle={{ top: belowTheBar() }} mask={false} destroyOnHidden>
      <SendForm view={view} />
      <h3>{t('fax.sent')}</h3>
      <SentList />
    </Drawer>
  )
}
