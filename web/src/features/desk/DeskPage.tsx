/** 工作台: the agent's page. The strips and the softphone bar above it belong to the shell. */
import { Suspense, useDeferredValue, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { DeskView, WrapUp } from '@/api/schema'
import { useMay } from '@/api/session'
import { withAnnouncementWords } from '@/shared/announcements/words'
import { late } from '@/ui/late'
import { Loading } from '@/ui/states'

import { AnnouncedHere, ContactColumn, Former } from './ContactColumn'
import { CustomerPanel } from './CustomerPanel'
import { IdleHint, QueueBrief, Today } from './IdleView'
import { PhoneAccountPanel } from './PhoneAccountPanel'
import { SignInPanel } from './SignInPanel'
import { useDeskView } from './view'
import { withCaseWords, withDeskWords } from './words'
import { isAfterCall, useWrapUpDraft } from './wrapUp'
import { WrapUpClock } from './WrapUpClock'
import { WrapUpPanel } from './WrapUpPanel'

const Todos = late(() => withDeskWords(import('./Todos')).then((room) => room.Todos))
const DueCases = late(() => withCaseWords(import('./DueCases')).then((room) => room.DueCases))
const SoundPanel = late(() => withDeskWords(import('./SoundPanel')).then((room) => room.SoundPanel))
const GoingOn = late(() => withAnnouncementWords(import('./Announced')).then((room) => room.GoingOn))
const FaxLink = late(() => withDeskWords(import('./FaxLink')).then((room) => room.FaxLink))

function WithWrapUp({ view, wrapUp }: { view: DeskView; wrapUp: WrapUp }): ReactElement {
  const draft = useWrapUpDraft(wrapUp)
  const isOver = isAfterCall(view)
  return (
    <>
      {isOver ? <WrapUpClock view={view} wrapUp={wrapUp} draft={draft} /> : null}
      <div className="desk">
        <Left view={view} />
        <ContactColumn view={view} filling={draft.value} />
        <WrapUpPanel wrapUp={wrapUp} draft={draft} isAfterCall={isOver} />
      </div>
    </>
  )
}

/** The customer, after the call too while it is wrapped up. */
function Left({ view }: { view: DeskView }): ReactElement | null {
  const customer = view.contact ?? view.wrap_up?.about ?? null
  return customer === null ? null : <CustomerPanel contact={customer} isOver={view.contact === null} />
}

/** The call has not been answered yet, or none is there: what is to be done, how the day goes, what waits. */
function Idle({ view }: { view: DeskView }): ReactElement {
  const seesCases = useMay('cases.read')
  const mayRead = useMay('announcements.read')
  return (
    <div className="desk">
      <Suspense fallback={<Loading />}>
        <Todos view={view} />
      </Suspense>
      <div className="stack">
        {view.offer === null ? null : <AnnouncedHere contact={view.offer.contact} />}
        {view.offer === null ? <IdleHint view={view} /> : <Former contact={view.offer.contact} />}
        {seesCases ? (
          <Suspense>
            <DueCases />
          </Suspense>
        ) : null}
        <Today view={view} />
        <PhoneAccountPanel view={view} />
      </div>
      <div className="stack">
        {mayRead ? (
          <Suspense>
            <GoingOn />
          </Suspense>
        ) : null}
        <QueueBrief view={view} />
        {view.device === 'browser' ? (
          <Suspense>
            <SoundPanel />
          </Suspense>
        ) : null}
        <Suspense>
          <FaxLink />
        </Suspense>
      </div>
    </div>
  )
}

function Desk({ view }: { view: DeskView }): ReactElement {
  if (view.wrap_up !== null) return <WithWrapUp key={view.wrap_up.contact} view={view} wrapUp={view.wrap_up} />
  if (view.contact === null) return <Idle view={view} />
  return (
    <div className="desk">
      <Left view={view} />
      <ContactColumn view={view} />
    </div>
  )
}

export function DeskPage(): ReactElement {
  const { t } = useTranslation()
  // The head strip is painted from the newest view; this page may follow a moment later.
  const view = useDeferredValue(useDeskView())
  return (
    <div className="page">
      <h1 className="screen-reader">{t('desk.title')}</h1>
      {view === undefined ? <Loading /> : view.signed_in ? <Desk view={view} /> : <SignInPanel />}
    </div>
  )
}
