/** Who is signed in, as every part of the page asks it. */
import { queryOptions, useQuery } from '@tanstack/react-query'

import { session } from './calls'
import { ApiProblem, rememberCsrf } from './client'
import type { Me, Permission } from './schema'

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Me | null> => {
    try {
      const me = await session.read()
      rememberCsrf(me.csrf)
      return me
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return null
      throw error
    }
  },
  staleTime: Infinity,
})

let isEnded = false

/** The server ended the session by itself; the sign-in page says so once. */
export function tellEnded(): void {
  isEnded = true
}

/** Did the server end the session? Asking does not forget it; signing in does. */
export const hasEnded = (): boolean => isEnded

export function forgetEnded(): void {
  isEnded = false
}

/** The signed-in person; `null` when nobody is. */
export function useMe(): Me | null {
  return useQuery(sessionQuery).data ?? null
}

export const may = (me: Me | null, permission: Permission): boolean =>
  me !== null && me.permissions.includes(permission)

/** Does this person take contacts at a desk? */
export const hasDesk = (me: Me | null): boolean => me !== null && me.agent !== null && may(me, 'desk.use')

export function useMay(permission: Permission): boolean {
  return may(useMe(), permission)
}

export function useZone(): string {
  return useMe()?.org.time_zone ?? 'Asia/Shanghai'
}
