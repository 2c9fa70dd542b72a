/** The wallboards there are: open one, change it, give a screen its link. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { useMay, useZone } from '@/api/session'
import { walls, type Wall } from '@/api/walls'
import { shortDateTime } from '@/ui/format'
import { usePageHelp } from '@/ui/help'
import { PageShell } from '@/ui/PageShell'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

import { Screens } from './Screens'
import { WallEditor } from './WallEditor'
import './editor.css'

interface ListProps {
  rows: Wall[]
  mayEdit: boolean
  onEdit: (id: string) => void
  onScreens: (wall: Wall) => void
}

function List({ rows, mayEdit, onEdit, onScreens }: ListProps): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const client = useQueryClient()
  const remove = useCommand(async (id: string) => {
    await walls.remove(id)
    await client.invalidateQueries({ queryKey: ['walls'] })
  })
  return (
    <div className="scroll">
      <table className="grid wall-list" aria-label={t('wall.title')}>
        <thead>
          <tr>
            <th scope="col">{t('wall.name')}</th>
            <th scope="col">{t('wall.layout')}</th>
            <th scope="col" className="number">
              {t('wall.figures_count')}
            </th>
            <th scope="col" className="number">
              {t('wall.queues_count')}
            </th>
            <th scope="col">{t('wall.changed')}</th>
            <th scope="col">{t('wall.actions')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((wall) => (
            <tr key={wall.id} data-testid={`wall-row-${wall.id}`}>
              <th scope="row">
                <Link to={`/wall/${wall.id}`}>{wall.name}</Link>
              </th>
              <td>{t(`wall.layout_of.${wall.layout}`)}</td>
              <td className="number">{wall.tiles.length}</td>
              <td className="number">{wall.queues.length}</td>
              <td>
                {wall.changed_by} {shortDateTime(wall.changed_at, i18n.language, zone)}
              </td>
              <td>
                <div className="row">
                  {mayEdit ? (
                    <>
                      <Button onClick={() => onEdit(wall.id)}>{t('wall.edit')}</Button>
                      <Button onClick={() => onScreens(wall)}>{t('wall.screens')}</Button>
                      <Popconfirm title={t('wall.remove_sure', { name: wall.name })} okText={t('wall.remove')} cancelText={t('common.cancel')} onConfirm={() => void remove.run(wall.id)}>
                        <Button danger>{t('wall.remove')}</Button>
                      </Popconfirm>
                    </>
                  ) : (
                    '—'
                  )}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function WallsPage(): ReactElement {
  const { t } = useTranslation()
  const mayEdit = useMay('walls.edit')
  const found = useQuery({ queryKey: ['walls'], queryFn: walls.list, refetchInterval: 10_000 })
  const [edited, setEdited] = useState<string | null | undefined>(undefined)
  const [screens, setScreens] = useState<Wall | null>(null)
  usePageHelp(t('wall.about'))
  const rows = found.data ?? []
  const add = (
    <Button type="primary" onClick={() => setEdited(null)} data-testid="wall-new">
      {t('wall.new')}
    </Button>
  )
  return (
    <PageShell title={t('wall.title')} beside={mayEdit ? add : null}>
      {found.isPending ? <Loading /> : null}
      {found.isError ? <ErrorBox error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.isSuccess && rows.length === 0 ? <EmptyState title={t('wall.none')} why={mayEdit ? t('wall.none_why') : t('wall.none_ask')} /> : null}
      {rows.length === 0 ? null : <List rows={rows} mayEdit={mayEdit} onEdit={setEdited} onScreens={setScreens} />}
      {edited === undefined ? null : <WallEditor id={edited} onClose={() => setEdited(undefined)} />}
      {screens === null ? null : <Screens wall={screens} onClose={() => setScreens(null)} />}
    </PageShell>
  )
}
