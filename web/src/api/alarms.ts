/** Of which trouble somebody is told, from when on, and who. */
import { ask } from './client'
import type { components } from './schema.generated'

type Schemas = components['schemas']

export type AlarmRules = Schemas['AlarmRulesOut']
export type AlarmRule = Schemas['AlarmRuleOut']
export type AlarmKind = Schemas['AlarmKind']
export type AlarmKindRule = Schemas['AlarmKindOut']
export type AlarmWay = Schemas['AlarmWay']
export type AlarmVersion = Schemas['AlarmVersionOut']
export type QuietHours = Schemas['QuietIn']

/** Without who it tells, which the server says. */
const wish = ({ kind, queue, is_on, limit, ways, roles, teams, mails, quiet }: AlarmRule): Schemas['AlarmRuleIn'] => ({ kind, queue: queue ?? null, is_on, limit: limit ?? null, ways: ways ?? [], roles: roles ?? [], teams: teams ?? [], mails: mails ?? [], quiet: quiet ?? [] })

export const ALARM_RULES = ['alarm-rules']

export const alarms = {
  read: () => ask<AlarmRules>('GET', '/alarm-rules'),
  save: (rules: readonly AlarmRule[], note: string, match: string) =>
    ask<AlarmRules>('PUT', '/alarm-rules', { body: { rules: rules.map(wish), note }, match }),
  versions: () => ask<AlarmVersion[]>('GET', '/alarm-rules/versions'),
}
