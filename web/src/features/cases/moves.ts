/** The columns of the board, and which action a card takes from one to another. */
import type { CaseList } from '@/api/cases'

import type { Said } from './actions'

export const COLUMNS = ['to_dispatch', 'redispatch', 'returned', 'handling', 'to_call_back', 'to_review', 'closed'] as const satisfies readonly CaseList[]
export type ColumnName = (typeof COLUMNS)[number]

export interface Move {
  event: string
  /** What the column says already. */
  first?: Partial<Said>
}

type Moves = Readonly<Partial<Record<ColumnName, Readonly<Partial<Record<ColumnName, Move>>>>>>

const DISPATCH: Move = { event: 'dispatch' }
const WITHDRAW: Move = { event: 'withdraw' }
const REOPEN: Move = { event: 'reopen' }

const MOVES: Moves = {
  to_dispatch: { handling: DISPATCH, closed: WITHDRAW },
  redispatch: { handling: DISPATCH, closed: WITHDRAW },
  returned: { redispatch: { event: 'explain' }, handling: { event: 'overrule' }, closed: WITHDRAW },
  handling: { returned: { event: 'misdispatch' }, to_call_back: { event: 'complete' }, to_review: { event: 'complete' }, closed: WITHDRAW },
  to_call_back: {
    to_review: { event: 'callback', first: { result: 'satisfied' } },
    to_dispatch: { event: 'callback', first: { result: 'unsatisfied' } },
    closed: WITHDRAW,
  },
  to_review: { closed: { event: 'approve' }, redispatch: { event: 'reject' }, to_dispatch: REOPEN },
  closed: { to_dispatch: REOPEN },
}

/** The action that leads from one column to another; undefined where none does. */
export const moveOf = (from: ColumnName, to: ColumnName): Move | undefined => MOVES[from]?.[to]

/** Where a card may go. */
export const targetsOf = (from: ColumnName): ColumnName[] => COLUMNS.filter((to) => moveOf(from, to) !== undefined)
