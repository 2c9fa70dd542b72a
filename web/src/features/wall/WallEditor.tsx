/** A board in a drawer: what it shows. Somebody else's change in the meantime is shown beside one's own. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Input, Radio, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { centre } from '@/api/calls'
import { ApiProblem } from '@/api/client'
import { useZone } from '@/api/session'
import { walls, type Wall, type WallContent } from '@/api/walls'
import { announce } from '@/ui/announce'
import { Conflict } from '@/ui/Conflict'
import { nameIn, shortDateTime } from '@/ui/format'
import { ErrorBox, Loading } from '@/ui/states'

import { contentOf, FIRST, LAYOUTS, MOST_QUEUES, MOST_TILES, type Layout } from './draft'
import { TileFields } from './TileFields'
import './editor.css'

interface EditorProps {
  /** `null` makes a new one. */
  id: string | null
  onClose: () => void
}

const mostOf = (layout: string): number => MOST_TILES[layout as Layout] ?? 6

function Fields({ draft, onChange }: { draft: WallContent; onChange: (draft: WallContent) => void }): ReactElement {
  const { t, i18n } = useTranslation()
  const figures = useQuery({ queryKey: ['wall-figures'], queryFn: walls.figures, staleTime: Infinity })
  const queues = useQuery({ queryKey: ['queues'], queryFn: centre.queues, staleTime: 300_000 })
  const most = mostOf(draft.layout)
  return (
    <>
      <label className="wall-label">
        {t('wall.name')}
        <Input value={draft.name} maxLength={60} onChange={(event) => onChange({ ...draft, name: event.target.value })} data-testid="wall-name" />
      </label>
      <div role="group" aria-label={t('wall.layout')}>
        <span className="wall-caption">{t('wall.layout')}</span>
        <Radio.Group value={draft.layout} onChange={(event) => onChange({ ...draft, layout: event.target.value as Layout })}>
          {LAYOUTS.map((layout) => (
            <Radio key={layout} value={layout}>
              {t(`wall.layout_of.${layout}`)}
            </Radio>
          ))}
        </Radio.Group>
      </div>
      <TileFields tiles={draft.tiles} most={most} figures={figures.data ?? []} queues={queues.data ?? []} onChange={(tiles) => onChange({ ...draft, tiles })} />
      {draft.tiles.length > most ? <p className="over">▲ {t('wall.too_many', { most })}</p> : null}
      <label className="wall-label">
        {t('wall.queue_rows')}
        <Select
          mode="multiple"
          value={draft.queues ?? []}
          maxCount={MOST_QUEUES}
          disabled={draft.layout === 'figures' || draft.layout === 'focus'}
          aria-label={t('wall.queue_rows')}
          options={(queues.data ?? []).map((queue) => ({ value: queue.id, label: nameIn(i18n.language, queue) }))}
          onChange={(chosen) => onChange({ ...draft, queues: chosen })}
        />
        <span className="quiet">{t('wall.queue_rows_why')}</span>
      </label>
      <label className="wall-label">
        {t('wall.notice_field')}
        <Input value={draft.notice ?? ''} maxLength={80} showCount onChange={(event) => onChange({ ...draft, notice: event.target.value })} data-testid="wall-notice" />
      </label>
      <div role="group" aria-label={t('wall.language')}>
        <span className="wall-caption">{t('wall.language')}</span>
        <Radio.Group value={draft.language} onChange={(event) => onChange({ ...draft, language: event.target.value as 'zh-CN' | 'en' })}>
          <Radio value="zh-CN">中文</Radio>
          <Radio value="en">English</Radio>
        </Radio.Group>
      </div>
    </>
  )
}

const FIELDS = ['name', 'layout', 'tiles', 'queues', 'notice', 'language'] as const

function Editing({ wall, onClose }: { wall: Wall | null; onClose: () => void }): ReactElement {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const zone = useZone()
  const [draft, setDraft] = useState<WallContent>(wall === null ? { ...FIRST, language: i18n.language.startsWith('en') ? 'en' : 'zh-CN' } : contentOf(wall))
  const [theirs, setTheirs] = useState<Wall | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const save = async (content: WallContent, revision: number | undefined): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      if (wall === null || revision === undefined) await walls.add(content)
      else await walls.change(wall.id, content, revision)
      announce(t('wall.saved', { name: content.name }))
      await client.invalidateQueries({ queryKey: ['walls'] })
      onClose()
    } catch (refusal) {
      if (wall !== null && refusal instanceof ApiProblem && refusal.code === 'wall_changed_meanwhile') {
        setTheirs(await walls.read(wall.id))
      } else setError(refusal)
    } finally {
      setBusy(false)
    }
  }
  if (theirs !== null) {
    const at = shortDateTime(theirs.changed_at, i18n.language, zone)
    return (
      <Conflict
        mine={draft}
        theirs={contentOf(theirs)}
        fields={FIELDS.map((key) => ({ key, label: t(`wall.field.${key}`) }))}
        by={`${theirs.changed_by} ${at}`}
        isBusy={isBusy}
        onResolve={(content) => void save(content, theirs.revision)}
        onTakeTheirs={onClose}
      />
    )
  }
  return (
    <form
      className="stack wall-editor"
      onSubmit={(event) => {
        event.preventDefault()
        void save(draft, wall?.revision)
      }}
    >
      <Fields draft={draft} onChange={setDraft} />
      {error === null ? null : <ErrorBox error={error} />}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={isBusy} disabled={draft.name.trim() === '' || draft.tiles.length > mostOf(draft.layout)} data-testid="wall-save">
          {t('wall.save')}
        </Button>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
      </div>
    </form>
  )
}

export function WallEditor({ id, onClose }: EditorProps): ReactElement {
  const { t } = useTranslation()
  const found = useQuery({ queryKey: ['walls', id], queryFn: () => walls.read(id ?? ''), enabled: id !== null, staleTime: 0, gcTime: 0, refetchOnWindowFocus: false })
  const isReady = id === null || found.data !== undefined
  return (
    <Drawer open size={720} onClose={onClose} title={id === null ? t('wall.new') : t('wall.edit')} data-testid="wall-editor">
      {found.isError ? <ErrorBox error={found.error} onRetry={() => void found.refetch()} /> : null}
      {isReady ? <Editing wall={found.data ?? null} onClose={onClose} /> : found.isError ? null : <Loading />}
    </Drawer>
  )
}
