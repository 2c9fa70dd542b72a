/** 班组: what each is called, who leads it, how many are in it. */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { listFilePath } from '@/api/exports'
import type { Team } from '@/api/staff'
import { ListExport } from '@/ui/ExportMenu'
import { DataTable, type Column } from '@/ui/DataTable'
import { nameIn } from '@/ui/format'

import { teamsQuery } from './known'
import { TeamDrawer } from './TeamDrawer'

function useColumns(): Column<Team>[] {
  const { t, i18n } = useTranslation()
  return [
    { key: 'name', title: t('people.team'), render: (team) => nameIn(i18n.language, team), widest: '18em' },
    { key: 'lead', title: t('people.lead'), render: (team) => team.lead_name ?? '—', widest: '14em' },
    {
      key: 'people',
      title: t('people.members'),
      align: 'end',
      render: (team) => <Link to={{ search: `?team=${encodeURIComponent(team.id)}` }}>{team.people}</Link>,
    },
    { key: 'agents', title: t('people.seats'), align: 'end', render: (team) => team.agents },
    {
      key: 'state',
      title: t('people.standing'),
      render: (team) => (team.closed_at === null ? `● ${t('people.team_open')}` : <span className="quiet">✕ {t('people.team_closed')}</span>),
    },
  ]
}

export function TeamsTab(): ReactElement {
  const { t } = useTranslation()
  const teams = useQuery(teamsQuery)
  const [open, setOpen] = useState<Team | 'new' | null>(null)
  const rows = {
    rows: teams.data ?? [],
    isPending: teams.isPending,
    error: teams.error,
    hasMore: false,
    isFetchingMore: false,
    more: () => undefined,
    retry: () => void teams.refetch(),
  }
  const create = (
    <Button type="primary" onClick={() => setOpen('new')} data-testid="teams-new">
      {t('people.new_team')}
    </Button>
  )
  return (
    <>
      <DataTable
        name="teams"
        label={t('people.tab.teams')}
        columns={useColumns()}
        rows={rows}
        keyOf={(team) => team.id}
        onOpen={setOpen}
        isChosen={(team) => open !== null && open !== 'new' && open.id === team.id}
        empty={{ title: t('people.no_teams'), why: t('people.no_teams_why') }}
        actions={
          <>
            <ListExport pathOf={listFilePath('teams')} />
            {create}
          </>
        }
      />
      {open === null ? null : <TeamDrawer team={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </>
  )
}
