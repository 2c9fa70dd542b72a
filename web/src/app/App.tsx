/** Routes and what surrounds them: theme, words, server cache, clock, phone. */
import { QueryClientProvider, useQuery, type QueryClient } from '@tanstack/react-query'
import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { Suspense, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { BrowserRouter, Navigate, Route, Routes } from 'react-router'

import { sessionQuery, useMe } from '@/api/session'
import { DeskPage } from '@/features/desk/DeskPage'
import { LoginPage } from '@/features/session/LoginPage'
import { onClock, serverNow } from '@/live/clock'
import { PhoneContext } from '@/phone/context'
import type { Phone } from '@/phone/phone'
import { shownTheme, useAppearance } from '@/ui/appearance'
import { ClockContext, type Clock } from '@/ui/clock'
import { isEnglish } from '@/ui/format'
import { ErrorBox, Loading } from '@/ui/states'

import { ErrorBoundary } from './ErrorBoundary'
import { LanguageSwitch } from './LanguageSwitch'
import { homeOf } from './nav'
import { NotFound, Welcome } from './pages'
import { ROOMS, WALL } from './rooms'
import { Shell } from './Shell'
import { THEMES } from './theme'

const SERVER_CLOCK: Clock = { now: serverNow, subscribe: onClock }

function Page({ name, children }: { name: string; children: ReactNode }): ReactElement {
  return (
    <ErrorBoundary key={name} name={name}>
      <Suspense fallback={<Loading />}>{children}</Suspense>
    </ErrorBoundary>
  )
}

function Home(): ReactElement {
  const me = useMe()
  return me === null ? <Navigate to="/login" replace /> : <Navigate to={homeOf(me)} replace />
}

function SignedIn({ tab }: { tab: string }): ReactElement {
  const session = useQuery(sessionQuery)
  // A person once known stays known while the server is away.
  if (session.data === undefined) {
    return session.isError ? <ErrorBox error={session.error} onRetry={() => void session.refetch()} /> : <Loading />
  }
  if (session.data === null) return <Navigate to="/login" replace />
  return <Shell key={session.data.user.id} me={session.data} tab={tab} />
}

export function Pages({ tab }: { tab: string }): ReactElement {
  return (
    <Routes>
      <Route path="/login" element={<LoginPage corner={<LanguageSwitch />} />} />
      <Route path={WALL.path} element={<Page name={WALL.name}><WALL.Room /></Page>} />
      <Route element={<SignedIn tab={tab} />}>
        <Route path="/" element={<Home />} />
        <Route path="/welcome" element={<Welcome />} />
        <Route path="/desk" element={<Page name="desk"><DeskPage /></Page>} />
        {ROOMS.map(({ path, name, Room }) => (
          <Route key={path} path={path} element={<Page name={name}><Room /></Page>} />
        ))}
        <Route path="*" element={<NotFound />} />
      </Route>
    </Routes>
  )
}

export interface AppProps {
  client: QueryClient
  phone: Phone
  tab: string
}

export function App({ client, phone, tab }: AppProps): ReactElement {
  const { i18n } = useTranslation()
  const theme = useAppearance(shownTheme)
  const isCompact = useAppearance((state) => state.density === 'compact')
  return (
    <QueryClientProvider client={client}>
      <PhoneContext value={phone}>
        <ClockContext value={SERVER_CLOCK}>
          <ConfigProvider
            theme={THEMES[theme]}
            componentSize={isCompact ? 'small' : 'middle'}
            locale={isEnglish(i18n.language) ? enUS : zhCN}
            button={{ autoInsertSpace: false }}
          >
            <BrowserRouter>
              <ErrorBoundary name="app">
                <Pages tab={tab} />
              </ErrorBoundary>
            </BrowserRouter>
          </ConfigProvider>
        </ClockContext>
      </PhoneContext>
    </QueryClientProvider>
  )
}
