/** Who I am: how my desktop looks, my keys, my password, and out. */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Dropdown } from 'antd'
import { Suspense, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { session } from '@/api/calls'
import type { Me } from '@/api/schema'
import { sessionQuery } from '@/api/session'
import { useDeskView } from '@/features/desk/view'
import { closeLink } from '@/live/link'
import { usePhoneControl } from '@/phone/context'
import { nameIn } from '@/ui/format'
import { late } from '@/ui/late'
import { useCommand } from '@/ui/useCommand'

import { loadWords } from './i18n'

type Sheet = 'look' | 'keys' | 'password'

const OwnSheet = late(async () => {
  const [found] = await Promise.all([import('./OwnSheet'), loadWords('own')])
  return found.OwnSheet
})

const isSheet = (key: string): key is Sheet => ['look', 'keys', 'password'].includes(key)

export function UserMenu({ me }: { me: Me }): ReactElement {
  const { t, i18n } = useTranslation()
  const phone = usePhoneControl()
  const client = useQueryClient()
  const navigate = useNavigate()
  const view = useDeskView()
  const [sheet, setSheet] = useState<Sheet | null>(null)
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
  const choose = (key: string): void => {
    if (key === 'leave') void leave.run()
    else if (isSheet(key)) setSheet(key)
  }
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'role', label: nameIn(i18n.language, { name: me.user.role_name, name_en: me.user.role_name_en }), disabled: true },
            { type: 'divider' },
            { key: 'look', label: <span data-testid="own-look">{t('own.look')}</span> },
            { key: 'keys', label: <span data-testid="own-keys">{t('own.keys')}</span> },
            { key: 'password', label: <span data-testid="own-password">{t('own.password')}</span> },
            { type: 'divider' },
            { key: 'leave', label: <span data-testid="sign-out">{t('session.sign_out')}</span>, disabled: isInCall },
          ],
          onClick: ({ key }) => choose(key),
        }}
      >
        <Button type="text" className="user-menu" data-testid="user-menu" loading={leave.isBusy}>
          {me.user.name}
          {number} ▾
        </Button>
      </Dropdown>
      {sheet === null ? null : (
        <Suspense>
          <OwnSheet which={sheet} onClose={() => setSheet(null)} />
        </Suspense>
      )}
    </>
  )
}
