/**
 * What people do to a work order: one entry for each event that the server names in `possible[]`, in
 * the fixed order of the bar, with its key and what has to be said.
 */
import type { Case, CaseEvent, CaseFacts } from '@/api/cases'

/** What is asked before an event happens; `reason!` must be given. */
export type Asks = 'area' | 'note' | 'reason' | 'reason!' | 'person' | 'workers' | 'text!' | 'visited' | 'result' | 'contact' | 'time' | 'into'

export interface Action {
  event: string
  keys?: string
  asks: readonly Asks[]
  /** In the menu behind the bar. */
  isSeldom?: boolean
  /** Stays in its place when it is not its turn. */
  isFixed?: boolean
  isDangerous?: boolean
}

export const ACTIONS: readonly Action[] = [
  { event: 'accept', keys: 'g', asks: [], isFixed: true },
  { event: 'dispatch', keys: 'd', asks: ['area', 'note', 'reason'], isFixed: true },
  { event: 'misdispatch', keys: 't', asks: ['reason!'], isFixed: true },
  { event: 'explain', asks: ['reason!'] },
  { event: 'overrule', asks: ['reason!'] },
  { event: 'suspend', keys: 'h', asks: ['reason!'], isFixed: true },
  { event: 'resume', keys: 'h', asks: [] },
  { event: 'urge', keys: 'c', asks: ['reason'], isFixed: true },
  { event: 'supervise', keys: 's', asks: ['reason!'], isFixed: true },
  { event: 'progress', asks: ['workers', 'text!', 'visited'] },
  { event: 'ask_time', asks: ['time', 'reason!'] },
  { event: 'grant_time', asks: ['reason'] },
  { event: 'refuse_time', asks: ['reason!'] },
  { event: 'complete', keys: 'e', asks: ['workers', 'text!', 'visited'], isFixed: true },
  { event: 'callback', keys: 'v', asks: ['result', 'reason'], isFixed: true },
  { event: 'submit', asks: [] },
  { event: 'approve', asks: ['reason'] },
  { event: 'reject', asks: ['reason!'] },
  { event: 'reopen', asks: ['reason!'] },
  { event: 'note', keys: 'n', asks: ['reason!'], isFixed: true },
  { event: 'arrive', asks: [], isSeldom: true },
  { event: 'respond', asks: ['reason'], isSeldom: true },
  { event: 'reassign', asks: ['person'], isSeldom: true },
  { event: 'assign_more', asks: ['area', 'note'], isSeldom: true },
  { event: 'attach', asks: ['contact'], isSeldom: true },
  { event: 'merge', asks: ['into', 'reason!'], isSeldom: true, isDangerous: true },
  { event: 'withdraw', asks: ['reason!'], isSeldom: true, isDangerous: true },
]

export const actionOf = (event: string): Action | undefined => ACTIONS.find((action) => action.event === event)

/** What a person writes into a composer. */
export interface Said {
  reason: string
  area: string
  note: string
  person: string
  workers: string[]
  text: string
  visited: boolean
  result: string
  contact: string
  hours: number | null
  into: string
}

export const NOTHING_SAID: Said = {
  reason: '', area: '', note: '', person: '', workers: [], text: '', visited: false, result: '', contact: '', hours: null, into: '',
}

const MINUTES = 60

/** Has an area returned this work order before? Then sending it there again needs a reason (RL14). */
export const hasReturned = (it: Case, area: string): boolean => it.dispatches.some((each) => each.area === area && each.outcome === 'returned')

const isFilled = (asked: Asks, said: Said, it: Case): boolean => {
  switch (asked) {
    case 'reason!':
      return said.reason.trim() !== ''
    case 'reason':
      return said.reason.trim() !== '' || !hasReturned(it, said.area)
    case 'text!':
      return said.text.trim() !== ''
    case 'workers':
      return said.workers.length > 0
    case 'time':
      return said.hours !== null && said.hours > 0
    case 'area':
    case 'result':
    case 'contact':
    case 'into':
      return said[asked].trim() !== ''
    default:
      return true
  }
}

/** What is still to be said; the server would refuse without it. */
export function missingOf(action: Action, said: Said, it: Case): Asks[] {
  const asks = action.event === 'progress' ? action.asks.filter((each) => each !== 'workers') : action.asks
  return asks.filter((each) => !isFilled(each, said, it))
}

const FACTS: Readonly<Partial<Record<Asks, (said: Said) => CaseFacts>>> = {
  area: (said) => ({ area: said.area }),
  note: (said) => (said.note.trim() === '' ? {} : { note: said.note.trim() }),
  person: (said) => (said.person === '' ? {} : { person: said.person }),
  workers: (said) => ({ workers: said.workers }),
  'text!': (said) => ({ text: said.text.trim() }),
  visited: (said) => ({ visited: said.visited }),
  result: (said) => ({ result: said.result as NonNullable<CaseFacts['result']> }),
  contact: (said) => ({ contact: said.contact.trim() }),
  time: (said) => ({ minutes: Math.round((said.hours ?? 0) * MINUTES) }),
}

/** The event as it is sent, with the revision that was read. */
export function eventOf(action: Action, said: Said, it: Case): CaseEvent {
  const facts: CaseFacts = Object.assign({}, ...action.asks.map((each) => FACTS[each]?.(said) ?? {}))
  if (action.event === 'supervise') facts.on = !it.supervised
  return { event: action.event, reason: said.reason.trim(), facts, revision: it.revision }
}
