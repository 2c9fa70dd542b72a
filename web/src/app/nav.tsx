/** The left rail: which pages a person has, home first. */
import {
  AlertOutlined,
  ControlOutlined,
  CustomerServiceOutlined,
  DashboardOutlined,
  LineChartOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'

import type { Me, Permission } from '@/api/schema'
import { hasDesk, may } from '@/api/session'

export interface NavItem {
  path: string
  labelKey: string
  icon: ReactNode
}

interface Entry extends NavItem {
  isOpen: (me: Me) => boolean
}

const granted = (permission: Permission) => (me: Me) => may(me, permission)

const ENTRIES: Entry[] = [
  { path: '/desk', labelKey: 'nav.desk', icon: <CustomerServiceOutlined />, isOpen: hasDesk },
  { path: '/live', labelKey: 'nav.live', icon: <DashboardOutlined />, isOpen: granted('live.read') },
  { path: '/records', labelKey: 'nav.records', icon: <UnorderedListOutlined />, isOpen: granted('records.read') },
  { path: '/reports', labelKey: 'nav.reports', icon: <LineChartOutlined />, isOpen: granted('reports.read') },
  { path: '/control-sheet', labelKey: 'nav.control-sheet', icon: <AlertOutlined />, isOpen: granted('control.use') },
  {
    path: '/setup',
    labelKey: 'nav.setup',
    icon: <ControlOutlined />,
    isOpen: (me) => may(me, 'system.read') || may(me, 'test_call'),
  },
]

/** The entries for this person, the landing page first. */
export function navFor(me: Me): NavItem[] {
  const open = ENTRIES.filter((entry) => entry.isOpen(me))
  return [...open].sort((one, other) => Number(other.path === me.home) - Number(one.path === me.home))
}

/** Pages within those of the rail that need more than the rail's entry. */
const WITHIN: Record<string, Permission> = { '/reports/costs': 'costs.edit' }

export function mayOpen(me: Me, path: string): boolean {
  const needed = WITHIN[path]
  if (needed !== undefined && !may(me, needed)) return false
  const entry = ENTRIES.find((each) => path === each.path || path.startsWith(`${each.path}/`))
  return entry === undefined || entry.isOpen(me)
}

/** The landing page, or the first page the person has when the server's is not among them. */
export function homeOf(me: Me): string {
  const items = navFor(me)
  return items.some((item) => item.path === me.home) ? me.home : (items[0]?.path ?? '/welcome')
}
