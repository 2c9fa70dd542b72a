/** The top bar: whose centre this is, the agent's state, how well everything is connected, who I am. */
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { Me } from '@/api/schema'
import { StatePill } from '@/features/desk/StatePill'
import { nameIn } from '@/ui/format'
import { openHelp } from '@/ui/help'

import { Bell } from './Bell'
import { LanguageSwitch } from './LanguageSwitch'
import { LinkLight } from './LinkLight'
import { useOwnPreferences, usePrefer } from './preferences'
import { Search } from './Search'
import { UserMenu } from './UserMenu'

export function TopBar({ me }: { me: Me }): ReactElement {
  const { t, i18n } = useTranslation()
  const prefer = usePrefer()
  useOwnPreferences()
  return (
    <header className="topbar">
      <span className="brand">{t('app.name')}</span>
      <span className="quiet">{nameIn(i18n.language, me.org)}</span>
      {me.demo ? (
        <span className="demo-mark" data-testid="demo-mark">
          {t('app.demo')}
        </span>
      ) : null}
      <span className="grow" />
      <Search me={me} />
      <StatePill />
      <LinkLight />
      <Bell me={me} />
      <Button type="text" onClick={openHelp} aria-label={t('help.title')} title={`${t('help.title')} (?)`} data-testid="open-help">
        ?
      </Button>
      <LanguageSwitch onChange={(language) => prefer({ language })} />
      <UserMenu me={me} />
    </header>
  )
}
