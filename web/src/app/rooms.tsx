/** Every page but the desk: its path, and how it is fetched when somebody goes there. */
import type { ComponentType } from 'react'

import { late } from '@/ui/late'

import { loadWords } from './i18n'

export interface Room {
  path: string
  /** For tests and for the notice of a page that broke. */
  name: string
  Room: ComponentType
}

/**
 * One page, fetched with the words of its feature.
 *
 * @param words the feature's pairs in `locales/`, where it has some
 */
function room<Name extends string>(
  path: string,
  part: Name,
  fetch: () => Promise<Record<Name, ComponentType>>,
  ...words: string[]
): Room {
  const Room: ComponentType = late(async () => {
    const [found] = await Promise.all([fetch(), ...words.map(loadWords)])
    return found[part]
  })
  return { path, name: path.slice(1).replaceAll('/', '-').replaceAll(':', ''), Room }
}

/** A wallboard, over the whole screen: it has no frame around it, and may have no person before it. */
export const WALL: Room = room('/wall/:id', 'WallPage', () => import('@/features/wall/WallPage'), 'wall')

export const ROOMS: readonly Room[] = [
  room('/admin', 'AdminPage', () => import('@/features/admin/AdminPage'), 'admin'),
  room('/setup', 'SetupPage', () => import('@/features/setup/SetupPage'), 'setup', 'holidays'),
  room('/live', 'LivePage', () => import('@/features/live/LivePage'), 'live'),
  room('/walls', 'WallsPage', () => import('@/features/wall/WallsPage'), 'wall'),
  room('/callbacks', 'CallbacksPage', () => import('@/features/callbacks/CallbacksPage'), 'callbacks', 'cases', 'office'),
  room('/surveys', 'SurveysPage', () => import('@/features/surveys/SurveysPage'), 'surveys', 'cases', 'formspec', 'office'),
  room('/records', 'RecordsPage', () => import('@/features/records/RecordsPage'), 'records'),
  room('/records/:id', 'RecordPage', () => import('@/features/records/RecordPage'), 'records'),
  room('/customers', 'CustomersPage', () => import('@/features/customers/CustomersPage'), 'customers', 'office', 'people'),
  room('/customers/:id', 'CustomerPage', () => import('@/features/customers/CustomerPage'), 'customers', 'cases', 'office'),
  room('/cases', 'CasesPage', () => import('@/features/cases/CasesPage'), 'cases', 'casework', 'formspec', 'office'),
  room('/cases/:id', 'CasePage', () => import('@/features/cases/CasePage'), 'cases', 'casework', 'formspec', 'office', 'surveys', 'announcements'),
  room('/warnings', 'WarningsPage', () => import('@/features/warnings/WarningsPage'), 'warnings', 'formspec', 'office'),
  room('/warnings/:id', 'WarningPage', () => import('@/features/warnings/WarningPage'), 'warnings', 'formspec', 'office'),
  room('/announcements', 'AnnouncementsPage', () => import('@/features/announcements/AnnouncementsPage'), 'announcements', 'office'),
  room('/announcements/:id', 'AnnouncementPage', () => import('@/features/announcements/AnnouncementPage'), 'announcements', 'office'),
  room('/reports', 'ReportsPage', () => import('@/features/reports/ReportsPage'), 'reports'),
  room('/reports/costs', 'CostsPage', () => import('@/features/reports/CostsPage'), 'reports'),
  room('/reports/:id', 'ReportPage', () => import('@/features/reports/ReportPage'), 'reports'),
  room('/control-sheet', 'ControlSheetPage', () => import('@/features/reports/ControlSheetPage'), 'reports'),
  room('/flows', 'FlowsPage', () => import('@/features/flows/FlowsPage'), 'flows'),
  room('/flows/:id', 'FlowPage', () => import('@/features/flows/FlowPage'), 'flows'),
  room('/me', 'MePage', () => import('@/features/me/MePage'), 'me'),
  room('/admin/people', 'PeoplePage', () => import('@/features/people/PeoplePage'), 'people', 'roles', 'posts', 'office'),
  room('/admin/routing', 'RoutingPage', () => import('@/features/routing/RoutingPage'), 'routing'),
  room('/admin/system', 'SystemPage', () => import('@/features/system/SystemPage'), 'system', 'notices'),
  room('/admin/service', 'ServicePage', () => import('@/features/service/ServicePage'), 'service', 'holidays', 'notices', 'casesetup', 'cases', 'formspec', 'office'),
  room('/admin/routing/queues/:id', 'QueuePage', () => import('@/features/routing/QueuePage'), 'routing'),
]

const PATHS = new Set(ROOMS.map((each) => each.path))

/** Whether there is such a page. */
export const hasRoom = (path: string): boolean => PATHS.has(path)
