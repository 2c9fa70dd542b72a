/** 异常优先: which agent a supervisor should look at first. */
import type { AlarmRule } from '@/api/alarms'
import type { AgentRow, QueueRow } from '@/api/schema'

import { limitOf } from './alarmRules'

/** Until the alarm rules are known. */
export const LONG_CALL_MS = 10 * 60_000
export const LONG_WRAP_UP_MS = 2 * 60_000
export const LONG_BREAK_MS = 15 * 60_000
export const LONG_WAIT_MS = 60_000

/** Not ready for longer than the reason allows, or than is usual. */
export function isOnLongBreak(row: Pick<AgentRow, 'state' | 'since' | 'overstayed'>, now: number, rules: readonly AlarmRule[] = []): boolean {
  return row.state === 'not_ready' && (row.overstayed || now - row.since > (limitOf(rules, 'long_break') ?? LONG_BREAK_MS))
}

/** Is this agent in the state for longer than the alarm rules have it, told or not? */
export function isOverlong(row: Pick<AgentRow, 'state' | 'since' | 'hold_alarmed' | 'overstayed'> & { queue?: string | null }, now: number, rules: readonly AlarmRule[] = []): boolean {
  const passed = now - row.since
  switch (row.state) {
    case 'talking':
      return passed > (limitOf(rules, 'long_call', row.queue) ?? LONG_CALL_MS)
    case 'hold':
      return row.hold_alarmed
    case 'acw':
      return passed > (limitOf(rules, 'long_wrap_up', row.queue) ?? LONG_WRAP_UP_MS)
    case 'not_ready':
      return isOnLongBreak(row, now, rules)
    default:
      return false
  }
}

const TROUBLE: Partial<Record<AgentRow['state'], number>> = {
  not_responding: 0,
  lost: 1,
  unregistered: 2,
  recovering: 3,
}
/** What the engine told: a customer may be forgotten on hold, a break is over. Before who is merely slow. */
const TOLD = 4
const ORDINARY: Partial<Record<AgentRow['state'], number>> = {
  ringing: 10,
  talking: 11,
  hold: 11,
  acw: 12,
  not_ready: 13,
  ready: 14,
  signed_out: 15,
}

/** Lower comes first. */
export function severity(row: AgentRow, now: number, rules: readonly AlarmRule[] = []): number {
  if (row.hold_alarmed || row.overstayed) return TOLD
  return TROUBLE[row.state] ?? (isOverlong(row, now, rules) ? 5 : (ORDINARY[row.state] ?? 14))
}

/** Agent ids, worst first, then by agent number. `now` in server milliseconds. */
export function byTrouble(rows: [string, AgentRow][], now: number, rules: readonly AlarmRule[] = []): string[] {
  return rows
    .map(([id, row]) => ({ id, row, rank: severity(row, now, rules) }))
    .sort((one, other) => one.rank - other.rank || one.row.no.localeCompare(other.row.no))
    .map(({ id }) => id)
}

export function byNumber(rows: [string, AgentRow][]): string[] {
  return rows.sort(([, one], [, other]) => one.no.localeCompare(other.no)).map(([id]) => id)
}

/** People wait, and nobody who could serve them is at work: the engine's alarm `queue.unstaffed`. */
export function isUnstaffed(row: Pick<QueueRow, 'unstaffed_since'>): boolean {
  return row.unstaffed_since !== null
}

/** Queue ids, the longest wait first, then the most waiting, then by name. */
export function byWaiting(rows: [string, QueueRow][]): string[] {
  return rows
    .sort(
      ([, one], [, other]) =>
        (one.longest_since ?? Infinity) - (other.longest_since ?? Infinity) ||
        other.waiting - one.waiting ||
        one.name.localeCompare(other.name),
    )
    .map(([id]) => id)
}

export type Mark = 'bad' | 'near' | 'good'

/** Nobody there or far too late, late, fine. */
export function queueMark(row: QueueRow, now: number): Mark {
  if (isUnstaffed(row)) return 'bad'
  if (row.longest_since === null) return 'good'
  const within = row.answer_within_ms > 0 ? row.answer_within_ms : LONG_WAIT_MS
  const waited = now - row.longest_since
  if (waited <= within) return 'good'
  return waited <= 2 * within ? 'near' : 'bad'
}

const BY_MARK: Record<Mark, number> = { bad: 0, near: 1, good: 2 }

/** Queue ids, red first, then amber, and among equals the longest wait. */
export function byNeed(rows: [string, QueueRow][], now: number): string[] {
  const place = new Map(byWaiting([...rows]).map((id, at) => [id, at]))
  return rows
    .map(([id, row]) => ({ id, mark: BY_MARK[queueMark(row, now)] }))
    .sort((one, other) => one.mark - other.mark || (place.get(one.id) ?? 0) - (place.get(other.id) ?? 0))
    .map(({ id }) => id)
}
