/** What a webhook was told: each message, what the other side said, and sending one again. */
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { useZone } from '@/api/session'
import { webhooks, type Delivery, type Webhook } from '@/api/system'
import { shortDateTime } from '@/ui/format'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'
import { useServerRows } from '@/ui/useServerRows'

import { Listed } from './Listed'

const SOON_MS = 2_000

const pretty = (body: string): string => {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}

function Row({ one, onResend, isBusy }: { one: Delivery; onResend: () => void; isBusy: boolean }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const [isOpen, setOpen] = useState(false)
  const answer = one.status ?? (one.error === null ? '—' : t(`system.delivery_error.${one.error}`, { defaultValue: one.error }))
  return (
    <>
      <tr data-testid={`delivery-${one.id}`} data-state={one.state}>
        <th scope="row">
          <button type="button" className="plain-button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {shortDateTime(one.made_at, i18n.language, zone)}
          </button>
        </th>
        <td>{t(`system.event.${one.kind}`)}</td>
        <td>{t(`system.delivery_state.${one.state}`)}</td>
        <td>{answer}</td>
        <td className="number">{one.attempts}</td>
        <td className="number">{one.took_ms === null ? '—' : `${one.took_ms} ms`}</td>
        <td>
          <Button type="link" loading={isBusy} onClick={onResend}>
            {t('system.resend')}
          </Button>
        </td>
      </tr>
      {isOpen ? (
        <tr>
          <td colSpan={7}>
            <pre className="system-body">{pretty(one.body)}</pre>
          </td>
        </tr>
      ) : null}
    </>
  )
}

const COLUMNS = ['at', 'event', 'state', 'answer', 'attempts', 'took', 'do'] as const
const NUMBERS: readonly string[] = ['attempts', 'took']

export function Deliveries({ webhook }: { webhook: Webhook }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const key = ['system', 'deliveries', webhook.id]
  const rows = useServerRows<Delivery>(key, (cursor) => webhooks.deliveries(webhook.id, { cursor, limit: 50 }), SOON_MS)
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: key })
  const test = useCommand(async () => {
    await webhooks.test(webhook.id)
    await again()
  })
  const resend = useCommand(async (delivery: number) => {
    await webhooks.resend(webhook.id, delivery)
    await again()
  })
  return (
    <div className="system-stack">
      <div className="row">
        <span className="quiet grow">{t('system.deliveries_about')}</span>
        <Button loading={test.isBusy} data-testid="hook-test" onClick={() => void test.run()}>
          {t('system.test')}
        </Button>
      </div>
      {rows.error === null ? null : <ErrorBox error={rows.error} onRetry={rows.retry} />}
      {rows.isPending ? <Loading rows={6} /> : null}
      {!rows.isPending && rows.error === null && rows.rows.length === 0 ? (
        <EmptyState title={t('system.deliveries_none')} why={t('system.deliveries_none_why')} />
      ) : null}
      {rows.rows.length === 0 ? null : (
        <Listed label={t('system.deliveries')} columns={COLUMNS} numbers={NUMBERS}>
          {rows.rows.map((one) => (
            <Row key={one.id} one={one} isBusy={resend.isBusy} onResend={() => void resend.run(one.id)} />
          ))}
        </Listed>
      )}
      {rows.hasMore ? (
        <Button loading={rows.isFetchingMore} onClick={rows.more}>
          {t('table.more')}
        </Button>
      ) : null}
    </div>
  )
}
