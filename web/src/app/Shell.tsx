/** The frame around every page; never unmounted by going from one page to another. */
import { Suspense, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Outlet, useLocation } from 'react-router'

import type { DeskView, Me } from '@/api/schema'
import { may } from '@/api/session'
import { OfferStrip } from '@/features/desk/OfferStrip'
import { SoftphoneBar } from '@/features/desk/SoftphoneBar'
import { useRow } from '@/live/hooks'
import { Announcer } from '@/ui/Announcer'
import { HelpSheet } from '@/ui/HelpSheet'
import { late } from '@/ui/late'

import { ErrorBoundary } from './ErrorBoundary'
import { loadWords } from './i18n'
import { itemAt, mayOpen, navFor, tabAt, type NavItem } from './nav'
import { NoPermission } from './pages'
import { Strips } from './Strips'
import { TopBar } from './TopBar'
import { useDeskSession } from './useDeskSession'
import { useFreshRights } from './useFreshRights'

const AwayBar = late(async () => {
  const [part] = await Promise.all([import('@/features/live/AwayBar'), loadWords('live')])
  return part.AwayBar
})

const AlarmWatch = late(async () => {
  const [part] = await Promise.all([import('@/features/live/AlarmWatch'), loadWords('live')])
  return part.AlarmWatch
})

/** One part of the frame: where it fails it says so, and the others, the telephone above all, go on. */
function Part({ name, children }: { name: string; children: ReactNode }): ReactElement {
  return (
    <ErrorBoundary name={name}>
      <Suspense fallback={null}>{children}</Suspense>
    </ErrorBoundary>
  )
}

function Rail({ items, here }: { items: readonly NavItem[]; here: NavItem | undefined }): ReactElement {
  const { t } = useTranslation()
  return (
    <nav className="rail" aria-label={t('nav.label')}>
      {items.map((item) => (
        <Link
          key={item.path}
          to={item.path}
          className={item === here ? 'active' : undefined}
          aria-current={item === here ? 'page' : undefined}
          data-testid={`nav-${item.path.slice(1)}`}
        >
          {item.icon}
          {t(item.labelKey)}
        </Link>
      ))}
    </nav>
  )
}

/** The pages of the second level. */
function Tabs({ item, path }: { item: NavItem; path: string }): ReactElement | null {
  const { t } = useTranslation()
  if (item.tabs.length < 2) return null
  const here = tabAt(item.tabs, path)
  return (
    <nav className="nav-tabs" aria-label={t('nav.tabs')}>
      {item.tabs.map((tab) => (
        <Link
          key={tab.path}
          to={tab.path}
          className={tab === here ? 'active' : undefined}
          aria-current={tab === here ? 'page' : undefined}
          data-testid={`tab-${tab.path.slice(1).replaceAll('/', '-')}`}
        >
          {t(tab.labelKey)}
        </Link>
      ))}
    </nav>
  )
}

export function Shell({ me, tab }: { me: Me; tab: string }): ReactElement {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  useDeskSession(me, tab)
  useFreshRights()
  const items = navFor(me)
  const here = itemAt(items, pathname)
  // The floor has its own bar.
  const isListening = useRow<DeskView>('me', 'me')?.monitoring != null && pathname !== '/live'
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('nav.skip')}
      </a>
      <Announcer />
      <div className="shell-top">
        <Part name="top">
          <TopBar me={me} />
        </Part>
        <Part name="offer">
          <OfferStrip />
        </Part>
        <Part name="strips">
          <Strips />
        </Part>
        {may(me, 'live.read') ? (
          <Part name="alarms">
            <AlarmWatch />
          </Part>
        ) : null}
        <Part name="phone">
          <SoftphoneBar />
        </Part>
        {isListening ? (
          <Part name="listening">
            <AwayBar />
          </Part>
        ) : null}
      </div>
      <Rail items={items} here={here} />
      <main id="main" className="shell-main" tabIndex={-1}>
        {here === undefined ? null : <Tabs item={here} path={pathname} />}
        {mayOpen(me, pathname) ? <Outlet /> : <NoPermission />}
      </main>
      <HelpSheet />
    </div>
  )
}
