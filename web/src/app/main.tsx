/** Where the desktop starts. */
import { QueryClient } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'

import '@/ui/styles.css'
import '@/ui/reach.css'

import { ApiProblem, onUnauthorised } from '@/api/client'
import { nameTab } from '@/phone/leader'
import { followAppearance } from '@/ui/appearance'

import { App } from './App'
import { endSession } from './ended'
import { startI18n } from './i18n'
import { makePhone } from './phone'

const RETRIES_WHEN_UNREACHABLE = 2

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (count, error) =>
        error instanceof ApiProblem && error.status === 0 && count < RETRIES_WHEN_UNREACHABLE,
    },
  },
})

onUnauthorised(() => endSession(client))

followAppearance()
const [tab] = await Promise.all([nameTab(), startI18n()])
const root = document.getElementById('root')
if (root === null) throw new Error('The page has no root element.')
createRoot(root).render(<App client={client} phone={makePhone(tab)} tab={tab} />)
