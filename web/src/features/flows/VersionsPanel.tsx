/** Every version with who published it and why; what differs; back to an older one in one step. */
import { useQuery } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { flows, type FlowVersion } from '@/api/flows'
import { useZone } from '@/api/session'
import { announce } from '@/ui/announce'
import { dateTime } from '@/ui/format'
import { ErrorBox, Loading } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

import { useEditor } from './context'
import { contentOf, diffFlows } from './diff'
import { DiffTable } from './DiffTable'
import { SideHead } from './SideHead'

const SHOWN = 30

function Compared({ version }: { version: number }): ReactElement {
  const { t } = useTranslation()
  const { id, editing, flow } = useEditor()
  const older = useQuery({ queryKey: ['flow-version', id, version], queryFn: () => flows.version(id, version), staleTime: Infinity })
  const roll = useCommand(async () => {
    if (older.data === undefined || editing.published === null) return
    const back = await flows.publish(id, contentOf(older.data), editing.published.version, t('flows.rollback_note', { version }))
    editing.done(back)
    announce(t('flows.published', { version: back.version }))
  })
  if (older.isPending) return <Loading rows={2} />
  if (older.isError) return <ErrorBox error={older.error} onRetry={() => void older.refetch()} />
  const content = contentOf(older.data)
  const isInForce = version === editing.published?.version
  return (
    <div className="stack" data-testid={`version-${version}-changes`}>
      <p>{t(editing.isDirty ? 'flows.against_draft' : 'flows.against_force', { version })}</p>
      <DiffTable changes={diffFlows(content, flow)} before={content} after={flow} empty={t('flows.same')} />
      {!editing.isOpen ? null : (
        <div className="row">
          {isInForce ? null : (
            <Popconfirm
              title={t('flows.rollback_sure', { version })}
              description={editing.isDirty ? t('flows.rollback_draft') : t('flows.rollback_why')}
              okText={t('flows.rollback')}
              cancelText={t('common.cancel')}
              onConfirm={() => void roll.run()}
            >
              <Button size="small" type="primary" loading={roll.isBusy} disabled={editing.isBehind} data-testid="rollback">
                {t('flows.rollback')}
              </Button>
            </Popconfirm>
          )}
          <Button size="small" data-testid="load-version" onClick={() => editing.change(content)}>
            {t('flows.as_draft')}
          </Button>
        </div>
      )}
    </div>
  )
}

export function VersionsPanel(): ReactElement {
  const { t, i18n } = useTranslation()
  const { id, editing, show } = useEditor()
  const zone = useZone()
  const [open, setOpen] = useState<number | null>(null)
  const [most, setMost] = useState(SHOWN)
  const list = useQuery({ queryKey: ['flow-versions', id, editing.published?.version], queryFn: () => flows.versions(id), enabled: editing.published !== null })
  const by = (version: FlowVersion): string => version.published_by_name || t('flows.by_system')
  return (
    <div className="stack" data-testid="versions-panel">
      <SideHead title={t('flows.panel.versions')} onClose={() => show(null)} />
      {editing.published === null ? <p className="quiet">{t('flows.no_versions')}</p> : null}
      {list.isPending && editing.published !== null ? <Loading rows={4} /> : null}
      {list.isError ? <ErrorBox error={list.error} onRetry={() => void list.refetch()} /> : null}
      <ul className="flow-versions">
        {(list.data ?? []).slice(0, most).map((version) => (
          <li key={version.version} className="flow-card">
            <button type="button" className="plain-button" data-testid={`version-${version.version}`} aria-expanded={open === version.version} onClick={() => setOpen(open === version.version ? null : version.version)}>
              <b>{t('flows.version', { version: version.version })}</b>{' '}
              {version.version === editing.published?.version ? <span className="flow-mark flow-mark-start">{t('flows.in_force')}</span> : null}
            </button>
            <span className="quiet">
              {dateTime(version.published_at, i18n.language, zone)} · {by(version)}
            </span>
            {version.note === '' ? null : <span>{version.note}</span>}
            {open === version.version ? <Compared version={version.version} /> : null}
          </li>
        ))}
      </ul>
      {(list.data?.length ?? 0) > most ? <Button size="small" onClick={() => setMost(most + SHOWN)}>{t('flows.older')}</Button> : null}
    </div>
  )
}
