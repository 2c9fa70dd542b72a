/** 工单详情: everything about one work order, and what may be done with it now. */
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'

import type { Case } from '@/api/cases'
import { useMay } from '@/api/session'
import { CaseMarks, CaseStateTag, PriorityTag } from '@/shared/cases/CaseTags'
import { useCaseNames } from '@/shared/cases/known'
import { CaseSurveys } from '@/shared/surveys/CaseSurveys'
import { useHelpKeys, usePageHelp } from '@/ui/help'
import { PageShell } from '@/ui/PageShell'
import { codeOf, useProblemText } from '@/ui/problems'
import { useShortcuts, type Shortcuts } from '@/ui/shortcuts'
import { ErrorBox, Loading } from '@/ui/states'

import { ActionBar, useOffered } from './ActionBar'
import { ACTIONS, actionOf, NOTHING_SAID, type Action } from './actions'
import { leftList } from './asked'
import { CaseAnnouncements } from './CaseAnnouncements'
import { CaseFacts } from './CaseFacts'
import { CaseFiles } from './CaseFiles'
import './casework.css'
import { Composer } from './Composer'
import { LimitTiles } from './LimitTiles'
import { Rounds } from './Rounds'
import { Timeline } from './Timeline'
import { useCase } from './useCase'
import { useFiring } from './useFiring'

/** The work orders before and after this one in the list it was opened from. */
function useNeighbours(it: Case | undefined): { before: string | null; after: string | null; back: string } {
  const [left] = useState(leftList)
  const at = it === undefined ? -1 : left.ids.indexOf(it.id)
  return { before: at > 0 ? (left.ids[at - 1] ?? null) : null, after: at < 0 ? null : (left.ids[at + 1] ?? null), back: `/cases${left.search}` }
}

const pathOf = (id: string): string => `/cases/${encodeURIComponent(id)}`

function Beside({ it }: { it: Case | undefined }): ReactElement {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { before, after, back } = useNeighbours(it)
  const go = (id: string | null): void => {
    if (id !== null) void navigate(pathOf(id))
  }
  useShortcuts({ k: () => go(before), j: () => go(after) })
  return (
    <>
      <span className="grow" />
      <span className="row case-around">
        <Button size="small" disabled={before === null} onClick={() => go(before)} data-testid="case-before">
          {t('casework.before')} <kbd className="kbd">K</kbd>
        </Button>
        <Button size="small" disabled={after === null} onClick={() => go(after)} data-testid="case-after">
          {t('casework.after')} <kbd className="kbd">J</kbd>
        </Button>
        <Button size="small" onClick={() => window.print()} data-testid="case-print">
          {t('casework.print')}
        </Button>
        <Link to={back}>{t('casework.to_list')}</Link>
      </span>
    </>
  )
}

function Head({ it }: { it: Case }): ReactElement {
  const { t } = useTranslation()
  const { kind, area } = useCaseNames()
  return (
    <section className="panel case-head" aria-label={t('casework.head')} data-testid="case-head">
      <b className="figure">{it.number}</b>
      <span className="case-title">{it.title}</span>
      <span className="quiet">{kind(it.kind)}</span>
      <PriorityTag priority={it.priority} />
      <CaseStateTag state={it.state} isSuspended={it.suspended} />
      {it.area === null ? null : <span>{area(it.area)}</span>}
      {it.round > 1 ? <span className="case-mark">{t('casework.round.name', { number: it.round })}</span> : null}
      <CaseMarks {...it} />
    </section>
  )
}

function Work({ it }: { it: Case }): ReactElement {
  const { t } = useTranslation()
  const textOf = useProblemText()
  const navigate = useNavigate()
  const mayWarn = useMay('cases.create')
  const [chosen, setChosen] = useState<Action | null>(null)
  const [busy, setBusy] = useState<string | null>(null)
  const firing = useFiring()
  const offered = useOffered(it)
  const choose = async (action: Action): Promise<void> => {
    firing.forget()
    if (action.asks.length > 0) {
      setChosen(chosen?.event === action.event ? null : action)
      return
    }
    setChosen(null)
    setBusy(action.event)
    await firing.fire(action, NOTHING_SAID, it)
    setBusy(null)
  }
  const keys: Shortcuts = {
    u: () => (mayWarn && !it.warned ? void navigate(`/warnings?case=${encodeURIComponent(it.id)}`) : undefined),
  }
  for (const key of new Set(ACTIONS.flatMap((action) => action.keys ?? []))) {
    // Suspending and resuming share a key: the one that is its turn.
    keys[key] = () => {
      const found = offered.find(({ action, isPossible, whyNot }) => action.keys === key && isPossible && whyNot === null)
      if (found !== undefined) void choose(found.action)
    }
  }
  useShortcuts(keys)
  useHelpKeys('cases', [
    ...ACTIONS.flatMap((action) => (action.keys === undefined || action.event === 'resume' ? [] : [{ keys: action.keys, does: t(`casework.event.${action.event}`) }])),
    { keys: 'u', does: t('casework.warn') },
    { keys: 'k', does: t('casework.before') },
    { keys: 'j', does: t('casework.after') },
  ])
  return (
    <div className="case-work">
      {firing.refusal === null ? null : (
        <div className="error-box composer-refusal" role="alert" data-testid="act-refusal">
          <span aria-hidden="true">■ </span>
          {textOf(firing.refusal)} <code>{codeOf(firing.refusal)}</code>
        </div>
      )}
      {chosen === null ? null : (
        <Composer key={chosen.event} it={it} action={chosen} onDone={() => setChosen(null)} onClose={() => setChosen(null)} />
      )}
      <ActionBar it={it} chosen={chosen?.event ?? null} busy={busy} onChoose={(action) => void choose(actionOf(action.event) ?? action)} />
    </div>
  )
}

export function CasePage(): ReactElement {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const found = useCase(id)
  const it = found.data
  usePageHelp(t('casework.detail_about'))
  return (
    <PageShell title={t('casework.detail_title')} beside={<Beside key={id} it={it} />}>
      {found.isPending ? <Loading rows={8} /> : null}
      {found.isError && it === undefined ? <ErrorBox error={found.error} onRetry={() => void found.refetch()} /> : null}
      {it === undefined ? null : (
        <>
          <Head it={it} />
          <LimitTiles it={it} />
          <div className="case-body">
            <div className="stack">
              <CaseAnnouncements it={it} />
              <Timeline it={it} />
              <CaseFiles it={it} />
              <CaseSurveys id={it.id} isDone={['done', 'review', 'archived'].includes(it.state)} />
              <Rounds it={it} />
            </div>
            <CaseFacts it={it} />
          </div>
          <Work key={it.id} it={it} />
        </>
      )}
    </PageShell>
  )
}
