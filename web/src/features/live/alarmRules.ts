/** The alarm rules as the floor applies them: which one holds for a queue, from when on, who is told now. */
import { useQuery } from '@tanstack/react-query'

import { ALARM_RULES, alarms, type AlarmKind, type AlarmRule, type AlarmWay } from '@/api/alarms'

const NEWER_EVERY_MS = 10_000
const NONE: readonly AlarmRule[] = []

/** Until the rules are known: what has a threshold of its own waits for it, everything else is told. */
const NEEDS_RULE = new Set<AlarmKind>(['many_waiting', 'long_call', 'long_wrap_up', 'long_break'])

/** Empty until they are known. A colleague's change arrives within ten seconds. */
export function useAlarmRules(): readonly AlarmRule[] {
  return useQuery({ queryKey: ALARM_RULES, queryFn: alarms.read, refetchInterval: NEWER_EVERY_MS }).data?.rules ?? NONE
}

/** The queue's own rule, else the centre's. */
export function ruleOf(rules: readonly AlarmRule[], kind: AlarmKind, queue: string | null = null): AlarmRule | null {
  const own = queue === null ? undefined : rules.find((rule) => rule.kind === kind && rule.queue === queue)
  return own ?? rules.find((rule) => rule.kind === kind && (rule.queue ?? null) === null) ?? null
}

export function isOn(rules: readonly AlarmRule[], kind: AlarmKind, queue: string | null = null): boolean {
  return ruleOf(rules, kind, queue)?.is_on ?? !NEEDS_RULE.has(kind)
}

/** `null` where the threshold follows from something else, or the rules are not known yet. */
export const limitOf = (rules: readonly AlarmRule[], kind: AlarmKind, queue: string | null = null): number | null =>
  ruleOf(rules, kind, queue)?.limit ?? null

/** `HH:MM` in the centre's zone; `now` in server milliseconds. */
export const clockIn = (zone: string, now: number): string =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }).format(now)

/** May somebody be told at this time of the day? Hours may go over midnight. */
export function isQuietAt(rule: AlarmRule, clock: string): boolean {
  return (rule.quiet ?? []).some(({ since, until }) => (since <= until ? since <= clock && clock < until : clock >= since || clock < until))
}

/** Does the rule tell the person at this screen by this way now? */
export const tellsMe = (rule: AlarmRule | null, way: AlarmWay, clock: string): boolean =>
  rule !== null && rule.mine && (rule.ways ?? []).includes(way) && !isQuietAt(rule, clock)
