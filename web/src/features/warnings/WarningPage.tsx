/**
 * 一条投诉预警: the whole chain on one screen: who had it, who has it, what is due next and by whom,
 * what was said, and what may be done now.
 */
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'

import { warnings, type Warning } from '@/api/warnings'
import { useZone } from '@/api/session'
import { ListExport } from '@/ui/ExportMenu'
import { dateTime } from '@/ui/format'
import { usePageHelp } from '@/ui/help'
import { PageShell } from '@/ui/PageShell'
import { ErrorBox, Loading } from '@/ui/states'

import { ActionBar } from './ActionBar'
import { Composer } from './Composer'
import { Ladder } from './Ladder'
import { NextDue } from './NextDue'
import { Said } from './Said'
import { SheetPanel } from './SheetPanel'
import { Story } from './Story'
import { useWarning } from './useWarning'
import './warnings.css'
import { nameOf, WarningStateTag } from './words'

function Head({ warning }: { warning: Warning }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  return (
    <div className="ew-head">
      <WarningStateTag state={warning.state} />
      {warning.state === 'closed' ? null : <span>{t(`warnings.level.${warning.level}`)}</span>}
      <span>{t('warnings.round', { number: warning.round })}</span>
      {warning.store === '' ? null : <span>{warning.store}</span>}
      <Link to={`/cases/${encodeURIComponent(warning.case)}`} data-testid="warning-case-link">
        {warning.case_number}
      </Link>
      <span className="quiet">
        {t('warnings.classified', { at: dateTime(warning.classified_at, i18n.language, zone), who: nameOf(warning, warning.classified_by) })}
      </span>
      {warning.closed_at === null ? null : <span className="quiet">{t('warnings.closed', { at: dateTime(warning.closed_at, i18n.language, zone) })}</span>}
    </div>
  )
}

function Whole({ warning }: { warning: Warning }): ReactElement {
  const [chosen, setChosen] = useState<string | null>(null)
  return (
    <>
      <Head warning={warning} />
      <NextDue warning={warning} />
      <div className="ew-body">
        <div className="stack">
          <Ladder warning={warning} />
          <Story id={warning.number} />
        </div>
        <div className="stack">
          <SheetPanel warning={warning} />
          <Said warning={warning} />
        </div>
      </div>
      {warning.state === 'closed' && chosen === null ? null : (
        <div className="ew-work">
          {chosen === null ? null : <Composer key={chosen} warning={warning} event={chosen} onClose={() => setChosen(null)} />}
          <ActionBar warning={warning} chosen={chosen} onChoose={setChosen} />
        </div>
      )}
    </>
  )
}

export function WarningPage(): ReactElement {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const found = useWarning(id)
  usePageHelp(t('warnings.one_about'))
  return (
    <PageShell
      title={found.data === undefined ? t('warnings.one') : `${t('warnings.one')} ${found.data.number}`}
      beside={
        <>
          <span className="grow" />
          {found.data === undefined ? null : <ListExport pathOf={warnings.hopsPath(found.data.number)} />}
          <Link to="/warnings">{t('warnings.to_list')}</Link>
        </>
      }
    >
      {found.isPending ? <Loading rows={10} /> : null}
      {found.isError && found.data === undefined ? <ErrorBox error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.data === undefined ? null : <Whole key={found.data.id} warning={found.data} />}
    </PageShell>
  )
}
