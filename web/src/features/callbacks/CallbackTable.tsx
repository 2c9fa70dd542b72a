/** Work orders whose customers are to be called back; a click calls, another says how it went. */
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { callbacks, type CallbackLine, type CallbackList } from '@/api/callbacks'
import { exportJobs } from '@/api/exports'
import { useMay } from '@/api/session'
import { DataTable } from '@/ui/DataTable'
import { JobExport } from '@/ui/ExportMenu'
import { useServerRows } from '@/ui/useServerRows'

import { useColumns, type Picking } from './columns'
import { listKey } from './known'
import { ResultDrawer } from './ResultDrawer'

interface CallbackTableProps {
  list: CallbackList
  /** For giving out: which rows are chosen. */
  picking?: Picking
  renderAbove?: (lines: readonly CallbackLine[]) => ReactElement | null
}

export function CallbackTable({ list, picking, renderAbove }: CallbackTableProps): ReactElement {
  const { t } = useTranslation()
  const mayExport = useMay('records.export')
  const mayReveal = useMay('records.reveal')
  const [open, setOpen] = useState<{ line: CallbackLine; contact: string | null } | null>(null)
  const rows = useServerRows<CallbackLine>(listKey(list), (cursor) => callbacks.find(list, null, cursor))
  const columns = useColumns({
    onOpen: (line, contact) => setOpen({ line, contact }),
    ...(picking === undefined ? {} : { picking }),
  })
  return (
    <>
      {renderAbove?.(rows.rows) ?? null}
      <DataTable
        name={picking === undefined ? 'case-callbacks' : 'case-callbacks-give'}
        label={t('callbacks.title')}
        columns={columns}
        rows={rows}
        keyOf={(line) => line.case.id}
        {...(picking === undefined ? {} : { isChosen: (line: CallbackLine) => picking.picked.has(line.case.id) })}
        actions={mayExport ? <JobExport key={list} kind="case-callbacks" filter={{ list }} door={exportJobs} mayReveal={mayReveal} /> : undefined}
        empty={{ title: t(`callbacks.none.${list}`), why: t(`callbacks.none_why.${list}`) }}
      />
      {open === null ? null : <ResultDrawer key={open.line.case.id} line={open.line} contact={open.contact} onClose={() => setOpen(null)} />}
    </>
  )
}
