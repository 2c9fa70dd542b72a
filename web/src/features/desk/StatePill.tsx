/** The state of the agent with its timer, and the menu to ask for another (Alt+W, then a digit). */
import { Button, Popover } from 'antd'
import { useDeferredValue, useRef, useState, type KeyboardEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { DeskView } from '@/api/schema'
import { usePhoneControl } from '@/phone/context'
import { Timer, useSeconds } from '@/ui/clock'
import { nameIn } from '@/ui/format'
import { Kbd } from '@/ui/Kbd'
import { reasonName } from '@/ui/reasons'
import { useShortcuts } from '@/ui/shortcuts'
import { StatusTag } from '@/ui/StatusTag'
import { useCommand } from '@/ui/useCommand'

import { commands, useWhyNot } from './actions'
import { useDeskView } from './view'

const MENU_DIGITS = 9

function useReasonName(view: DeskView): (code: string | null) => string | null {
  const { i18n } = useTranslation()
  return (code) => reasonName(i18n.language, view.reasons, code)
}

interface Choice {
  testId: string
  label: string
  /** How long one stay may take. */
  allowance?: string
  whyNot: string | null
  act: () => void
}

function useChoices(view: DeskView, close: () => void): Choice[] {
  const { t, i18n } = useTranslation()
  const phone = usePhoneControl()
  const reasonFor = useWhyNot(view)
  const ask = useCommand(commands.state)
  const leave = useCommand(() => phone.signOut())
  const then = (run: () => unknown) => () => {
    close()
    void run()
  }
  return [
    {
      testId: 'state-ready',
      label: view.state === 'not_responding' ? t('desk.back_to_ready') : t('state.ready'),
      whyNot: reasonFor('ready'),
      act: then(() => ask.run('ready')),
    },
    ...view.reasons.map((reason) => ({
      testId: `state-notready-${reason.code}`,
      label: nameIn(i18n.language, reason),
      ...(reason.allowance_ms ? { allowance: t('desk.allowance', { minutes: Math.round(reason.allowance_ms / 60_000) }) } : {}),
      whyNot: reasonFor('not_ready'),
      act: then(() => ask.run('not_ready', reason.code)),
    })),
    { testId: 'state-signout', label: t('desk.sign_out'), whyNot: reasonFor('sign_out'), act: then(() => leave.run()) },
  ]
}

function StateMenu({ view, close }: { view: DeskView; close: () => void }): ReactElement {
  const { t } = useTranslation()
  const list = useRef<HTMLDivElement>(null)
  const choices = useChoices(view, close)
  const isDuringCall = view.contact !== null || view.state === 'acw'
  const onKey = (event: KeyboardEvent): void => {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])]
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
    if (event.key === 'Escape') close()
    else if (event.key === 'ArrowDown') buttons[(at + 1) % buttons.length]?.focus()
    else if (event.key === 'ArrowUp') buttons[(at - 1 + buttons.length) % buttons.length]?.focus()
    else if (/^[1-9]$/.test(event.key)) buttons[Number(event.key) - 1]?.click()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    // The menu as a whole listens for arrows and digits; its buttons hold the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/interactive-supports-focus
    <div ref={list} role="menu" aria-label={t('desk.state_menu')} className="stack" onKeyDown={onKey}>
      {isDuringCall ? <p className="quiet">{t('desk.applies_after')}</p> : null}
      {choices.map((choice, index) => (
        <Button
          key={choice.testId}
          role="menuitem"
          type="text"
          autoFocus={index === 0}
          className={choice.whyNot === null ? '' : 'action-off'}
          aria-disabled={choice.whyNot !== null}
          title={choice.whyNot ?? undefined}
          data-testid={choice.testId}
          onClick={() => (choice.whyNot === null ? choice.act() : undefined)}
        >
          {choice.label}
          {choice.allowance === undefined ? null : <span className="quiet">{choice.allowance}</span>}
          {index < MENU_DIGITS ? <Kbd keys={String(index + 1)} /> : null}
        </Button>
      ))}
    </div>
  )
}

/** When the allowance ends: the server's moment, and once that has passed the one it must have been. */
function allowanceEnd(view: DeskView): number | null {
  if (view.state !== 'not_ready') return null
  if (view.overstays_at) return view.overstays_at
  const allowance = view.reasons.find((reason) => reason.code === view.reason)?.allowance_ms ?? 0
  return allowance > 0 ? view.since + allowance : null
}

/** What is left of the stay in the present reason; from then on how far it is overdrawn. */
function Allowance({ endsAt }: { endsAt: number }): ReactElement {
  const { t } = useTranslation()
  const isOver = useSeconds() * 1000 >= endsAt
  return (
    <span className={isOver ? 'over' : 'quiet'} data-testid="allowance" data-over={isOver}>
      {isOver ? '▲ ' : ''}
      {isOver ? t('desk.allowance_over') : t('desk.allowance_left')} <Timer since={endsAt} isCountdown={!isOver} />
    </span>
  )
}

function Pill({ view }: { view: DeskView }): ReactElement {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const nameOf = useReasonName(view)
  useShortcuts({ 'Alt+w': () => setOpen(true) })
  const endsAt = allowanceEnd(view)
  const next = view.next === null ? null : (nameOf(view.next.reason) ?? t(`state.${view.next.to}`))
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      destroyOnHidden
      content={<StateMenu view={view} close={() => setOpen(false)} />}
    >
      <Button
        className="state-pill"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        data-testid="state-pill"
        data-state={view.state}
        data-reason={view.reason ?? ''}
      >
        <StatusTag state={view.state} detail={view.state === 'not_ready' ? nameOf(view.reason) : null} />
        <Timer since={view.since} />
        {endsAt === null ? null : <Allowance endsAt={endsAt} />}
        {next === null ? null : <span className="quiet">{t('desk.then', { next })}</span>}
        <Kbd keys="Alt+W" />
      </Button>
    </Popover>
  )
}

/** Nothing for a person without a desk, or before the desk is signed in. */
export function StatePill(): ReactElement | null {
  // A moment after the head strip of a ringing call, which is painted first.
  const view = useDeferredValue(useDeskView())
  return view === undefined || !view.signed_in ? null : <Pill view={view} />
}
