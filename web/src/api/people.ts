/** People and where reports reach them. */
import { ask } from './client'
import type { components } from './schema.generated'

type Schemas = components['schemas']

export type Person = Schemas['lianxi__modules__identity__router__UserOut']
export type Profile = Schemas['Profile']

export const people = {
  profile: () => ask<Profile>('GET', '/profile'),
  setProfile: (profile: Profile) => ask<Profile>('PUT', '/profile', { body: profile }),
  list: () => ask<Person[]>('GET', '/users'),
  setEmail: (person: string, email: string) => ask<Person>('PATCH', `/users/${encodeURIComponent(person)}`, { body: { email } }),
}
