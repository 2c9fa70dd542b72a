/** Queues, numbers, trunks, skills and the rules of the centre: how calls find their way. */
import { ApiProblem, ask } from './client'
import type { components } from './schema.generated'

type Schemas = components['schemas']

export type QueueRule = Schemas['QueueRule']
export type QueueChange = Schemas['QueueChange']
export type Stage = Required<Schemas['Stage']>
export type OverflowRule = Schemas['OverflowRule']
export type OverflowWhen = Schemas['OverflowWhen']
export type Destination = Schemas['Destination']
export type Override = Schemas['Override']
export type AgentRule = Schemas['AgentRule']
export type AgentChange = Schemas['AgentChange']
export type NumberAnswered = Schemas['NumberAnswered']
export type Trunk = Schemas['TrunkOut']
export type TrunkWish = Schemas['TrunkIn']
export type OutboundRoute = Schemas['Route']
export type OutboundRoutes = Schemas['RoutesOut']
export type CentreRules = Schemas['CentreOut']
export type Calendar = Schemas['CalendarOut']
export type EffectiveRule = Schemas['EffectiveRule']
export type WhoNext = Schemas['WhoNextOut']
export type Skill = Schemas['SkillOut']

const id = encodeURIComponent

export const routing = {
  queues: () => ask<QueueRule[]>('GET', '/queues'),
  addQueue: (queue: Schemas['QueueNew']) => ask<QueueRule>('POST', '/queues', { body: queue }),
  changeQueue: (queue: string, fields: QueueChange, match: string) =>
    ask<QueueRule>('PATCH', `/queues/${id(queue)}`, { body: fields, match }),
  removeQueue: (queue: string, to: string | null, match: string) =>
    ask<void>('DELETE', `/queues/${id(queue)}`, { query: { to }, match }),
  effective: () => ask<EffectiveRule[]>('GET', '/routing/effective'),
  whoNext: (queue: string, of: { waited: number; skill: string }) =>
    ask<WhoNext>('GET', `/queues/${id(queue)}/who-next`, { query: of }),
  agents: () => ask<AgentRule[]>('GET', '/agents'),
  changeAgent: (agent: string, fields: AgentChange, match: string) =>
    ask<AgentRule>('PATCH', `/agents/${id(agent)}`, { body: fields, match }),
  skills: () => ask<Skill[]>('GET', '/skills'),
  numbers: () => ask<NumberAnswered[]>('GET', '/numbers'),
  putNumber: (number: string, to: { flow: string | null; queue: string | null }, match: string) =>
    ask<NumberAnswered>('PUT', `/numbers/${id(number)}`, { body: to, match }),
  removeNumber: (number: string, match: string) => ask<void>('DELETE', `/numbers/${id(number)}`, { match }),
  trunks: () => ask<Trunk[]>('GET', '/trunks'),
  putTrunk: (trunk: string, wish: TrunkWish, match: string) => ask<Trunk>('PUT', `/trunks/${id(trunk)}`, { body: wish, match }),
  removeTrunk: (trunk: string, match: string) => ask<void>('DELETE', `/trunks/${id(trunk)}`, { match }),
  routes: () => ask<OutboundRoutes>('GET', '/routes'),
  putRoutes: (items: OutboundRoute[], match: string) => ask<OutboundRoutes>('PUT', '/routes', { body: { items }, match }),
  centre: () => ask<CentreRules>('GET', '/routing'),
  changeCentre: (fields: Schemas['CentreChange'], match: string) => ask<CentreRules>('PATCH', '/routing', { body: fields, match }),
  calendars: () => ask<Calendar[]>('GET', '/calendars'),
  flows: () => ask<{ id: string; name: string }[]>('GET', '/flows'),
  prompts: () => ask<{ name: string; language: string }[]>('GET', '/prompts'),
}

/** A revision that nothing has: what is created must not be there yet. */
export const NOT_THERE_YET = 'new'

/** Who creates something that is there already has not been overtaken: the id is taken. */
export async function asNew<T>(created: Promise<T>): Promise<T> {
  try {
    return await created
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'changed_meanwhile') throw new ApiProblem(409, { code: 'already_there' })
    throw error
  }
}

/** The wrap-up codes that a new queue begins with: what most calls are about. */
export const FIRST_CODES = [
  { code: 'inquiry', name: '咨询', name_en: 'Inquiry' },
  { code: 'order', name: '下单', name_en: 'Order' },
  { code: 'service', name: '售后', name_en: 'After-sales' },
  { code: 'complaint', name: '投诉', name_en: 'Complaint' },
  { code: 'wrong_number', name: '打错电话', name_en: 'Wrong number' },
  { code: 'other', name: '其他', name_en: 'Other' },
]

/** An id out of a name for people: `VIP line` becomes `vip-line`; of no Latin letters, one of time. */
export function freshId(name: string): string {
  const letters = name.trim().toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '').slice(0, 24)
  return `${letters === '' ? 'q' : `${letters}-`}${Date.now().toString(36)}`
}
