/** Every version with who published it and why, where it was used, and what differs from the draft. */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { scripts, type Script, type ScriptContent, type ScriptPlaces, type ScriptVersion } from '@/api/scripts'
import { useZone } from '@/api/session'
import { dateTime } from '@/ui/format'
import { ErrorBox, Loading } from '@/ui/states'

import { ScriptDiff } from './ScriptDiff'
import { useWhere } from './useWhere'

interface Props {
  stored: Script
  draft: ScriptContent
  places: ScriptPlaces
  onLoad: (content: ScriptContent) => void
}

function Version({ version, mark, draft, onLoad }: { version: ScriptVersion; mark: string } & Omit<Props, 'stored' | 'places'>): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const [isOpen, setOpen] = useState(false)
  return (
    <li className="script-version">
      <button type="button" className="plain-button" aria-expanded={isOpen} data-testid={`script-version-${version.version}`} onClick={() => setOpen(!isOpen)}>
        <b>{t('service.script_version', { version: version.version })}</b> {mark}
      </button>
      <div className="quiet">
        {dateTime(version.effective_at, i18n.language, zone)} · {version.published_by || t('service.script_by_system')}
      </div>
      {version.note === '' ? null : <div>{version.note}</div>}
      {isOpen ? (
        <div className="stack">
          <p className="quiet">{t('service.script_against', { version: version.version })}</p>
          <ScriptDiff before={version.content} after={draft} empty={t('service.script_same')} />
          <Button size="small" data-testid={`script-load-${version.version}`} onClick={() => onLoad(version.content)}>
            {t('service.script_load')}
          </Button>
        </div>
      ) : null}
    </li>
  )
}

export function ScriptVersions({ stored, draft, places, onLoad }: Props): ReactElement {
  const { t } = useTranslation()
  const where = useWhere(places)
  const { current, coming } = stored
  const list = useQuery({ queryKey: ['service', 'script-versions', stored.id, coming?.version, current?.version], queryFn: () => scripts.versions(stored.id) })
  const mark = (version: number): string => {
    if (version === current?.version) return `● ${t('service.script_in_force')}`
    return version === coming?.version ? `◔ ${t('service.script_to_come')}` : ''
  }
  return (
    <section className="panel stack" aria-label={t('service.script_versions')} data-testid="script-versions-panel">
      <h2>{t('service.script_versions')}</h2>
      {current === null ? null : <p data-testid="script-used">{t('service.script_used', { where: where(current.content) })}</p>}
      <p className="quiet">{t('service.script_said', { count: stored.said })}</p>
      {list.isPending ? <Loading rows={3} /> : null}
      {list.isError ? <ErrorBox error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.data?.length === 0 ? <p className="quiet">{t('service.script_never')}</p> : null}
      <ul className="script-versions">
        {(list.data ?? []).map((version) => (
          <Version key={version.version} version={version} mark={mark(version.version)} draft={draft} onLoad={onLoad} />
        ))}
      </ul>
    </section>
  )
}
