/**
 * What may be done, in fixed order: those of every day stay in their places and say why not, the
 * others appear when it is their turn, the seldom ones stand behind "more".
 */
import { Button, Dropdown } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import type { Case } from '@/api/cases'
import { useMay } from '@/api/session'
import { ActionButton } from '@/ui/ActionButton'

import { ACTIONS, type Action } from './actions'

export interface ActionBarProps {
  it: Case
  /** The one that is being written. */
  chosen: string | null
  busy: string | null
  onChoose: (action: Action) => void
}

const CLOSED = new Set(['archived', 'withdrawn', 'review'])

/** Merging is no event of its own; whoever dispatches may, while the work order is open. */
const mayMerge = (it: Case, mayDispatch: boolean): boolean => mayDispatch && !CLOSED.has(it.state)

export interface Offered {
  action: Action
  /** Null when it can be done. */
  whyNot: string | null
  isPossible: boolean
}

/** Whether it is the turn of an event that the state alone does not decide. */
const IS_TURN: Readonly<Record<string, (it: Case) => boolean>> = {
  // One place for both: what it is now decides which of them.
  suspend: (it) => !it.suspended,
  resume: (it) => it.suspended,
  ask_time: (it) => it.extension === null,
  grant_time: (it) => it.extension !== null,
  refuse_time: (it) => it.extension !== null,
  callback: (it) => it.callback_required,
  submit: (it) => !it.callback_required,
}

/** Every action with why it cannot be done now. */
export function useOffered(it: Case): Offered[] {
  const { t } = useTranslation()
  const mayDispatch = useMay('cases.dispatch')
  return ACTIONS.map((action): Offered => {
    if (action.event === 'merge') return { action, isPossible: mayMerge(it, mayDispatch), whyNot: null }
    const found = it.possible.find((each) => each.event === action.event)
    const isTurn = IS_TURN[action.event]?.(it) ?? true
    if (found === undefined || !isTurn) return { action, isPossible: false, whyNot: t('casework.not_now', { state: t(`cases.state.${it.state}`) }) }
    return { action, isPossible: true, whyNot: found.allowed ? null : t(`casework.why.${found.why_not}`) }
  })
}

const isInBar = ({ action, isPossible }: Offered, it: Case): boolean => {
  if (action.event === 'suspend' && it.suspended) return false
  return action.isFixed === true || (isPossible && action.isSeldom !== true)
}

export function ActionBar({ it, chosen, busy, onChoose }: ActionBarProps): ReactElement {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const mayWarn = useMay('cases.create')
  const offered = useOffered(it)
  const seldom = offered.filter(({ action, isPossible }) => action.isSeldom === true && isPossible)
  const isWarnable = mayWarn && !it.warned && it.state !== 'archived' && it.state !== 'withdrawn'
  return (
    <div className="action-bar" role="toolbar" aria-label={t('casework.actions')} data-testid="case-actions">
      {offered
        .filter((each) => isInBar(each, it))
        .map(({ action, whyNot }) => (
          <ActionButton
            key={action.event}
            label={action.event === 'supervise' && it.supervised ? t('casework.event.supervise_off') : t(`casework.event.${action.event}`)}
            whyNot={whyNot}
            isPressed={chosen === action.event}
            isBusy={busy === action.event}
            testId={`act-${action.event}`}
            {...(action.keys === undefined ? {} : { keys: action.keys.toUpperCase() })}
            onAct={() => onChoose(action)}
          />
        ))}
      {isWarnable ? (
        <ActionButton label={t('casework.warn')} keys="U" testId="act-warn" onAct={() => void navigate(`/warnings?case=${encodeURIComponent(it.id)}`)} />
      ) : null}
      {seldom.length === 0 ? null : (
        <Dropdown
          trigger={['click']}
          autoFocus
          menu={{
            items: seldom.map(({ action, whyNot }) => ({
              key: action.event,
              danger: action.isDangerous === true,
              disabled: whyNot !== null,
              label: (
                <span data-testid={`act-${action.event}`} title={whyNot ?? undefined}>
                  {t(`casework.event.${action.event}`)}
                </span>
              ),
            })),
            onClick: ({ key }) => {
              const action = ACTIONS.find((each) => each.event === key)
              if (action !== undefined) onChoose(action)
            },
          }}
        >
          <Button data-testid="act-more">{t('casework.more')} ▾</Button>
        </Dropdown>
      )}
    </div>
  )
}
