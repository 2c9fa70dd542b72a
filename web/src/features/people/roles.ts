/** What a role is made of: permissions in groups, what each needs beside it, where one may land. */
import type { Permission } from '@/api/schema'
import type { Role, RoleChoices } from '@/api/staff'

export const GROUPS = ['desk', 'live', 'records', 'reports', 'settings', 'system'] as const
export type Group = (typeof GROUPS)[number]

/** By what stands before the point of a permission; what is new stands with the settings. */
const GROUP_OF: Readonly<Record<string, Group>> = {
  desk: 'desk',
  live: 'live',
  walls: 'live',
  records: 'records',
  reports: 'reports',
  targets: 'reports',
  control: 'reports',
  costs: 'reports',
  users: 'system',
  audit: 'system',
  system: 'system',
  test_call: 'system',
}

const READING: Readonly<Record<string, Permission>> = {
  live: 'live.read',
  records: 'records.read',
  reports: 'reports.read',
  targets: 'reports.read',
  control: 'reports.read',
  costs: 'reports.read',
  flows: 'flows.read',
  trunks: 'flows.edit',
}

const areaOf = (permission: Permission): string => permission.split('.')[0] ?? permission

/** Without it a permission opens nothing: whoever plays recordings must find them. */
export function needOf(permission: Permission): Permission | null {
  const need = READING[areaOf(permission)]
  return need === undefined || need === permission ? null : need
}

export function grouped(all: readonly Permission[]): { group: Group; permissions: Permission[] }[] {
  const groups = GROUPS.map((group) => {
    const permissions = all.filter((each) => (GROUP_OF[areaOf(each)] ?? 'settings') === group)
    // What opens the pages of a group comes first.
    const opens = (each: Permission): number => (permissions.some((other) => needOf(other) === each) ? 0 : 1)
    return { group, permissions: permissions.sort((one, other) => opens(one) - opens(other) || one.localeCompare(other)) }
  })
  return groups.filter(({ permissions }) => permissions.length > 0)
}

/** Every permission that there is: some role of the product has it. */
export const everyPermission = (roles: readonly Role[]): Permission[] => [...new Set(roles.flatMap((role) => role.permissions))].sort()

/** Ticked with what it needs; taken away with what needs it. */
export function ticked(permissions: readonly Permission[], one: Permission, isOn: boolean): Permission[] {
  const needs = (each: Permission): Permission[] => {
    const need = needOf(each)
    return need === null ? [each] : [each, ...needs(need)]
  }
  const next = isOn ? [...permissions, ...needs(one)] : permissions.filter((each) => !needs(each).includes(one))
  return [...new Set(next)].sort()
}

export const opensHome = (homes: RoleChoices['homes'], path: string, permissions: readonly Permission[]): boolean => {
  const home = homes.find((each) => each.path === path)
  return home !== undefined && (home.needs.length === 0 || home.needs.some((each) => permissions.includes(each)))
}

/** What pages are called on the rail. */
export const HOME_WORDS: Readonly<Record<string, string>> = {
  '/desk': 'nav.desk',
  '/live': 'nav.floor',
  '/records': 'nav.records',
  '/reports': 'nav.figures',
  '/control-sheet': 'nav.control-sheet',
  '/flows': 'nav.flows',
  '/admin': 'nav.overview',
  '/admin/routing': 'nav.routing',
  '/admin/system': 'nav.system',
  '/me': 'nav.me',
}

/** A new role begins as another one is; its names are to be given. */
export const cloneOf = (role: Role): Role => ({ ...role, id: '', name: '', name_en: '', own: true, givable: true, people: 0, revision: '' })
