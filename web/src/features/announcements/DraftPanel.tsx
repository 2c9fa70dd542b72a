/** A draft: written, looked at, published or thrown away. */
import { Button, Popconfirm } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { announcements, type Announcement } from '@/api/announcements'
import { useZone } from '@/api/session'
import { ActionButton } from '@/ui/ActionButton'
import type { ConflictField } from '@/ui/Conflict'
import { EditBar, EditFrame } from '@/ui/EditFrame'
import { shortDateTime } from '@/ui/format'
import { useCommand } from '@/ui/useCommand'
import { useVersions } from '@/ui/versions'

import { draftOf, FIELDS, wishOf, type Draft, type Field } from './draft'
import { Fields } from './Fields'
import { useNoted } from './keys'
import { Preview } from './Preview'

const PUBLISH_YES = { 'data-testid': 'announcement-publish-yes' } as const

/** What is compared where somebody else was quicker. */
export function useConflictFields(): ConflictField<Draft>[] {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const shown = (draft: Draft, field: Field): string => {
    const value = draft[field]
    if (field === 'type') return t(`announcements.type.${draft.type}`)
    if (Array.isArray(value)) return value.join(' · ')
    if (typeof value === 'number') return shortDateTime(value, i18n.language, zone)
    if (typeof value === 'boolean') return value ? t('announcements.yes') : t('announcements.no')
    return value ?? ''
  }
  return FIELDS.map((field) => ({ key: field, label: t(`announcements.field.${field}`), show: (draft) => shown(draft, field) || '—' }))
}

export function DraftPanel({ stored }: { stored: Announcement }): ReactElement {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const noted = useNoted()
  const fields = useConflictFields()
  const editing = useVersions<Draft>({
    name: `announcement-${stored.id}`,
    stored: draftOf(stored),
    send: async (_changes, whole, match) => {
      const after = await announcements.write(stored.id, wishOf(whole), Number(match))
      await noted(after)
      return draftOf(after)
    },
    reread: async () => {
      const latest = await announcements.read(stored.id)
      await noted(latest)
      return draftOf(latest)
    },
    saved: t('announcements.saved'),
  })
  const publish = useCommand(async () => noted(await announcements.fire(stored.id, { event: 'publish', revision: stored.revision })))
  const drop = useCommand(async () => {
    await announcements.drop(stored.id)
    await navigate('/announcements', { replace: true })
    await noted(null)
  })
  return (
    <>
      <EditBar editing={editing}>
        <Popconfirm
          title={t('announcements.publish_ask')}
          description={t('announcements.publish_does')}
          disabled={editing.isDirty}
          okText={t('announcements.event.publish')}
          cancelText={t('common.cancel')}
          okButtonProps={PUBLISH_YES}
          onConfirm={() => void publish.run()}
        >
          {/* The span takes the press that the confirmation waits for. */}
          <span>
            <ActionButton type={editing.isDirty ? 'default' : 'primary'} label={t('announcements.event.publish')} testId="announcement-publish" isBusy={publish.isBusy} whyNot={editing.isDirty ? t('announcements.save_first') : null} onAct={() => undefined} />
          </span>
        </Popconfirm>
        <Popconfirm title={t('announcements.drop_ask')} okText={t('announcements.drop')} cancelText={t('common.cancel')} onConfirm={() => void drop.run()}>
          <Button danger loading={drop.isBusy} data-testid="announcement-drop">
            {t('announcements.drop')}
          </Button>
        </Popconfirm>
      </EditBar>
      <EditFrame<Draft> editing={editing} fields={fields}>
        <div className="beside">
          <section className="panel" aria-label={t('announcements.content')}>
            <Fields draft={editing.draft} onChange={editing.change} />
          </section>
          <Preview draft={editing.draft} />
        </div>
      </EditFrame>
    </>
  )
}
