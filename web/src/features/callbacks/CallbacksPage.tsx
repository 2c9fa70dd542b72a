/** 回访: mine, all of them, giving out, and how it went. The tab is in the address. */
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { callbacks } from '@/api/callbacks'
import { useMay } from '@/api/session'
import { usePageHelp } from '@/ui/help'
import { PageShell } from '@/ui/PageShell'

import { CallbackTable } from './CallbackTable'
import './callbacks.css'
import { GiveTab } from './GiveTab'
import { COUNTS, FOLLOW_EVERY_MS, TABS, tabOf, type Tab } from './known'
import { SummaryTab } from './SummaryTab'

const PAGES: Record<Tab, () => ReactElement> = {
  mine: () => <CallbackTable list="mine" />,
  all: () => <CallbackTable list="all" />,
  give: GiveTab,
  summary: SummaryTab,
}

export function CallbacksPage(): ReactElement {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const mayGive = useMay('cases.dispatch')
  usePageHelp(t('callbacks.help'))
  const counts = useQuery({ queryKey: COUNTS, queryFn: callbacks.counts, refetchInterval: FOLLOW_EVERY_MS, refetchOnWindowFocus: true })
  const tabs = TABS.filter((each) => mayGive || each === 'mine' || each === 'all')
  const wanted = tabOf(search)
  const tab = tabs.includes(wanted) ? wanted : 'mine'
  const many = (each: Tab): string => {
    if (counts.data === undefined || each === 'summary') return ''
    return ` ${each === 'give' ? counts.data.nobodys : counts.data[each]}`
  }
  const Shown = PAGES[tab]
  return (
    <PageShell
      title={t('callbacks.title')}
      beside={
        <div className="callback-tabs" role="group" aria-label={t('callbacks.tabs')}>
          {tabs.map((each) => (
            <button
              key={each}
              type="button"
              className="callback-tab"
              aria-pressed={each === tab}
              data-testid={`callbacks-${each}`}
              onClick={() => setSearch(each === 'mine' ? {} : { tab: each })}
            >
              {t(`callbacks.tab.${each}`)}
              <span className="figure">{many(each)}</span>
            </button>
          ))}
        </div>
      }
    >
      <Shown key={tab} />
    </PageShell>
  )
}
