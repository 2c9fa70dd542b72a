/** Routes and what surrounds them: theme, words, server cache, clock, phone. */
import { QueryClientProvider, useQuery, type QueryClient } from '@tanstack/react-query'
import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { lazy, Suspense, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { BrowserRouter, Navigate, Route, Routes } from 'react-router'

import { sessionQuery, useMe } from '@/api/session'
import { DeskPage } from '@/features/desk/DeskPage'
import { LoginPage } from '@/features/session/LoginPage'
import { onClock, serverNow } from '@/live/clock'
import { PhoneContext } from '@/phone/context'
import type { Phone } from '@/phone/phone'
import { ClockContext, type Clock } from '@/ui/clock'
import { isEnglish } from '@/ui/format'
import { ErrorBox, Loading } from '@/ui/states'

import { ErrorBoundary } from './ErrorBoundary'
import { loadReportWords } from './i18n'
import { LanguageSwitch } from './LanguageSwitch'
import { homeOf } from './nav'
import { NotFound, Welcome } from './pages'
import { Shell } from './Shell'
import { THEME } from './theme'

const SetupPage = lazy(() => import('@/features/setup/SetupPage').then((room) => ({ default: room.SetupPage })))
const LivePage = lazy(() => import('@/features/live/LivePage').then((room) => ({ default: room.LivePage })))
const RecordsPage = lazy(() => import('@/features/records/RecordsPage').then((room) => ({ default: room.RecordsPage })))
const RecordPage = lazy(() => import('@/features/records/RecordPage').then((room) => ({ default: room.RecordPage })))

/** A page of the reports, with its words. */
function withWords<Room>(room: Promise<Room>): Promise<Room> {
  return Promise.all([room, loadReportWords()]).then(([loaded]) => loaded)
}
const ReportsPage = lazy(() => withWords(import('@/features/reports/ReportsPage')).then((room) => ({ default: room.ReportsPage })))
const ReportPage = lazy(() => withWords(import('@/features/reports/ReportPage')).then((room) => ({ default: room.ReportPage })))
const CostsPage = lazy(() => withWords(import('@/features/reports/CostsPage')).then((room) => ({ default: room.CostsPage })))
const ControlSheetPage = lazy(() =>
  withWords(import('@/features/reports/ControlSheetPage')).then((room) => ({ default: room.ControlSheetPage })),
)

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
      <Route element={<SignedIn tab={tab} />}>
        <Route path="/" element={<Home />} />
        <Route path="/welcome" element={<Welcome />} />
        <Route path="/desk" element={<Page name="desk"><DeskPage /></Page>} />
        <Route path="/setup" element={<Page name="setup"><SetupPage /></Page>} />
        <Route path="/live" element={<Page name="live"><LivePage /></Page>} />
        <Route path="/records" element={<Page name="records"><RecordsPage /></Page>} />
        <Route path="/records/:id" element={<Page name="record"><RecordPage /></Page>} />
        <Route path="/reports" element={<Page name="reports"><ReportsPage /></Page>} />
        <Route path="/reports/costs" element={<Page name="costs"><CostsPage /></Page>} />
        <Route path="/reports/:id" element={<Page name="report"><ReportPage /></Page>} />
        <Route path="/control-sheet" element={<Page name="control-sheet"><ControlSheetPage /></Page>} />
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
  return (
    <QueryClientProvider client={client}>
      <PhoneContext value={phone}>
        <ClockContext value={SERVER_CLOCK}>
          <ConfigProvider
            theme={THEME}
            componentSize="middle"
            locale={isEnglish(i18n.language) ? enUS : zhCN}
            button={{ autoInsertSpace: false }}
          >
            <BrowserRouter>
              <Pages tab={tab} />
            </BrowserRouter>
          </ConfigProvider>
        </ClockContext>
      </PhoneContext>
    </QueryClientProvider>
  )
}
