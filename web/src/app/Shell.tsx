/** The frame around every page; never unmounted by going from one page to another. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, Outlet, useLocation } from 'react-router'

import type { Me } from '@/api/schema'
import { OfferStrip } from '@/features/desk/OfferStrip'
import { SoftphoneBar } from '@/features/desk/SoftphoneBar'
import { Announcer } from '@/ui/Announcer'
import { HelpSheet } from '@/ui/HelpSheet'

import { mayOpen, navFor } from './nav'
import { NoPermission } from './pages'
import { Strips } from './Strips'
import { TopBar } from './TopBar'
import { useDeskSession } from './useDeskSession'

function Rail({ me }: { me: Me }): ReactElement {
  const { t } = useTranslation()
  return (
    <nav className="rail" aria-label={t('nav.label')}>
      {navFor(me).map((item) => (
        <NavLink key={item.path} to={item.path} data-testid={`nav-${item.path.slice(1)}`}>
          {item.icon}
          {t(item.labelKey)}
        </NavLink>
      ))}
    </nav>
  )
}

export function Shell({ me, tab }: { me: Me; tab: string }): ReactElement {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  useDeskSession(me, tab)
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('nav.skip')}
      </a>
      <Announcer />
      <div className="shell-top">
        <TopBar me={me} />
        <OfferStrip />
        <Strips />
        <SoftphoneBar />
      </div>
      <Rail me={me} />
      <main id="main" className="shell-main" tabIndex={-1}>
        {mayOpen(me, pathname) ? <Outlet /> : <NoPermission />}
      </main>
      <HelpSheet />
    </div>
  )
}
