/** The screens of a board: a link for each, shown once, revoked when the screen is gone. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Input, Popconfirm } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { useZone } from '@/api/session'
import { walls, type Wall } from '@/api/walls'
import { shortDateTime } from '@/ui/format'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

import './editor.css'

function NewScreen({ wall, onMade }: { wall: Wall; onMade: () => Promise<unknown> }): ReactElement {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [link, setLink] = useState<string | null>(null)
  const make = useCommand(async () => {
    const made = await walls.addScreen(wall.id, name.trim())
    setLink(`${window.location.origin}${made.path}`)
    setName('')
    await onMade()
  })
  return (
    <div className="stack">
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault()
          void make.run()
        }}
      >
        <Input className="grow" value={name} maxLength={60} aria-label={t('wall.screen_name')} placeholder={t('wall.screen_name')} onChange={(event) => setName(event.target.value)} data-testid="screen-name" />
        <Button type="primary" htmlType="submit" disabled={name.trim() === ''} loading={make.isBusy} data-testid="screen-add">
          {t('wall.screen_add')}
        </Button>
      </form>
      {link === null ? null : (
        <div className="wall-link" role="status">
          <span>▲ {t('wall.link_once')}</span>
          <code data-testid="screen-link">{link}</code>
          <Button onClick={() => void navigator.clipboard?.writeText(link)}>{t('wall.link_copy')}</Button>
        </div>
      )}
    </div>
  )
}

export function Screens({ wall, onClose }: { wall: Wall; onClose: () => void }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const client = useQueryClient()
  const key = ['wall-screens', wall.id]
  const found = useQuery({ queryKey: key, queryFn: () => walls.screens(wall.id), refetchInterval: 10_000 })
  const refresh = (): Promise<unknown> => client.invalidateQueries({ queryKey: key })
  const revoke = useCommand(async (screen: string) => {
    await walls.revokeScreen(wall.id, screen)
    await refresh()
  })
  const rows = found.data ?? []
  return (
    <Drawer open size={640} onClose={onClose} title={t('wall.screens_of', { name: wall.name })} data-testid="wall-screens">
      <div className="stack">
        <p className="quiet">{t('wall.screens_why')}</p>
        <NewScreen wall={wall} onMade={refresh} />
        {found.isPending ? <Loading rows={2} /> : null}
        {found.isError ? <ErrorBox error={found.error} onRetry={() => void found.refetch()} /> : null}
        {found.isSuccess && rows.length === 0 ? <EmptyState title={t('wall.no_screens')} /> : null}
        {rows.length === 0 ? null : (
          <table className="grid" aria-label={t('wall.screens')}>
            <thead>
              <tr>
                <th scope="col">{t('wall.screen_name')}</th>
                <th scope="col">{t('wall.screen_made')}</th>
                <th scope="col">{t('wall.screen_seen')}</th>
                <th scope="col">{t('wall.actions')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((screen) => (
                <tr key={screen.id}>
                  <th scope="row">{screen.name}</th>
                  <td>
                    {screen.made_by} {shortDateTime(screen.made_at, i18n.language, zone)}
                  </td>
                  <td>{screen.seen_at === null ? '—' : shortDateTime(screen.seen_at, i18n.language, zone)}</td>
                  <td aria-label={t('wall.actions')}>
                    <Popconfirm title={t('wall.revoke_sure', { name: screen.name })} okText={t('wall.revoke')} cancelText={t('common.cancel')} onConfirm={() => void revoke.run(screen.id)}>
                      <Button danger>{t('wall.revoke')}</Button>
                    </Popconfirm>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </Drawer>
  )
}
