/** The columns of the list: what it is about, who has it, what is due. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { useZone } from '@/api/session'
import type { WarningLine } from '@/api/warnings'
import type { Column } from '@/ui/DataTable'
import { shortDateTime } from '@/ui/format'

import { Due } from './Due'
import { byDue } from './deadline'
import { usePostName, WarningStateTag } from './words'

const MOST = 2
/** `:07` */
const SECONDS = 3

/** What is due next, and what runs beside it. */
function Deadlines({ line }: { line: WarningLine }): ReactElement {
  const { t } = useTranslation()
  const open = [...line.clocks].sort(byDue)
  if (open.length === 0) return <>—</>
  return (
    <span className="ew-deadlines">
      {open.slice(0, MOST).map((clock) => (
        <span key={`${clock.code} ${clock.round}`} className="ew-deadline">
          <span className="quiet">{t(`warnings.clock.${clock.code}`)}</span> <Due running={clock} />
        </span>
      ))}
      {open.length > MOST ? <span className="quiet">+{open.length - MOST}</span> : null}
    </span>
  )
}

export function useColumns(): Column<WarningLine>[] {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const post = usePostName([])
  return [
    { key: 'number', title: t('warnings.column.number'), render: (line) => line.number, stays: true },
    { key: 'state', title: t('warnings.column.state'), render: (line) => <WarningStateTag state={line.state} /> },
    { key: 'level', title: t('warnings.column.level'), render: (line) => (line.state === 'closed' ? '—' : t(`warnings.level.${line.level}`)) },
    { key: 'owner', title: t('warnings.column.owner'), render: (line) => (line.owner === '' ? '—' : post(line.owner)), widest: '12em' },
    { key: 'due', title: t('warnings.column.due'), render: (line) => <Deadlines line={line} /> },
    { key: 'round', title: t('warnings.column.round'), align: 'end', render: (line) => line.round },
    { key: 'store', title: t('warnings.column.store'), render: (line) => (line.store === '' ? '—' : line.store), widest: '12em' },
    {
      key: 'case',
      title: t('warnings.column.case'),
      render: (line) => (
        <Link className="figure" to={`/cases/${encodeURIComponent(line.case)}`}>
          {line.case_number}
        </Link>
      ),
    },
    {
      key: 'classified',
      title: t('warnings.column.classified'),
      render: (line) => <span className="figure">{shortDateTime(line.classified_at, i18n.language, zone).slice(0, -SECONDS)}</span>,
    },
  ]
}
