/** People with their places at a desk, teams, roles, and lists of people. */
import { ask, askFile, askLines } from './client'
import type { Problem } from './schema'
import type { components } from './schema.generated'

type Schemas = components['schemas']

export type Person = Schemas['StaffOut']
export type PersonIn = Schemas['PersonIn']
export type NewPersonIn = Schemas['NewPersonIn']
export type Place = Schemas['PlaceIn']
export type Team = Schemas['TeamFull']
export type TeamIn = Schemas['TeamIn']
export type Role = Schemas['RoleOut']
export type RoleChoices = Schemas['RoleChoices']
export type ListPlan = Schemas['StaffListPlan']
export type ListLine = Schemas['StaffListLine']

export interface PeoplePage {
  items: Person[]
  next: string | null
  total: number
}

export interface PeopleAsked {
  q?: string | undefined
  role?: string | undefined
  team?: string | undefined
  skill?: string | undefined
  queue?: string | undefined
  state?: string | undefined
  sort?: string | undefined
}

/** How far a list is, as it is taken in. */
export interface ListProgress {
  step: 'passwords' | 'places' | 'people' | 'in_force'
  done: number
  of: number
}

export interface Joined {
  line: number
  number: string
  username: string
  name: string
  password: string
}

export interface ListResult {
  new: number
  changed: number
  same: number
  wrong: number
  in_force: boolean
  joined: Joined[]
}

/** What the server says while it takes a list in: steps, at the end `result` or `problem`. */
export type ListSaid =
  | ListProgress
  | { result: ListResult }
  | { problem: Problem }

const id = encodeURIComponent

const roleIn = ({ name, name_en, permissions, scope, home }: Role): Schemas['RoleIn'] => ({ name, name_en, permissions, scope, home })

export const staff = {
  list: (asked: PeopleAsked, cursor?: string) => ask<PeoplePage>('GET', '/people', { query: { ...asked, cursor } }),
  read: (person: string) => ask<Person>('GET', `/people/${id(person)}`),
  create: (wanted: NewPersonIn) => ask<{ person: Person; password: string }>('POST', '/people', { body: wanted }),
  change: (person: string, wanted: PersonIn, match: string) => ask<Person>('PUT', `/people/${id(person)}`, { body: wanted, match }),
  unlock: (person: string) => ask<void>('POST', `/people/${id(person)}/unlock`),
  resetPassword: (person: string) => ask<{ password: string }>('POST', `/users/${id(person)}/password`, { body: {} }),
  teams: () => ask<Team[]>('GET', '/teams/full'),
  addTeam: (wanted: TeamIn) => ask<Team>('POST', '/teams', { body: wanted }),
  changeTeam: (team: string, wanted: TeamIn, match: string) => ask<Team>('PUT', `/teams/${id(team)}`, { body: wanted, match }),
  roles: () => ask<Role[]>('GET', '/roles'),
  roleChoices: () => ask<RoleChoices>('GET', '/roles/choices'),
  addRole: (role: Role) => ask<Role>('POST', '/roles', { body: roleIn(role) }),
  changeRole: (role: string, wanted: Role, match: string) => ask<Role>('PUT', `/roles/${id(role)}`, { body: roleIn(wanted), match }),
  removeRole: (role: Role) => ask<void>('DELETE', `/roles/${id(role.id)}`, { match: role.revision }),
  queues: () => ask<{ id: string; name: string; name_en: string }[]>('GET', '/queues'),
  skills: () => ask<{ skill: string }[]>('GET', '/skills'),
  template: (format: 'xlsx' | 'csv', language: 'zh' | 'en') => askFile('GET', '/staff-list/template', { query: { format, language } }),
  checkList: (content: Blob) => ask<ListPlan>('POST', '/staff-list/check', { content }),
  takeList: (content: Blob, onlyGood: boolean, said: (line: ListSaid) => void) =>
    askLines<ListSaid>('POST', '/staff-list', { content, query: { only_good: onlyGood } }, said),
}
