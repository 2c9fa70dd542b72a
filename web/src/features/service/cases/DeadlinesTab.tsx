/** 时限: how long each step of work orders may take, by type and class of area, in versions. */
import { Button } from 'antd'
import { useMemo, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { CaseDeadline } from '@/api/caseRules'
import type { CaseType, WorkArea } from '@/api/cases'
import { useZone } from '@/api/session'
import { serverNow } from '@/live/clock'
import { dateTime } from '@/ui/format'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'

import './casesetup.css'
import { DeadlineEditor } from './DeadlineEditor'
import { useAreas, useDeadlines, useTypes } from './known'
import { deadlinesOf, useMarkWords, useTargetWords, type Deadline } from './limits'
import { useKindName } from './useKindName'

/** Which deadline is open at right; a new one has no key yet. */
type Open = { key: string } | 'new' | null

function Rows({ deadlines, types, open, onOpen }: { deadlines: readonly Deadline[]; types: readonly CaseType[]; open: Open; onOpen: (open: Open) => void }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const kindName = useKindName(types)
  const target = useTargetWords()
  const mark = useMarkWords()
  return (
    <div className="scroll casesetup-table">
      <table className="grid" data-testid="deadlines">
        <thead>
          <tr>
            <th scope="col">{t('casesetup.deadline')}</th>
            <th scope="col">{t('casesetup.rule_kind')}</th>
            <th scope="col">{t('casesetup.class')}</th>
            <th scope="col">{t('casesetup.target')}</th>
            <th scope="col">{t('casesetup.marks')}</th>
            <th scope="col">{t('casesetup.since')}</th>
          </tr>
        </thead>
        <tbody>
          {deadlines.map((each) => {
            const shown = each.inForce ?? each.coming[0]
            const isOpen = open !== null && open !== 'new' && open.key === each.key
            return (
              <tr key={each.key} className={isOpen ? 'casesetup-chosen' : undefined} data-testid={`deadline-${each.key.replaceAll(' ', '-')}`}>
                <td>
                  <button type="button" className="plain-button" onClick={() => onOpen({ key: each.key })}>
                    {t(`cases.clock.${each.code}`)}
                  </button>
                </td>
                <td>{kindName(each.kind)}</td>
                <td>{each.area_class === '' ? <span className="quiet">{t('casesetup.any_class')}</span> : each.area_class}</td>
                <td>{shown === undefined ? '—' : target(shown)}</td>
                <td>{shown === undefined ? '—' : shown.marks.map(mark).join(' · ') || '—'}</td>
                <td>
                  {each.inForce === null ? null : dateTime(each.inForce.effective_at, i18n.language, zone)}
                  {each.coming.map((one) => (
                    <div key={one.version} className="missing">
                      ◔ {t('casesetup.coming', { at: dateTime(one.effective_at, i18n.language, zone), target: target(one) })}
                    </div>
                  ))}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function Deadlines({ rules, types, areas }: { rules: readonly CaseDeadline[]; types: readonly CaseType[]; areas: readonly WorkArea[] }): ReactElement {
  const { t } = useTranslation()
  const [open, setOpen] = useState<Open>(null)
  const deadlines = useMemo(() => deadlinesOf(rules, serverNow()), [rules])
  const classes = [...new Set([...areas.map((each) => each.area_class), ...rules.map((each) => each.area_class)].filter((each) => each !== ''))].sort()
  const chosen = open === null || open === 'new' ? null : (deadlines.find((each) => each.key === open.key) ?? null)
  const isEditing = open === 'new' || chosen !== null
  return (
    <div className={isEditing ? 'casesetup-split' : 'stack'}>
      <div className="stack">
        <p className="quiet">{t('casesetup.deadlines_about')}</p>
        <div>
          <Button data-testid="deadline-new" onClick={() => setOpen('new')}>
            + {t('casesetup.deadline_add')}
          </Button>
        </div>
        {deadlines.length === 0 ? <EmptyState title={t('casesetup.deadlines_none')} why={t('casesetup.deadlines_none_why')} /> : <Rows deadlines={deadlines} types={types} open={open} onOpen={setOpen} />}
      </div>
      {isEditing ? (
        <aside>
          <DeadlineEditor key={chosen?.key ?? 'new'} deadline={chosen} all={deadlines} types={types} classes={classes} onSaved={(key) => setOpen({ key })} onClose={() => setOpen(null)} />
        </aside>
      ) : null}
    </div>
  )
}

export function DeadlinesTab(): ReactElement {
  const rules = useDeadlines()
  const types = useTypes()
  const areas = useAreas()
  const failed = [rules, types, areas].find((each) => each.isError)
  if (failed !== undefined) return <ErrorBox error={failed.error} onRetry={() => void failed.refetch()} />
  if (rules.data === undefined || types.data === undefined || areas.data === undefined) return <Loading rows={8} />
  return <Deadlines rules={rules.data} types={types.data} areas={areas.data} />
}
