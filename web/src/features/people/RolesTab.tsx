/** 角色: those of the product and the centre's own; what each allows, and all beside each other. */
import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { staff, type Role } from '@/api/staff'
import { nameIn } from '@/ui/format'
import { ErrorBox, Loading } from '@/ui/states'

import { rolesQuery } from './known'
import { RoleEditor } from './RoleEditor'
import { RoleTable } from './RoleTable'
import { cloneOf } from './roles'

const VIEWS = ['each', 'beside'] as const

function Entries({ roles, openId, onOpen }: { roles: readonly Role[]; openId: string; onOpen: (id: string) => void }): ReactElement {
  const { t, i18n } = useTranslation()
  const part = (own: boolean): ReactElement => (
    <>
      <h2 className="people-sub">{own ? t('roles.own') : t('roles.shipped')}</h2>
      {roles.filter((role) => role.own === own).map((role) => (
        <button key={role.id} type="button" className="plain-button people-entry" aria-current={role.id === openId} data-testid={`role-${role.id}`} onClick={() => onOpen(role.id)}>
          <span className="people-entry-name">{nameIn(i18n.language, role)}</span>
          <span className="quiet">{t('roles.people', { count: role.people })}</span>
        </button>
      ))}
    </>
  )
  return (
    <nav className="people-entries" aria-label={t('people.tab.roles')}>
      {part(false)}
      {part(true)}
      {roles.some((role) => role.own) ? null : <p className="quiet">{t('roles.none')}</p>}
    </nav>
  )
}

export function RolesTab(): ReactElement {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const [from, setFrom] = useState<Role | null>(null)
  const [view, setView] = useState<(typeof VIEWS)[number]>('each')
  const found = useQuery(rolesQuery)
  const choices = useQuery({ queryKey: ['people', 'role-choices'], queryFn: staff.roleChoices, staleTime: Infinity })
  if (found.isPending || choices.isPending) return <Loading rows={10} />
  if (found.isError) return <ErrorBox error={found.error} onRetry={() => void found.refetch()} />
  if (choices.isError) return <ErrorBox error={choices.error} onRetry={() => void choices.refetch()} />
  const roles = found.data
  const open = from === null ? (roles.find((role) => role.id === search.get('open')) ?? roles[0]) : cloneOf(from)
  const show = (id: string | null): void => {
    setFrom(null)
    setSearch(id === null ? { tab: 'roles' } : { tab: 'roles', open: id }, { replace: true })
  }
  return (
    <div className="stack">
      <div className="row people-roles-head">
        <p className="quiet">{t('roles.about')}</p>
        <Segmented value={view} onChange={setView} options={VIEWS.map((each) => ({ value: each, label: t(`roles.view.${each}`) }))} data-testid="roles-view" />
      </div>
      {view === 'beside' || open === undefined ? <RoleTable roles={roles} /> : (
        <div className="people-split">
          <Entries roles={roles} openId={open.id} onOpen={show} />
          <RoleEditor key={open.id === '' ? `clone-${from?.id}` : open.id} stored={open} from={from} roles={roles} choices={choices.data} onClone={() => setFrom(open)} onShow={show} />
        </div>
      )}
    </div>
  )
}
