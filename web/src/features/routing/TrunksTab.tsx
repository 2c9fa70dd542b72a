/** 中继: the ways in and out, how each stands now; a password goes in and is never shown. */
import { useQuery } from '@tanstack/react-query'
import { Button, Drawer } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { routing, type Trunk } from '@/api/routing'
import { useZone } from '@/api/session'
import { shortDateTime } from '@/ui/format'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'

import { TrunkEditor } from './TrunkEditor'

const AGAIN_MS = 5_000
export const trunksQuery = { queryKey: ['routing', 'trunks'], queryFn: routing.trunks, refetchInterval: AGAIN_MS }

/** A trunk as it begins. */
const NEW_TRUNK: Trunk = {
  id: '', name: '', enabled: true, server: '', transport: 'udp', encrypted: false, registers: false, username: '', contact_user: '',
  addresses: [], codecs: ['alaw', 'ulaw'], t38: false, channels: 0, caller_numbers: [], caller_number: '', check_every: 30_000,
  silence: 30_000, silence_on_hold: 300_000, session: 1_800_000, is_up: null, why: '', since: null, taken: 0, blocked: 0,
  has_password: false, revision: '',
}

function Standing({ trunk }: { trunk: Trunk }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const since = trunk.since === null ? '' : ` · ${t('routing.since', { at: shortDateTime(trunk.since, i18n.language, zone) })}`
  if (!trunk.enabled) return <span className="quiet">‖ {t('routing.trunk_off')}</span>
  if (trunk.is_up === null) return <span className="quiet">◔ {t('routing.trunk_unknown')}</span>
  return trunk.is_up ? <span className="light-ok">● {t('routing.trunk_up')}{since}</span> : <span className="light-red">✕ {t(`routing.trunk_why.${trunk.why || 'unreachable'}`)}{since}</span>
}

function registration(trunk: Trunk): 'none' | 'ok' | 'failed' | 'waiting' {
  if (!trunk.registers || !trunk.enabled) return 'none'
  if (trunk.is_up === null) return 'waiting'
  return trunk.is_up ? 'ok' : 'failed'
}

export function TrunksTab(): ReactElement {
  const { t } = useTranslation()
  const [open, setOpen] = useState<string | null>(null)
  const [isNew, setNew] = useState(false)
  const trunks = useQuery(trunksQuery)
  const chosen = isNew ? NEW_TRUNK : trunks.data?.find((each) => each.id === open)
  const close = (): void => { setOpen(null); setNew(false) }
  return (
    <div className="stack">
      <div className="row">
        <span className="grow quiet">{t('routing.trunks_about')}</span>
        <Button type="primary" data-testid="trunk-new" onClick={() => setNew(true)}>{t('routing.new_trunk')}</Button>
      </div>
      {trunks.isPending ? <Loading /> : trunks.data === undefined ? <ErrorBox error={trunks.error} onRetry={() => void trunks.refetch()} /> : trunks.data.length === 0 ? (
        <EmptyState title={t('routing.trunks_none')} why={t('routing.trunks_none_why')} />
      ) : (
        <div className="scroll">
          <table className="grid" aria-label={t('routing.tab.trunks')}>
            <thead><tr>{['trunk', 'state', 'registration', 'server', 'channels', 'blocked'].map((name) => <th key={name} scope="col" className={name === 'channels' || name === 'blocked' ? 'number' : undefined}>{t(`routing.column.${name}`)}</th>)}</tr></thead>
            <tbody>
              {trunks.data.map((trunk) => (
                <tr key={trunk.id} data-testid={`trunk-${trunk.id}`}>
                  <th scope="row"><button type="button" className="plain-button" onClick={() => setOpen(trunk.id)}>{trunk.name}</button> <code className="quiet">{trunk.id}</code></th>
                  <td><Standing trunk={trunk} /></td>
                  <td>{t(`routing.registration.${registration(trunk)}`)}</td>
                  <td>{trunk.server === '' ? t('routing.comes_in_only') : `${trunk.server} · ${trunk.transport.toUpperCase()}`}</td>
                  <td className="number">{trunk.taken} / {trunk.channels === 0 ? '∞' : trunk.channels}</td>
                  <td className="number">{trunk.blocked}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Drawer size={720} title={isNew ? t('routing.new_trunk') : (chosen?.name ?? '')} open={chosen !== undefined} onClose={close} destroyOnHidden>
        {chosen === undefined ? null : <TrunkEditor key={chosen.id} stored={chosen} isNew={isNew} onDone={close} />}
      </Drawer>
    </div>
  )
}
