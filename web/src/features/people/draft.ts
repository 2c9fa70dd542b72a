/** A person as a form holds one, and as the server takes one. */
import type { NewPersonIn, Person, PersonIn, Place } from '@/api/staff'

export type WrapUpTime = NonNullable<Place['wrap_up_time']>

export const WRAP_UP_TIMES: readonly WrapUpTime[] = ['queue', 'tenfold', 'unlimited']

export interface Draft {
  username: string
  name: string
  role: PersonIn['role']
  team: string | null
  email: string
  takesCalls: boolean
  agent: string
  queues: { queue: string; level: number }[]
  skills: { skill: string; level: number }[]
  wrapUpTime: WrapUpTime
}

export const EMPTY: Draft = {
  username: '',
  name: '',
  role: 'agent',
  team: null,
  email: '',
  takesCalls: true,
  agent: '',
  queues: [],
  skills: [],
  wrapUpTime: 'queue',
}

const BEST = 10

export function draftOf(person: Person): Draft {
  const { place } = person
  return {
    username: person.username,
    name: person.name,
    role: person.role,
    team: person.team,
    email: person.email,
    takesCalls: place !== null,
    agent: place?.agent ?? '',
    queues: (place?.queues ?? []).map(({ queue, level }) => ({ queue, level: level ?? BEST })),
    skills: (place?.skills ?? []).map(({ skill, level }) => ({ skill, level: level ?? 1 })),
    wrapUpTime: place?.wrap_up_time ?? 'queue',
  }
}

function placeOf(draft: Draft): Place | null {
  if (!draft.takesCalls) return null
  return {
    agent: draft.agent.trim(),
    queues: draft.queues,
    skills: draft.skills.filter(({ skill }) => skill.trim() !== ''),
    wrap_up_time: draft.wrapUpTime,
  }
}

export const wanted = (draft: Draft, closed: boolean): PersonIn => ({
  name: draft.name.trim(),
  role: draft.role,
  team: draft.team,
  email: draft.email.trim(),
  closed,
  place: placeOf(draft),
})

export const newcomer = (draft: Draft): NewPersonIn => ({ ...wanted(draft, false), username: draft.username.trim() })
