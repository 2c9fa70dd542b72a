/** 工作台: the agent's page. The strips and the softphone bar above it belong to the shell. */
import { useDeferredValue, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { DeskView, WrapUp } from '@/api/schema'
import { PageShell } from '@/ui/PageShell'
import { Loading } from '@/ui/states'

import { ContactColumn } from './ContactColumn'
import { CustomerPanel } from './CustomerPanel'
import { IdleHint, QueueBrief, Today } from './IdleView'
import { PhoneAccountPanel } from './PhoneAccountPanel'
import { SignInPanel } from './SignInPanel'
import { useDeskView } from './view'
import { isAfterCall, useWrapUpDraft } from './wrapUp'
import { WrapUpClock } from './WrapUpClock'
import { WrapUpPanel } from './WrapUpPanel'

function WithWrapUp({ view, wrapUp }: { view: DeskView; wrapUp: WrapUp }): ReactElement {
  const draft = useWrapUpDraft(wrapUp)
  const isOver = isAfterCall(view)
  return (
    <>
      {isOver ? <WrapUpClock view={view} wrapUp={wrapUp} draft={draft} /> : null}
      <div className="desk">
        <Left view={view} />
        <ContactColumn view={view} />
        <WrapUpPanel wrapUp={wrapUp} draft={draft} isAfterCall={isOver} />
      </div>
    </>
  )
}

/** The customer, after the call too as long as the wrap-up is theirs; else what waits. */
function Left({ view }: { view: DeskView }): ReactElement {
  const [last, setLast] = useState(view.contact)
  if (view.contact !== null && view.contact !== last) setLast(view.contact)
  const customer = view.contact ?? (last?.id === view.wrap_up?.contact ? last : null)
  return customer === null ? <QueueBrief view={view} /> : <CustomerPanel contact={customer} isOver={view.contact === null} />
}

function Idle({ view }: { view: DeskView }): ReactElement {
  return (
    <div className="stack">
      <IdleHint view={view} />
      <PhoneAccountPanel view={view} />
    </div>
  )
}

function Desk({ view }: { view: DeskView }): ReactElement {
  if (view.wrap_up !== null) return <WithWrapUp key={view.wrap_up.contact} view={view} wrapUp={view.wrap_up} />
  return (
    <div className="desk">
      <Left view={view} />
      {view.contact === null ? <Idle view={view} /> : <ContactColumn view={view} />}
      <Today view={view} />
    </div>
  )
}

export function DeskPage(): ReactElement {
  const { t } = useTranslation()
  // The head strip is painted from the newest view; this page may follow a moment later.
  const view = useDeferredValue(useDeskView())
  return (
    <PageShell title={t('desk.title')}>
      {view === undefined ? <Loading /> : view.signed_in ? <Desk view={view} /> : <SignInPanel />}
    </PageShell>
  )
}
