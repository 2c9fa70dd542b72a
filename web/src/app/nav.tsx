/** The left rail and the tabs beneath it: which pages a person has, in the order of the role. */
import {
  ApartmentOutlined,
  ContactsOutlined,
  ControlOutlined,
  CustomerServiceOutlined,
  DashboardOutlined,
  FileDoneOutlined,
  LineChartOutlined,
  NotificationOutlined,
  UnorderedListOutlined,
  UserOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'

import type { Me, Permission } from '@/api/schema'
import { hasDesk, may } from '@/api/session'

import { ROOMS } from './rooms'

export interface NavTab {
  path: string
  labelKey: string
}

export interface NavItem extends NavTab {
  icon: ReactNode
  /** The pages of the second level that this person has; fewer than two are not shown. */
  tabs: NavTab[]
}

type Opens = (me: Me) => boolean

interface Tab extends NavTab {
  isOpen: Opens
}

interface Entry {
  name: string
  labelKey: string
  icon: ReactNode
  tabs: Tab[]
}

const any =
  (...permissions: Permission[]): Opens =>
  (me) =>
    permissions.some((permission) => may(me, permission))

const single = (name: string, icon: ReactNode, tab: Tab): Entry => ({ name, labelKey: tab.labelKey, icon, tabs: [tab] })

const ENTRIES: readonly Entry[] = [
  single('desk', <CustomerServiceOutlined />, { path: '/desk', labelKey: 'nav.desk', isOpen: hasDesk }),
  {
    name: 'live',
    labelKey: 'nav.live',
    icon: <DashboardOutlined />,
    tabs: [
      { path: '/live', labelKey: 'nav.floor', isOpen: any('live.read') },
      { path: '/walls', labelKey: 'nav.walls', isOpen: any('live.read') },
    ],
  },
  single('customers', <ContactsOutlined />, { path: '/customers', labelKey: 'nav.customers', isOpen: any('customers.read') }),
  {
    name: 'cases',
    labelKey: 'nav.cases',
    icon: <FileDoneOutlined />,
    tabs: [
      { path: '/cases', labelKey: 'nav.case_lists', isOpen: any('cases.read') },
      { path: '/warnings', labelKey: 'nav.warnings', isOpen: any('cases.read') },
      { path: '/callbacks', labelKey: 'nav.callbacks', isOpen: any('cases.call_back') },
      { path: '/surveys', labelKey: 'nav.surveys', isOpen: any('surveys.read', 'cases.edit') },
    ],
  },
  single('announcements', <NotificationOutlined />, { path: '/announcements', labelKey: 'nav.announcements', isOpen: any('announcements.read') }),
  single('records', <UnorderedListOutlined />, { path: '/records', labelKey: 'nav.records', isOpen: any('records.read') }),
  {
    name: 'reports',
    labelKey: 'nav.reports',
    icon: <LineChartOutlined />,
    tabs: [
      { path: '/reports', labelKey: 'nav.figures', isOpen: any('reports.read') },
      { path: '/control-sheet', labelKey: 'nav.control-sheet', isOpen: any('control.use') },
    ],
  },
  single('flows', <ApartmentOutlined />, { path: '/flows', labelKey: 'nav.flows', isOpen: any('flows.read', 'flows.edit') }),
  {
    name: 'admin',
    labelKey: 'nav.admin',
    icon: <ControlOutlined />,
    tabs: [
      { path: '/admin', labelKey: 'nav.overview', isOpen: any('users.edit') },
      { path: '/admin/people', labelKey: 'nav.people', isOpen: any('users.edit') },
      { path: '/admin/routing', labelKey: 'nav.routing', isOpen: any('flows.edit') },
      { path: '/admin/service', labelKey: 'nav.service', isOpen: any('flows.edit', 'scripts.edit', 'cases.edit') },
      { path: '/admin/system', labelKey: 'nav.system', isOpen: any('audit.read', 'system.read') },
      { path: '/setup', labelKey: 'nav.setup', isOpen: any('system.read', 'test_call') },
    ],
  },
  single('me', <UserOutlined />, { path: '/me', labelKey: 'nav.me', isOpen: () => true }),
]

/** What a role has on the rail, most needed first; others of its entries follow. */
const ORDER: Readonly<Record<string, readonly string[]>> = {
  agent: ['desk', 'cases', 'customers', 'announcements', 'records', 'reports', 'me'],
  team_lead: ['live', 'desk', 'cases', 'customers', 'announcements', 'records', 'reports', 'me'],
  supervisor: ['live', 'cases', 'customers', 'announcements', 'records', 'reports', 'flows', 'admin', 'desk', 'me'],
  qa: ['records', 'cases', 'customers', 'announcements', 'reports', 'me'],
  planner: ['live', 'reports', 'announcements', 'me'],
  admin: ['admin', 'flows', 'live', 'reports', 'cases', 'records', 'customers', 'announcements', 'desk', 'me'],
}

/** A page is on the rail when there is one. */
const THERE = new Set(['/desk', ...ROOMS.map((room) => room.path)])

const place = (me: Me, entry: Entry): number => {
  const at = (ORDER[me.user.role] ?? []).indexOf(entry.name)
  return at < 0 ? ENTRIES.length : at
}

const isWithin = (tab: NavTab, path: string): boolean => path === tab.path || path.startsWith(`${tab.path}/`)

/** The entries for this person, the landing page first. */
export function navFor(me: Me): NavItem[] {
  return ENTRIES.flatMap((entry) => {
    const tabs = entry.tabs.filter((tab) => THERE.has(tab.path) && tab.isOpen(me))
    const [first] = tabs
    if (first === undefined) return []
    const isHome = tabs.some((tab) => tab.path === me.home)
    return [{ item: { path: first.path, labelKey: entry.labelKey, icon: entry.icon, tabs }, at: isHome ? -1 : place(me, entry) }]
  })
    .sort((left, right) => left.at - right.at)
    .map(({ item }) => item)
}

/** Of several that fit, the longest: `/admin/people` is not the overview's. */
export function tabAt<T extends NavTab>(tabs: readonly T[], path: string): T | undefined {
  return tabs.filter((tab) => isWithin(tab, path)).sort((left, right) => right.path.length - left.path.length)[0]
}

/** The entry that a page belongs to. */
export const itemAt = (items: readonly NavItem[], path: string): NavItem | undefined =>
  items.find((item) => tabAt(item.tabs, path) !== undefined)

/** Pages within those of the rail that need more than the rail's entry. */
const WITHIN: Record<string, Permission> = { '/reports/costs': 'costs.edit' }

export function mayOpen(me: Me, path: string): boolean {
  const needed = WITHIN[path]
  if (needed !== undefined && !may(me, needed)) return false
  return tabAt(ENTRIES.flatMap((entry) => entry.tabs), path)?.isOpen(me) ?? true
}

/** The landing page, or the first page the person has when the server's is not among them. */
export function homeOf(me: Me): string {
  const items = navFor(me)
  const isThere = items.some((item) => item.tabs.some((tab) => tab.path === me.home))
  return isThere ? me.home : (items[0]?.path ?? '/welcome')
}
