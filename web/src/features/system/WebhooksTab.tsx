/** Webhooks: which systems are told what happens here, how well that goes, and what was sent. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Popconfirm } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { useZone } from '@/api/session'
import { webhooks, type Webhook } from '@/api/system'
import { shortDateTime } from '@/ui/format'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

import { Deliveries } from './Deliveries'
import { Once } from './Once'
import { Listed } from './Listed'
import { WebhookForm } from './WebhookForm'

const KEY = ['system', 'webhooks']
const COLUMNS = ['name', 'url', 'events', 'state', 'do'] as const

type Open = { what: 'new' } | { what: 'edit' | 'log'; webhook: Webhook } | null

function State({ one }: { one: Webhook }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const at = (instant: number): string => shortDateTime(instant, i18n.language, zone)
  if (one.disabled_at !== null) return <b className="light-red">■ {t('system.hook_disabled', { at: at(one.disabled_at) })}</b>
  if (!one.is_on) return <span>○ {t('system.hook_off')}</span>
  if (one.failing_since !== null) return <b className="light-red">■ {t('system.hook_failing', { count: one.failures, at: at(one.failing_since) })}</b>
  return <span className="light-ok">● {t('system.ok')}</span>
}

interface RowProps {
  one: Webhook
  onOpen: (open: Open) => void
  onRenew: () => void
  onRemove: () => void
}

function Row({ one, onOpen, onRenew, onRemove }: RowProps): ReactElement {
  const { t } = useTranslation()
  return (
    <tr data-testid={`hook-${one.id}`}>
      <th scope="row" className="system-wide">
        <button type="button" className="plain-button" onClick={() => onOpen({ what: 'log', webhook: one })}>
          {one.name}
        </button>
      </th>
      <td className="system-address" title={one.url}>
        <code>{one.url}</code>
        {one.unmasked ? <div className="quiet">{t('system.unmasked')}</div> : null}
      </td>
      <td className="system-wrap">{one.events.map((each) => t(`system.event.${each}`)).join(t('system.comma'))}</td>
      <td className="system-wrap">
        <State one={one} />
      </td>
      <td>
        <Button type="link" onClick={() => onOpen({ what: 'log', webhook: one })}>
          {t('system.deliveries')}
        </Button>
        <Button type="link" data-testid={`hook-edit-${one.id}`} onClick={() => onOpen({ what: 'edit', webhook: one })}>
          {t('system.edit')}
        </Button>
        <Popconfirm title={t('system.renew_sure')} description={t('system.renew_why')} okText={t('system.renew')} cancelText={t('system.cancel')} onConfirm={onRenew}>
          <Button type="link">{t('system.renew')}</Button>
        </Popconfirm>
        <Popconfirm title={t('system.remove_sure')} description={t('system.remove_why')} okText={t('system.remove')} cancelText={t('system.cancel')} onConfirm={onRemove}>
          <Button type="link" danger>
            {t('system.remove')}
          </Button>
        </Popconfirm>
      </td>
    </tr>
  )
}

export function WebhooksTab(): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const hooks = useQuery({ queryKey: KEY, queryFn: webhooks.all, refetchInterval: 10_000 })
  const [open, setOpen] = useState<Open>(null)
  const [secret, setSecret] = useState<string | null>(null)
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: KEY })
  const renew = useCommand(async (webhook: string) => setSecret((await webhooks.renewSecret(webhook)).secret))
  const remove = useCommand(async (webhook: string) => {
    await webhooks.remove(webhook)
    await again()
  })
  if (hooks.isPending) return <Loading rows={6} />
  if (hooks.isError) return <ErrorBox error={hooks.error} onRetry={() => void hooks.refetch()} />
  const begin = (
    <Button type="primary" data-testid="hook-new" onClick={() => setOpen({ what: 'new' })}>
      {t('system.hook_new')}
    </Button>
  )
  const close = (): void => setOpen(null)
  return (
    <>
      {hooks.data.length === 0 ? (
        <EmptyState title={t('system.hooks_none')} why={t('system.hooks_none_why')} action={begin} />
      ) : (
        <>
          <div className="table-line">
            <span className="quiet grow">{t('system.hooks_about')}</span>
            {begin}
          </div>
          <Listed label={t('system.tab.webhooks')} columns={COLUMNS}>
            {hooks.data.map((one) => (
              <Row key={one.id} one={one} onOpen={setOpen} onRenew={() => void renew.run(one.id)} onRemove={() => void remove.run(one.id)} />
            ))}
          </Listed>
        </>
      )}
      <Drawer open={open !== null && open.what !== 'log'} onClose={close} size={560} title={t(open?.what === 'edit' ? 'system.hook_edit' : 'system.hook_new')} destroyOnHidden>
        <WebhookForm
          webhook={open?.what === 'edit' ? open.webhook : null}
          onCancel={close}
          onSaved={(made) => {
            close()
            setSecret(made)
            void again()
          }}
        />
      </Drawer>
      <Drawer open={open?.what === 'log'} onClose={close} size={860} title={open?.what === 'log' ? open.webhook.name : ''} destroyOnHidden>
        {open?.what === 'log' ? <Deliveries webhook={open.webhook} /> : null}
      </Drawer>
      <Once title={t('system.secret_once')} secret={secret} onClose={() => setSecret(null)} />
    </>
  )
}
