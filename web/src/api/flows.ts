/** Flows, what they play, and what they refer to. */
import { ask, askFile } from './client'
import type { components } from './schema.generated'

type Schemas = components['schemas']

export type FlowSummary = Schemas['FlowSummaryOut']
export type FlowVersion = Schemas['FlowVersionOut']
export type PublishedFlow = Schemas['FlowOut']
export type FlowProblem = Schemas['FlowProblemOut']
export type NodeCount = Schemas['NodeCountOut']
export type Prompt = Schemas['PromptOut']
export type PromptUse = Schemas['PromptUseOut']
export type Move = Schemas['MoveIn']
export type WalkStep = Schemas['WalkStepOut']
export type Rehearsal = Schemas['RehearsalOut']
export type FlowAround = Schemas['FlowAroundOut']
export type DraftLine = Schemas['FlowDraftLine']
export type Draft = Omit<Schemas['FlowDraftOut'], 'flow'> & { flow: FlowBody }
export type Plan = Omit<Schemas['FlowPlanOut'], 'flow'> & { flow: FlowBody }
export type PromptLanguage = 'zh' | 'en'

/** A node as it is stored: its `type`, and the fields of that type. */
export type FlowNode = { type: string; name?: string; name_en?: string } & Record<string, unknown>
export type VariableKind = 'text' | 'number' | 'boolean' | 'moment'
export type Value = boolean | number | string
export interface Variable {
  name: string
  kind?: VariableKind
  default?: Value | null
}
export interface FlowBody {
  name: string
  start: string
  nodes: Record<string, FlowNode>
  variables: Variable[]
}
export interface Story {
  flow: FlowBody
  at: number | null
  caller: string
  dialled: string
  moves: Move[]
}
/** What is known by a name: queues, calendars, connectors, skills, agents. */
export interface Named {
  id: string
  name: string
  name_en?: string | null
}

const id = encodeURIComponent
const prompt = (name: string, language: PromptLanguage): string => `/prompts/${id(name)}?language=${language}`

export const flows = {
  list: () => ask<FlowSummary[]>('GET', '/flow-summaries'),
  all: () => ask<PublishedFlow[]>('GET', '/flows'),
  read: (flow: string) => ask<PublishedFlow>('GET', `/flows/${id(flow)}`),
  versions: (flow: string) => ask<FlowVersion[]>('GET', `/flows/${id(flow)}/versions`),
  version: (flow: string, version: number) => ask<PublishedFlow>('GET', `/flows/${id(flow)}/versions/${version}`),
  publish: (flow: string, body: FlowBody, basedOn: number, note: string) =>
    ask<PublishedFlow>('PUT', `/flows/${id(flow)}`, { body: { ...body, based_on: basedOn, note } }),
  check: (flow: string, body: FlowBody) => ask<FlowProblem[]>('POST', `/flows/${id(flow)}/check`, { body }),
  rehearse: (flow: string, story: Story) => ask<Rehearsal>('POST', `/flows/${id(flow)}/rehearsal`, { body: story }),
  counts: (flow: string, days: number) => ask<NodeCount[]>('GET', `/flows/${id(flow)}/counts`, { query: { days } }),
}

export const prompts = {
  list: () => ask<Prompt[]>('GET', '/prompts'),
  uses: () => ask<PromptUse[]>('GET', '/prompt-uses'),
  /** The sound that callers hear. */
  hear: (name: string, language: PromptLanguage) => askFile('GET', prompt(name, language)),
  replace: (name: string, language: PromptLanguage, wav: Blob) => ask<Prompt>('PUT', prompt(name, language), { content: wav }),
  drop: (name: string, language: PromptLanguage) => ask<void>('DELETE', prompt(name, language)),
}

export const surroundings = {
  /** What flows refer to, by name. */
  all: () => ask<FlowAround>('GET', '/flow-surroundings'),
}

export const drafts = {
  /** Who is drawing which flow. */
  list: () => ask<DraftLine[]>('GET', '/flow-drafts'),
  of: (flow: string) => ask<Draft[]>('GET', `/flows/${id(flow)}/drafts`),
  /** One's own; it comes after the revision `revision`, 0 when there is none yet. */
  save: (flow: string, body: FlowBody, basedOn: number, revision: number) =>
    ask<Draft>('PUT', `/flows/${id(flow)}/draft`, { body: { flow: body, based_on: basedOn, revision } }),
  drop: (flow: string) => ask<void>('DELETE', `/flows/${id(flow)}/draft`),
}

export const plans = {
  list: () => ask<Plan[]>('GET', '/flow-plans'),
  make: (flow: string, body: FlowBody, basedOn: number, note: string, dueAt: number) =>
    ask<Plan>('POST', `/flows/${id(flow)}/plans`, { body: { ...body, based_on: basedOn, note, due_at: dueAt } }),
  cancel: (plan: number) => ask<Plan>('DELETE', `/flow-plans/${plan}`),
}
