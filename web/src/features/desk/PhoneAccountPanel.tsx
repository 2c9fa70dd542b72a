/** 话机账号: what a person types into the phone on the desk, and whether the phone has registered. */
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { desk } from '@/api/calls'
import type { DeskView, PhoneAccount } from '@/api/schema'
import { announce } from '@/ui/announce'
import { useCommand } from '@/ui/useCommand'

function Copyable({ name, value }: { name: string; value: string }): ReactElement {
  const { t } = useTranslation()
  const [isCopied, setCopied] = useState(false)
  const label = t(`phone_account.${name}`)
  const copy = useCommand(async () => {
    await navigator.clipboard.writeText(value)
    setCopied(true)
    announce(t('phone_account.copied'))
  })
  return (
    <>
      <dt>{label}</dt>
      <dd className="copyable">
        <Input
          readOnly
          className="typed"
          size="small"
          value={value}
          aria-label={label}
          data-testid={`phone-account-${name}`}
          onFocus={(event) => event.target.select()}
        />
        {/* Browsers copy for a page of a secure connection only; else the field is selected by a click. */}
        {window.isSecureContext ? (
          <Button size="small" aria-label={`${t('phone_account.copy')} ${label}`} onClick={() => void copy.run()}>
            {isCopied ? t('phone_account.copied') : t('phone_account.copy')}
          </Button>
        ) : null}
      </dd>
    </>
  )
}

function Shown({ account }: { account: PhoneAccount }): ReactElement {
  const { t } = useTranslation()
  return (
    <>
      <dl className="facts facts-middle">
        <Copyable name="server" value={account.server} />
        <dt>{t('phone_account.transport')}</dt>
        <dd>{account.transport.toUpperCase()}</dd>
        <Copyable name="username" value={account.username} />
        <Copyable name="password" value={account.password} />
        <dt>{t('phone_account.realm')}</dt>
        <dd>{account.realm}</dd>
      </dl>
      {account.is_local_only ? (
        <p className="over" role="alert" data-testid="phone-account-local-only">
          ▲ {t('phone_account.local_only')}
        </p>
      ) : null}
    </>
  )
}

export function PhoneAccountPanel({ view }: { view: DeskView }): ReactElement | null {
  const { t } = useTranslation()
  const [account, setAccount] = useState<PhoneAccount | null>(null)
  const show = useCommand(async () => setAccount(await desk.phoneAccount()))
  if (!view.here || view.device !== 'phone') return null
  const word = view.registered ? 'registered' : 'not_registered'
  return (
    <section className="panel stack" aria-label={t('phone_account.title')} data-testid="phone-account">
      <div className="row">
        <h2 className="panel-title grow">{t('phone_account.title')}</h2>
        <span
          className={view.registered ? 'status light-ok' : 'status light-red'}
          role="status"
          data-testid="phone-registered"
          data-registered={view.registered}
        >
          <span aria-hidden="true">{view.registered ? '●' : '■'}</span> {t(`phone_account.${word}`)}
        </span>
        <Button
          size="small"
          loading={show.isBusy}
          data-testid="phone-account-show"
          onClick={() => (account === null ? void show.run() : setAccount(null))}
        >
          {account === null ? t('phone_account.show') : t('phone_account.hide')}
        </Button>
      </div>
      {view.registered ? null : <p className="quiet">{t('phone_account.why')}</p>}
      {account === null ? null : <Shown account={account} />}
    </section>
  )
}
