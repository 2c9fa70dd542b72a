/** 角色: what each of the roles that ship may do, in words, beside each other. */
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { staff, type Role } from '@/api/staff'
import { ErrorBox, Loading } from '@/ui/states'

type Permission = Role['permissions'][number]

/** Permissions in the order in which roles have them: what is for all comes first. */
function ordered(roles: readonly Role[]): Permission[] {
  const all = [...new Set(roles.flatMap((role) => role.permissions))]
  const holders = (permission: Permission): number => roles.filter((role) => role.permissions.includes(permission)).length
  return all.sort((one, other) => holders(other) - holders(one) || one.localeCompare(other))
}

export function RolesTab(): ReactElement {
  const { t } = useTranslation()
  const found = useQuery({ queryKey: ['people', 'roles'], queryFn: staff.roles, staleTime: Infinity })
  if (found.isPending) return <Loading rows={10} />
  if (found.isError) return <ErrorBox error={found.error} onRetry={() => void found.refetch()} />
  const roles = found.data
  return (
    <div className="stack">
      <p className="quiet">{t('people.roles_about')}</p>
      {/* What scrolls must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="scroll" tabIndex={0} role="region" aria-label={t('people.tab.roles')}>
        <table className="grid people-roles" data-testid="table-roles">
          <caption className="screen-reader">{t('people.tab.roles')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('people.may')}</th>
              {roles.map((role) => (
                <th key={role.id} scope="col">
                  {t(`role.${role.id}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{t('people.sees')}</th>
              {roles.map((role) => (
                <td key={role.id}>{t(`people.scope.${role.scope}`)}</td>
              ))}
            </tr>
            {ordered(roles).map((permission) => (
              <tr key={permission}>
                <th scope="row">
                  {t(`people.permission.${permission}`)} <code className="quiet">{permission}</code>
                </th>
                {roles.map((role) => {
                  const has = role.permissions.includes(permission)
                  return (
                    <td key={role.id}>
                      <span aria-hidden="true">{has ? '✓' : '–'}</span>
                      <span className="screen-reader">{has ? t('people.yes') : t('people.no')}</span>
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
