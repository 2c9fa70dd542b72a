/** 接口密钥: how programs come in, what each may do, and ending one. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Popconfirm } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { useZone } from '@/api/session'
import { apiKeys, type ApiKey } from '@/api/system'
import { serverNow } from '@/live/clock'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

import { stamp } from './days'
import { NewKey } from './NewKey'
import { Once } from './Once'
import { Listed } from './Listed'

const KEY = ['system', 'keys']
const COLUMNS = ['name', 'begins', 'permissions', 'made_by', 'expires', 'last_used', 'state', 'do'] as const

export type Standing = 'in_force' | 'revoked' | 'expired'

export function standing(key: ApiKey, at: number): Standing {
  if (key.revoked_at !== null) return 'revoked'
  return key.expires_at <= at ? 'expired' : 'in_force'
}

function Row({ one, onRevoke, isBusy }: { one: ApiKey; onRevoke: () => void; isBusy: boolean }): ReactElement {
  const { t } = useTranslation()
  const zone = useZone()
  const state = standing(one, serverNow())
  const at = (instant: number): string => stamp(instant, zone)
  return (
    <tr data-testid={`key-${one.id}`} data-state={state}>
      <th scope="row" className="system-wide">
        {one.name}
      </th>
      <td>
        <code>{one.begins}…</code>
      </td>
      <td className="system-wrap">{one.permissions.map((each) => t(`system.permission.${each}`, { defaultValue: each })).join(t('system.comma'))}</td>
      <td>{one.made_by_name}</td>
      <td>{at(one.expires_at)}</td>
      <td>{one.seen_at === null ? t('system.never') : `${at(one.seen_at)} ${one.seen_address}`}</td>
      <td>{t(`system.standing.${state}`)}</td>
      <td>
        {state === 'in_force' ? (
          <Popconfirm title={t('system.revoke_sure')} description={t('system.revoke_why')} okText={t('system.revoke')} cancelText={t('system.cancel')} onConfirm={onRevoke}>
            <Button type="link" danger loading={isBusy} data-testid={`revoke-${one.id}`}>
              {t('system.revoke')}
            </Button>
          </Popconfirm>
        ) : null}
      </td>
    </tr>
  )
}

export function KeysTab(): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const zone = useZone()
  const keys = useQuery({ queryKey: KEY, queryFn: apiKeys.all, refetchInterval: 10_000 })
  const [isNew, setNew] = useState(false)
  const [token, setToken] = useState<string | null>(null)
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: KEY })
  const revoke = useCommand(async (key: string) => {
    await apiKeys.revoke(key)
    await again()
  })
  if (keys.isPending) return <Loading rows={6} />
  if (keys.isError) return <ErrorBox error={keys.error} onRetry={() => void keys.refetch()} />
  const { items, grantable } = keys.data
  const begin = (
    <Button type="primary" data-testid="key-new" onClick={() => setNew(true)}>
      {t('system.key_new')}
    </Button>
  )
  return (
    <>
      {items.length === 0 ? (
        <EmptyState title={t('system.keys_none')} why={t('system.keys_none_why')} action={begin} />
      ) : (
        <>
          <div className="table-line">
            <span className="quiet grow">{t('system.keys_about')}</span>
            {begin}
          </div>
          <Listed label={t('system.tab.keys')} columns={COLUMNS}>
            {items.map((one) => (
              <Row key={one.id} one={one} isBusy={revoke.isBusy} onRevoke={() => void revoke.run(one.id)} />
            ))}
          </Listed>
        </>
      )}
      <Drawer open={isNew} onClose={() => setNew(false)} size={560} title={t('system.key_new')} destroyOnHidden>
        <NewKey
          grantable={grantable}
          zone={zone}
          onCancel={() => setNew(false)}
          onMade={(made) => {
            setNew(false)
            setToken(made)
            void again()
          }}
        />
      </Drawer>
      <Once title={t('system.key_once')} secret={token} onClose={() => setToken(null)} />
    </>
  )
}
