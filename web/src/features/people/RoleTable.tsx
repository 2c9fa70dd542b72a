/** What each role may do, in words, beside each other. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { Permission } from '@/api/schema'
import type { Role } from '@/api/staff'
import { nameIn } from '@/ui/format'

import { everyPermission } from './roles'

/** Permissions in the order in which roles have them: what is for all comes first. */
function ordered(roles: readonly Role[]): Permission[] {
  const holders = (permission: Permission): number => roles.filter((role) => role.permissions.includes(permission)).length
  return everyPermission(roles).sort((one, other) => holders(other) - holders(one) || one.localeCompare(other))
}

export function RoleTable({ roles }: { roles: readonly Role[] }): ReactElement {
  const { t, i18n } = useTranslation()
  return (
    // What scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="scroll" tabIndex={0} role="region" aria-label={t('roles.beside')}>
      <table className="grid people-roles" data-testid="table-roles">
        <caption className="screen-reader">{t('roles.beside')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('people.may')}</th>
            {roles.map((role) => (
              <th key={role.id} scope="col">
                {nameIn(i18n.language, role)}
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
  )
}
