/** The columns of the list of people. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { useZone } from '@/api/session'
import type { Person } from '@/api/staff'
import type { Column } from '@/ui/DataTable'
import { shortDateTime } from '@/ui/format'

import { nameOf, useQueueOptions, useRoleOptions, useTeamOptions } from './known'

/** Open, closed, locked, and whether the desktop is open: shape and word, never colour alone. */
export function Standing({ person }: { person: Person }): ReactElement {
  const { t } = useTranslation()
  if (person.closed_at !== null) return <span className="quiet">✕ {t('people.state.closed')}</span>
  if (person.locked_until !== null) return <span className="over">■ {t('people.state.locked')}</span>
  if (person.online) return <span className="people-online">● {t('people.state.online')}</span>
  return <span className="quiet">○ {t('people.state.offline')}</span>
}

export function useColumns(): Column<Person>[] {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const teams = useTeamOptions()
  const queues = useQueueOptions()
  const roles = useRoleOptions()
  const levels = (pairs: { name: string; level: number | undefined }[]): string =>
    pairs.length === 0 ? '—' : pairs.map(({ name, level }) => `${name} ${level ?? ''}`.trim()).join(t('people.between'))
  return [
    { key: 'name', title: t('people.name'), render: (person) => person.name, sorts: true, widest: '14em' },
    { key: 'username', title: t('people.username'), render: (person) => person.username, sorts: true, widest: '12em' },
    { key: 'state', title: t('people.standing'), render: (person) => <Standing person={person} /> },
    { key: 'role', title: t('people.role'), render: (person) => nameOf(roles, person.role), sorts: true },
    { key: 'team', title: t('people.team'), render: (person) => (person.team === null ? '—' : nameOf(teams, person.team)), sorts: true, widest: '12em' },
    {
      key: 'queues',
      title: t('people.queues'),
      render: (person) => levels((person.place?.queues ?? []).map(({ queue, level }) => ({ name: nameOf(queues, queue), level }))),
      widest: '18em',
    },
    {
      key: 'skills',
      title: t('people.skills'),
      render: (person) => levels((person.place?.skills ?? []).map(({ skill, level }) => ({ name: skill, level }))),
      widest: '16em',
    },
    { key: 'phone', title: t('people.phone'), render: (person) => person.phone ?? '—', widest: '10em' },
    { key: 'email', title: t('people.email'), render: (person) => person.email || '—', widest: '16em', isExtra: true },
    {
      key: 'last_sign_in',
      title: t('people.last_sign_in'),
      render: (person) => (person.last_sign_in === null ? t('people.never') : shortDateTime(person.last_sign_in, i18n.language, zone)),
      sorts: true,
    },
  ]
}
