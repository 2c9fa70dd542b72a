/** 工区: who work orders are dispatched to. */
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { WorkArea } from '@/api/cases'
import { textIn } from '@/ui/format'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'

import { AreaEditor, blankArea } from './AreaEditor'
import './casesetup.css'
import { useAreas } from './known'
import { NewKey } from './NewKey'

function Entry({ area, isOpen, onOpen }: { area: WorkArea; isOpen: boolean; onOpen: () => void }): ReactElement {
  const { t, i18n } = useTranslation()
  return (
    <button type="button" className="plain-button service-entry" aria-current={isOpen} data-testid={`area-${area.id}`} onClick={onOpen}>
      <span className={area.is_active ? undefined : 'casesetup-off'}>{textIn(i18n.language, area.zh, area.en) || area.id}</span>
      {area.is_active ? null : <span className="quiet"> · {t('casesetup.off')}</span>}
      <span className="quiet"> · {t('casesetup.area_people', { count: area.staff.length })}</span>
      {area.is_active && area.staff.length === 0 ? <span className="missing"> ▲</span> : null}
    </button>
  )
}

export function WorkAreasTab(): ReactElement {
  const { t } = useTranslation()
  const areas = useAreas()
  const [chosen, setChosen] = useState<string | null>(null)
  if (areas.isPending) return <Loading rows={8} />
  if (areas.isError) return <ErrorBox error={areas.error} onRetry={() => void areas.refetch()} />
  const all = areas.data
  const open = all.find((each) => each.id === chosen) ?? (chosen === null ? all[0] : blankArea(chosen))
  const classes = [...new Set(all.map((each) => each.area_class).filter((each) => each !== ''))].sort()
  return (
    <div className="service-split">
      <nav className="stack" aria-label={t('service.tab.work_areas')}>
        {all.map((each) => (
          <Entry key={each.id} area={each} isOpen={each.id === open?.id} onOpen={() => setChosen(each.id)} />
        ))}
        <NewKey name="area" taken={all.map((each) => each.id)} onNew={setChosen} />
      </nav>
      {open === undefined ? <EmptyState title={t('casesetup.areas_none')} why={t('casesetup.areas_none_why')} /> : <AreaEditor key={open.id} stored={open} classes={classes} />}
    </div>
  )
}
