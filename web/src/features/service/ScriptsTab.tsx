/** 脚本: what agents say, step by step; a draft, versions that never change, and where they are used. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { scripts, type Script, type ScriptPlaces } from '@/api/scripts'
import { nameIn } from '@/ui/format'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

import { FRESH_MS } from './keys'
import { ScriptEditor } from './ScriptEditor'
import { blankScript, PLACES, SCRIPTS } from './scripts'
import './scripts.css'
import { useWhere } from './useWhere'

/** As a row tells how far it is. */
function Standing({ script }: { script: Script }): ReactElement {
  const { t } = useTranslation()
  const version = script.current?.version
  const isChanged = script.current !== null && JSON.stringify(script.current.content.steps) !== JSON.stringify(script.steps)
  return (
    <span className="quiet">
      {version === undefined ? t('service.script_never') : t('service.script_version', { version })}
      {isChanged ? ` · ◔ ${t('service.script_draft')}` : ''}
      {script.coming === null ? '' : ` · ${t('service.script_coming', { version: script.coming.version })}`}
    </span>
  )
}

function Scripts({ all, places }: { all: readonly Script[]; places: ScriptPlaces }): ReactElement {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const [search, setSearch] = useSearchParams()
  const where = useWhere(places)
  const choose = (id: string): void => setSearch({ tab: 'scripts', script: id })
  const make = useCommand(async (from: 'blank' | 'preset') => {
    const content = from === 'blank' ? blankScript(t('service.script_new')) : await scripts.preset()
    const made = await scripts.add(content)
    await client.invalidateQueries({ queryKey: SCRIPTS })
    choose(made.id)
  })
  const open = all.find((each) => each.id === search.get('script')) ?? all[0]
  return (
    <div className="service-split">
      <nav className="stack" aria-label={t('service.tab.scripts')}>
        {all.map((each) => (
          <button key={each.id} type="button" className="plain-button service-entry" aria-current={each.id === open?.id} data-testid={`script-${each.id}`} onClick={() => choose(each.id)}>
            <span className="script-name">{nameIn(i18n.language, each)}</span>
            <Standing script={each} />
            <span className="quiet script-where" title={where(each)}>{where(each) || t('service.script_nowhere')}</span>
          </button>
        ))}
        <Button size="small" loading={make.isBusy} data-testid="script-new" onClick={() => void make.run('blank')}>+ {t('service.script_add')}</Button>
        <Button size="small" loading={make.isBusy} data-testid="script-preset" onClick={() => void make.run('preset')}>+ {t('service.script_add_preset')}</Button>
      </nav>
      {open === undefined ? (
        <EmptyState title={t('service.scripts_none')} why={t('service.scripts_none_why')} />
      ) : (
        <ScriptEditor key={open.id} stored={open} places={places} />
      )}
    </div>
  )
}

export function ScriptsTab(): ReactElement {
  const all = useQuery({ queryKey: SCRIPTS, queryFn: scripts.list, refetchInterval: FRESH_MS })
  const places = useQuery({ queryKey: PLACES, queryFn: scripts.places })
  const failed = [all, places].find((each) => each.isError)
  if (failed !== undefined) return <ErrorBox error={failed.error} onRetry={() => void failed.refetch()} />
  if (all.data === undefined || places.data === undefined) return <Loading rows={8} />
  return <Scripts all={all.data} places={places.data} />
}
