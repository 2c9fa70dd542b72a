/**
 * Who is in the conversation beside the agent: two cards while somebody is consulted, a list of all in
 * a conference; under each name who hears whom.
 */
import { Button } from 'antd'
import { useEffect, useRef, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { handing, type PartyView } from '@/api/handing'
import type { DeskContact, DeskView } from '@/api/schema'
import { ActionButton } from '@/ui/ActionButton'
import { announce } from '@/ui/announce'
import { Timer } from '@/ui/clock'
import { useHelpKeys } from '@/ui/help'
import { useShortcuts } from '@/ui/shortcuts'
import { useCommand } from '@/ui/useCommand'

import { confirmed, useWhyNot } from './actions'
import { isConsulting, partyName, whoHears } from './parties'

function Card({ name, heard, since, children }: { name: string; heard: string; since: number | null; children?: ReactElement | null }): ReactElement {
  return (
    <li className="party">
      <b title={name}>{name}</b>
      <span className="quiet">
        {heard} {since === null ? null : <Timer since={since} />}
      </span>
      {children}
    </li>
  )
}

function Party({ contact, party, drop }: { contact: DeskContact; party: PartyView; drop: (leg: string) => void }): ReactElement {
  const { t } = useTranslation()
  const name = partyName(party, t('party.somebody'))
  return (
    <Card name={name} heard={t(`party.${whoHears(contact, party)}`)} since={party.since}>
      {contact.is_guest === true || isConsulting(contact) ? null : (
        <Button size="small" data-testid={`party-drop-${party.leg}`} onClick={() => drop(party.leg)}>
          {t('party.drop')}
          <span className="screen-reader"> {name}</span>
        </Button>
      )}
    </Card>
  )
}

const may = (whyNot: string | null, act: () => unknown) => () => (whyNot === null ? void act() : undefined)

function useParties(contact: DeskContact, view: DeskView) {
  const { t } = useTranslation()
  const reasonFor = useWhyNot(view)
  const swap = useCommand(() => confirmed(handing.swap(contact.id)))
  const complete = useCommand(() => confirmed(handing.complete(contact.id, t('hand.reason_default'))))
  const confer = useCommand(() => confirmed(handing.confer(contact.id)))
  const cancel = useCommand(() => confirmed(handing.cancel(contact.id)))
  const leave = useCommand(() => confirmed(handing.leave(contact.id)))
  const drop = useCommand((leg: string) => confirmed(handing.drop(contact.id, leg)))
  return { reasonFor, swap, complete, confer, cancel, leave, drop }
}

function ConsultButtons({ contact, view }: { contact: DeskContact; view: DeskView }): ReactElement {
  const { t } = useTranslation()
  const { reasonFor, swap, complete, confer, cancel } = useParties(contact, view)
  useShortcuts({
    'Alt+x': may(reasonFor('swap'), swap.run),
    'Alt+z': may(reasonFor('complete'), complete.run),
    'Alt+s': may(reasonFor('confer'), confer.run),
    'Alt+b': may(reasonFor('cancel_consult'), cancel.run),
  })
  useHelpKeys('consult', [
    { keys: 'Alt+z', does: t('party.complete') },
    { keys: 'Alt+x', does: t('party.swap') },
    { keys: 'Alt+s', does: t('party.confer') },
    { keys: 'Alt+b', does: t('party.cancel') },
  ])
  return (
    <>
      <ActionButton type="primary" label={t('party.complete')} keys="Alt+Z" testId="consult-complete" whyNot={reasonFor('complete')} isBusy={complete.isBusy} onAct={() => void complete.run()} />
      <ActionButton label={t('party.swap')} keys="Alt+X" testId="consult-swap" whyNot={reasonFor('swap')} isBusy={swap.isBusy} onAct={() => void swap.run()} />
      <ActionButton label={t('party.confer')} keys="Alt+S" testId="consult-confer" whyNot={reasonFor('confer')} isBusy={confer.isBusy} onAct={() => void confer.run()} />
      <ActionButton label={t('party.cancel')} keys="Alt+B" testId="consult-cancel" whyNot={reasonFor('cancel_consult')} isBusy={cancel.isBusy} onAct={() => void cancel.run()} />
    </>
  )
}

/** Says once that somebody joined or left: the eyes may be on the customer's form. */
function usePartyWords(contact: DeskContact): void {
  const { t } = useTranslation()
  const former = useRef(contact)
  useEffect(() => {
    const was = former.current
    former.current = contact
    if (was.id !== contact.id) return
    const before = new Map((was.parties ?? []).map((party) => [party.leg, party]))
    for (const party of contact.parties ?? []) {
      const known = before.get(party.leg)
      before.delete(party.leg)
      if (party.phase === 'talking' && known?.phase !== 'talking') {
        announce(t('party.joined', { who: partyName(party, t('party.somebody')) }))
      }
    }
    for (const party of before.values()) announce(t('party.left', { who: partyName(party, t('party.somebody')) }))
  }, [contact, t])
}

export function PartyStrip({ view, contact }: { view: DeskView; contact: DeskContact }): ReactElement | null {
  const { t } = useTranslation()
  const { reasonFor, leave, drop } = useParties(contact, view)
  usePartyWords(contact)
  const parties = contact.parties ?? []
  if (parties.length === 0) return null
  const isConsult = isConsulting(contact)
  return (
    <section className="parties" aria-label={t('party.title')} data-testid="parties" data-talk={contact.talk}>
      <ul>
        <Card
          name={contact.name ?? (contact.number || t('desk.unknown_caller'))}
          heard={t(`party.customer_${contact.talk ?? 'plain'}`)}
          since={contact.talk === 'aside' ? contact.hold_since : null}
        />
        {parties.map((party) => (
          <Party key={party.leg} contact={contact} party={party} drop={(leg) => void drop.run(leg)} />
        ))}
      </ul>
      {isConsult ? <ConsultButtons contact={contact} view={view} /> : null}
      {contact.talk === 'together' ? (
        <ActionButton label={t('party.leave')} testId="conference-leave" whyNot={reasonFor('leave')} isBusy={leave.isBusy} onAct={() => void leave.run()} />
      ) : null}
    </section>
  )
}
