/** One role: its names, whose data it sees, where it lands, what it allows. Shipped ones are read. */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Input, Popconfirm, Radio, Select } from 'antd'
import { useRef, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Permission } from '@/api/schema'
import { staff, type Role, type RoleChoices } from '@/api/staff'
import { EditBar, EditFrame } from '@/ui/EditFrame'
import { nameIn } from '@/ui/format'
import { notify } from '@/ui/notices'
import { useVersions, type Editing } from '@/ui/versions'

import { rolesQuery } from './known'
import { everyPermission, grouped, HOME_WORDS, opensHome, ticked } from './roles'

interface PartProps {
  editing: Editing<Role>
  choices: RoleChoices
  isRead: boolean
}

function Naming({ editing, isRead }: Omit<PartProps, 'choices'>): ReactElement {
  const { t } = useTranslation()
  const { draft } = editing
  return (
    <div className="people-pair">
      <label className="people-label">
        {t('roles.name')}
        <Input maxLength={80} disabled={isRead} value={draft.name} data-testid="role-name" onChange={(event) => editing.change({ ...draft, name: event.target.value })} />
      </label>
      <label className="people-label">
        {t('roles.name_en')}
        <Input maxLength={80} disabled={isRead} value={draft.name_en} placeholder={t('roles.name_en_does')} data-testid="role-name-en" onChange={(event) => editing.change({ ...draft, name_en: event.target.value })} />
      </label>
    </div>
  )
}

function Reach({ editing, choices, isRead }: PartProps): ReactElement {
  const { t } = useTranslation()
  const { draft } = editing
  const isOpen = opensHome(choices.homes, draft.home, draft.permissions)
  const homes = choices.homes
    .filter(({ path }) => path === draft.home || opensHome(choices.homes, path, draft.permissions))
    .map(({ path }) => ({ value: path, label: t(HOME_WORDS[path] ?? path) }))
  const scopes = (['self', 'team', 'all'] as const).map((scope) => ({ value: scope, label: t(`people.scope.${scope}`), disabled: !choices.scopes.includes(scope) }))
  return (
    <div className="people-pair">
      <div className="people-label">
        {t('people.sees')}
        <Radio.Group aria-label={t('people.sees')} disabled={isRead} options={scopes} value={draft.scope} optionType="button" data-testid="role-scope" onChange={(event) => editing.change({ ...draft, scope: event.target.value as Role['scope'] })} />
        <span className="quiet">{t(`roles.scope_does.${draft.scope}`)}</span>
      </div>
      <div className="people-label">
        {t('roles.home')}
        <Select aria-label={t('roles.home')} disabled={isRead} options={homes} value={draft.home} data-testid="role-home" onChange={(home: string) => editing.change({ ...draft, home })} />
        {isOpen ? <span className="quiet">{t('roles.home_does')}</span> : <span className="over" role="alert">▲ {t('problem.role_home_closed')}</span>}
      </div>
    </div>
  )
}

function Rights({ editing, choices, isRead, all }: PartProps & { all: readonly Permission[] }): ReactElement {
  const { t } = useTranslation()
  const { draft } = editing
  const tick = (one: Permission, isOn: boolean): void => editing.change({ ...draft, permissions: ticked(draft.permissions, one, isOn) })
  return (
    <>
      {grouped(all).map(({ group, permissions }) => (
        <fieldset key={group} className="people-rights">
          <legend>
            {t(`roles.group.${group}`)} <span className="quiet">{permissions.filter((each) => draft.permissions.includes(each)).length}/{permissions.length}</span>
          </legend>
          {permissions.map((one) => {
            const mayPass = choices.permissions.includes(one)
            return (
              <Checkbox key={one} className="people-right" checked={draft.permissions.includes(one)} disabled={isRead || !mayPass} data-testid={`right-${one}`} onChange={(event) => tick(one, event.target.checked)}>
                {t(`people.permission.${one}`)}
                <span className="quiet people-right-does">{t(`roles.does.${one}`)}{mayPass || isRead ? '' : ` ${t('roles.not_yours')}`}</span>
              </Checkbox>
            )
          })}
        </fieldset>
      ))}
    </>
  )
}

interface RoleEditorProps {
  stored: Role
  /** The role that a new one begins as; null for one that is there. */
  from: Role | null
  roles: readonly Role[]
  choices: RoleChoices
  onClone: () => void
  onShow: (id: string | null) => void
}

export function RoleEditor({ stored, from, roles, choices, onClone, onShow }: RoleEditorProps): ReactElement {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const made = useRef('')
  const reread = async (): Promise<Role | undefined> => {
    const all = await client.fetchQuery({ ...rolesQuery, staleTime: 0 })
    if (made.current !== '') onShow(made.current)
    return all.find((each) => each.id === stored.id)
  }
  const editing = useVersions<Role>({
    name: from === null ? `role-${stored.id}` : `role-clone-${from.id}`,
    stored,
    send: async (_changes, whole, match) => {
      if (from === null) return staff.changeRole(stored.id, whole, match)
      const role = await staff.addRole(whole)
      made.current = role.id
      return { ...role, id: '' }
    },
    reread,
    saved: t('roles.saved'),
  })
  const isRead = !stored.own || !stored.givable
  const list = (version: Role): string => version.permissions.map((one) => t(`people.permission.${one}`)).join(t('people.between'))
  const remove = (): void => void staff.removeRole(stored).then(reread).then(() => onShow(null)).catch(notify)
  const parts = { editing, choices, isRead }
  const holders = stored.people === 0 ? null : <Link to={{ search: `?role=${stored.id}` }} className="target" data-testid="role-people">{t('roles.people', { count: stored.people })}</Link>
  return (
    <section className="stack people-role" aria-label={from === null ? nameIn(i18n.language, stored) : t('roles.new')} data-testid="role-editor">
      {from === null ? null : <p>{t('roles.cloned', { name: nameIn(i18n.language, from) })}</p>}
      {isRead ? (
        <div className="row">
          <Button type="primary" onClick={onClone} data-testid="role-clone">{t('roles.clone')}</Button>
          <span className="quiet">{stored.own ? t('roles.beyond_yours') : t('roles.shipped_why')}</span>
          {holders}
        </div>
      ) : (
        <div className="people-bar">
        <EditBar editing={editing}>
          {from === null ? (
            <>
              <Button onClick={onClone} data-testid="role-clone">{t('roles.clone')}</Button>
              <Popconfirm title={t('roles.remove_sure')} okText={t('roles.remove')} cancelText={t('common.cancel')} onConfirm={remove}>
                <Button danger data-testid="role-remove">{t('roles.remove')}</Button>
              </Popconfirm>
              {holders}
              {holders === null ? null : <span className="quiet">{t('roles.at_once')}</span>}
            </>
          ) : (
            <Button onClick={() => onShow(from.id)} data-testid="role-clone-cancel">{t('common.cancel')}</Button>
          )}
        </EditBar>
        </div>
      )}
      <EditFrame<Role> editing={editing} fields={[
        { key: 'name', label: t('roles.name') },
        { key: 'name_en', label: t('roles.name_en') },
        { key: 'scope', label: t('people.sees'), show: (version) => t(`people.scope.${version.scope}`) },
        { key: 'home', label: t('roles.home'), show: (version) => t(HOME_WORDS[version.home] ?? version.home) },
        { key: 'permissions', label: t('people.may'), show: list },
      ]}>
        <Naming {...parts} />
        <Reach {...parts} />
        <Rights {...parts} all={everyPermission(roles)} />
      </EditFrame>
    </section>
  )
}
