/** What the centre is called, and how far its first set-up has come. */
import { ask } from './client'
import type { components } from './schema.generated'

type Schemas = components['schemas']

export type Organisation = Schemas['OrganisationOut']
export type StepOut = Schemas['SetupStepOut']
export type SetupStep = Schemas['SetupStep']
export type OrganisationWish = Schemas['OrganisationIn']
export type Team = Schemas['TeamOut']

const id = encodeURIComponent

export const organisation = {
  read: () => ask<Organisation>('GET', '/organisation'),
  name: (wish: OrganisationWish) => ask<Organisation>('PUT', '/organisation', { body: wish }),
  step: (step: SetupStep, state: 'done' | 'skipped' | null, what = '') =>
    ask<Organisation>('PUT', `/setup/steps/${step}`, { body: { state, what } }),
  teams: () => ask<Team[]>('GET', '/teams'),
  addAgent: (agent: { id: string; no: string; name: string; team: string; queues: string[] }) =>
    ask<unknown>('POST', '/agents', { body: agent }),
  becomeAgent: (user: string, agent: string) => ask<unknown>('PATCH', `/users/${id(user)}`, { body: { agent } }),
}
