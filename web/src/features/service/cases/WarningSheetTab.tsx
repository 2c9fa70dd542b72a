/** 预警信息表: what a complaint warning is reported with; six contents stay, others may stand beside them. */
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { warnings, type WarningSheet } from '@/api/warnings'
import { useZone } from '@/api/session'
import { dateTime } from '@/ui/format'
import { ErrorBox, Loading } from '@/ui/states'

import { FRESH_MS } from '../keys'
import './casesetup.css'
import { FormEditor, type FormShelf } from './FormEditor'
import { useReread, useWho } from './known'

const SHEET = ['warning-sheet']
const useSheet = () => useQuery({ queryKey: [...SHEET, 'now'], queryFn: () => warnings.sheet(), refetchInterval: FRESH_MS, staleTime: 0 })

function Sheet({ stored }: { stored: WarningSheet }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const who = useWho()
  const reread = useReread()
  const sheet = useSheet()
  const shelf: FormShelf = {
    publish: (_kind, form) => warnings.publishSheet(form),
    versions: warnings.sheetVersions,
    reread: async () => {
      await reread(['case-form-versions', stored.kind])
      return (await sheet.refetch()).data
    },
    where: t('casesetup.sheet_where'),
    about: t('casesetup.sheet_publish_about'),
    fixed: new Set(stored.contents),
  }
  return (
    <div className="stack">
      <p className="quiet">
        {t('casesetup.sheet_about')}
        {stored.published_at === null ? '' : ` ${t('casesetup.sheet_since', { version: stored.version, at: dateTime(stored.published_at, i18n.language, zone), who: who(stored.published_by) })}`}
      </p>
      <FormEditor stored={stored} shelf={shelf} />
    </div>
  )
}

export function WarningSheetTab(): ReactElement {
  const found = useSheet()
  if (found.data !== undefined) return <Sheet stored={found.data} />
  return found.isError ? <ErrorBox error={found.error} onRetry={() => void found.refetch()} /> : <Loading rows={8} />
}
