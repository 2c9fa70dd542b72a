/** 满意度调查: what customers said, and whom to ask after what. */
import { type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { useMay } from '@/api/session'
import { usePageHelp } from '@/ui/help'
import { PageShell } from '@/ui/PageShell'

import { ResultsTab } from './ResultsTab'
import { SetUpTab } from './SetUpTab'
import './surveys.css'

export function SurveysPage(): ReactElement {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const mayRead = useMay('surveys.read')
  const mayEdit = useMay('cases.edit')
  usePageHelp(t('surveys.help'))
  const tabs = [...(mayRead ? (['results'] as const) : []), ...(mayEdit ? (['set_up'] as const) : [])]
  const tab = tabs.find((each) => each === search.get('tab')) ?? tabs[0]
  return (
    <PageShell
      title={t('surveys.title')}
      beside={
        <div className="survey-tabs" role="group" aria-label={t('surveys.title')}>
          {tabs.map((each) => (
            <button key={each} type="button" className="survey-tab" aria-pressed={each === tab} data-testid={`surveys-${each}`} onClick={() => setSearch({ tab: each })}>
              {t(`surveys.tab.${each}`)}
            </button>
          ))}
        </div>
      }
    >
      {tab === 'set_up' ? <SetUpTab /> : tab === 'results' ? <ResultsTab /> : null}
    </PageShell>
  )
}
