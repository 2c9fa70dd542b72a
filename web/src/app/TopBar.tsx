/** The top bar: whose centre this is, the agent's state, how well everything is connected, who I am. */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Dropdown } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { session } from '@/api/calls'
import type { Me } from '@/api/schema'
import { sessionQuery } from '@/api/session'
import { StatePill } from '@/features/desk/StatePill'
import { useDeskView } from '@/features/desk/view'
import { closeLink } from '@/live/link'
import { usePhoneControl } from '@/phone/context'
import { openHelp } from '@/ui/help'
import { useCommand } from '@/ui/useCommand'

import { LanguageSwitch } from './LanguageSwitch'
import { LinkLight } from './LinkLight'

function UserMenu({ me }: { me: Me }): ReactElement {
  const { t } = useTranslation()
  const phone = usePhoneControl()
  const client = useQueryClient()
  const navigate = useNavigate()
  const view = useDeskView()
  const leave = useCommand(async () => {
    if (view?.signed_in === true && view.here) await phone.signOut()
    else phone.forget()
    await session.close()
    closeLink()
    client.clear()
    void navigate('/login')
    client.setQueryData(sessionQuery.queryKey, null)
  })
  const number = me.agent === null || me.user.name.includes(me.agent.no) ? '' : ` ${me.agent.no}`
  const isInCall = view?.contact !== null && view?.contact !== undefined
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'role', label: t(`role.${me.user.role}`), disabled: true },
          { key: 'leave', label: <span data-testid="sign-out">{t('session.sign_out')}</span>, disabled: isInCall },
        ],
        onClick: ({ key }) => (key === 'leave' ? void leave.run() : undefined),
      }}
    >
      <Button type="text" data-testid="user-menu" loading={leave.isBusy}>
        {me.user.name}
        {number} ▾
      </Button>
    </Dropdown>
  )
}

export function TopBar({ me }: { me: Me }): ReactElement {
  const { t } = useTranslation()
  return (
    <header className="topbar">
      <span className="brand">{t('app.name')}</span>
      <span className="quiet">{me.org.name}</span>
      {me.demo ? (
        <span className="demo-mark" data-testid="demo-mark">
          {t('app.demo')}
        </span>
      ) : null}
      <span className="grow" />
      <StatePill />
      <LinkLight />
      <Button type="text" onClick={openHelp} aria-label={t('help.title')} title={`${t('help.title')} (?)`} data-testid="open-help">
        ?
      </Button>
      <LanguageSwitch />
      <UserMenu me={me} />
    </header>
  )
}
